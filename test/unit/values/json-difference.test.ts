import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDifferences } from '../../../src/values/json-difference.js';
import type { JsonValue } from '../../../src/values/json.js';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;

describe('the differences of two JSON values', () => {
  it.each<readonly [JsonValue, JsonValue, readonly object[]]>([
    [1, 1, []],
    [1, 2, [{ pointer: '', from: 1, to: 2 }]],
    [null, {}, [{ pointer: '', from: null, to: {} }]],
    [
      { a: 1, b: 2 },
      { b: 3, c: null },
      [
        { pointer: '/a', from: 1 },
        { pointer: '/b', from: 2, to: 3 },
        { pointer: '/c', to: null },
      ],
    ],
    [[1, [2]], [1, [2, 3]], [{ pointer: '/1/1', to: 3 }]],
    [{ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } }, [{ pointer: '/a~1b/~0', from: 1, to: 2 }]],
    [[], {}, [{ pointer: '', from: [], to: {} }]],
    [{ a: undefined } as unknown as JsonValue, {}, []],
  ])('of %j and %j', (from, to, differences) => {
    expect(jsonDifferences(from, to)).toEqual(differences);
  });

  it('are none exactly where both are equal, whatever the order of their keys', () => {
    const backwards = (value: JsonValue): JsonValue =>
      JSON.parse(JSON.stringify(value), (_key, child: JsonValue) =>
        typeof child === 'object' && child !== null && !Array.isArray(child)
          ? Object.fromEntries(Object.entries(child).toReversed())
          : child,
      ) as JsonValue;
    fc.assert(
      fc.property(json, json, (one, other) => {
        const copy = JSON.parse(JSON.stringify(one)) as JsonValue;
        expect(jsonDifferences(copy, backwards(copy))).toEqual([]);
        const isSame = JSON.stringify(backwards(one)) === JSON.stringify(backwards(other));
        if (!isSame && JSON.stringify(one) !== JSON.stringify(other))
          expect(jsonDifferences(one, other).length).toBeGreaterThan(0);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('swap their sides with their values', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const there = jsonDifferences(one, other).map(({ pointer, from, to }) => [pointer, from, to]);
        const back = jsonDifferences(other, one).map(({ pointer, from, to }) => [pointer, to, from]);
        expect(new Set(back.map((row) => JSON.stringify(row)))).toEqual(
          new Set(there.map((row) => JSON.stringify(row))),
        );
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
