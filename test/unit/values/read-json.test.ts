import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IssueCode } from '../../../src/values/issue.js';
import { readJson } from '../../../src/values/read-json.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The faults as `code pointer`, in the order in which they are told. */
const faultsOf = (bytes: Uint8Array, maxDepth?: number): readonly string[] => {
  const read = readJson(bytes, maxDepth === undefined ? undefined : { maxDepth });
  return read.ok ? [] : read.issues.map(({ code, pointer }) => `${code} ${pointer}`);
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('readJson accepts', () => {
  it('whatever JSON.parse makes of any JSON, in any spacing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom('', '  ', '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('"__proto__"'));
        const read = readJson(bytesOf(text));
        expect(read).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('any JSON text that fast-check writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, stringUnit: 'binary' }), (text) => {
        fc.pre(!text.includes('"__proto__"'));
        expect(readJson(bytesOf(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });

  it.each([
    ['a bare string', '"héllo 💊"'],
    ['a bare number', '-0.5e-3'],
    ['a bare null', ' null\n'],
    ['an escaped surrogate pair', '"\\ud83d\\ude00"'],
    ['one key in two objects', '[{"a":1},{"a":{"a":2}}]'],
    ['a key that is also a value', '{"a":"a","b":"a"}'],
    ['brackets, commas and quotes in strings', '{"[{,":"}]:\\"\\\\","b":["\\\\"]}'],
    ['the greatest double', '1.7976931348623157e308'],
    ['keys of Object.prototype', '{"constructor":1,"toString":2,"hasOwnProperty":3}'],
  ])('%s', (_what, text) => {
    expect(readJson(bytesOf(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown });
  });
});

describe('readJson refuses', () => {
  it.each<[string, Uint8Array]>([
    ['a byte that begins nothing', Uint8Array.of(0x22, 0xff, 0x22)],
    ['an overlong encoding', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22)],
    ['an encoded surrogate', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ['a cut-off character', Uint8Array.of(0x22, 0xe2, 0x82)],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x31, 0x00)],
  ])('%s as not UTF-8', (_what, bytes) => {
    expect(faultsOf(bytes)).toEqual(['not-utf8 ']);
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFF{}'],
    ['a trailing comma', '[1,]'],
    ['a comment', '{"a":1} // why'],
    ['two values', '{} {}'],
    ['NaN', 'NaN'],
    ['an unclosed string', '"abc'],
    ['an unclosed escape', '"abc\\'],
    ['a bare control character', '"a\nb"'],
    ['brackets that do not match', '[{]}'],
    ['a bracket too many', '[]]'],
    ['a fault before deep nesting', `[x,${nested(100)}]`],
    ['a repeated key, as well', '{"a":1,"a":2'],
  ])('%s as not JSON, once', (_what, text) => {
    expect(faultsOf(bytesOf(text))).toEqual(['not-json ']);
  });

  it.each<[string, string, IssueCode, string]>([
    ['a repeated key', '{"a":1,"b":2,"a":1}', 'duplicate-key', '/a'],
    ['a key repeated under an escape', '{"x":[{"a":1,"\\u0061":2}]}', 'duplicate-key', '/x/0/a'],
    ['a repeated empty key', '{"":1,"":1}', 'duplicate-key', '/'],
    ['the key __proto__', '{"a":{"__proto__":{}}}', 'forbidden-key', '/a/__proto__'],
    ['the key __proto__ under an escape', '{"__pr\\u006fto__":1}', 'forbidden-key', '/__proto__'],
    ['a number above all doubles', '1e400', 'number-out-of-range', ''],
    ['a number below all doubles', '{"n":[0,-1E+400]}', 'number-out-of-range', '/n/1'],
    ['a number with too many digits', `[${'9'.repeat(400)}]`, 'number-out-of-range', '/0'],
    ['half a pair in a string', '["\\ud83d"]', 'lone-surrogate', '/0'],
    ['a pair the wrong way round', '{"s":"\\ude00\\ud83d"}', 'lone-surrogate', '/s'],
    ['half a pair in a key', '{"\\udead":1}', 'lone-surrogate', '/\uFFFD'],
  ])('%s', (_what, text, code, pointer) => {
    expect(faultsOf(bytesOf(text))).toEqual([`${code} ${pointer}`]);
  });

  it('every fault at once, in the order of the text', () => {
    const text = '{"a":[1e999,{"b":1,"b":"\\udc00"}],"__proto__":1,"c":-1e999,"a":true,"__proto__":2}';
    expect(faultsOf(bytesOf(text))).toEqual([
      'number-out-of-range /a/0',
      'duplicate-key /a/1/b',
      'lone-surrogate /a/1/b',
      'forbidden-key /__proto__',
      'number-out-of-range /c',
      'duplicate-key /a',
      'duplicate-key /__proto__',
      'forbidden-key /__proto__',
    ]);
  });

  it('places under keys that a pointer must escape', () => {
    expect(faultsOf(bytesOf('{"a/b":{"~1":{"m~n":[0,1e400]}}}'))).toEqual([
      'number-out-of-range /a~1b/~01/m~0n/1',
    ]);
  });

  it('a key repeated in the generated objects, wherever it stands', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.string(), (inner, key) => {
        fc.pre(!inner.includes('"__proto__"') && key !== '__proto__');
        const text = `{${JSON.stringify(key)}:${inner},${JSON.stringify(key)}:${inner}}`;
        expect(faultsOf(bytesOf(text)).map((fault) => fault.split(' ')[0])).toEqual(['duplicate-key']);
      }),
    );
  });

  it('a hostile text with no more than a hundred faults', () => {
    expect(faultsOf(bytesOf(`[${'1e400,'.repeat(5000)}1]`))).toHaveLength(100);
  });
});

describe('readJson on depth', () => {
  it('accepts 32 levels and refuses 33', () => {
    expect(readJson(bytesOf(nested(32))).ok).toBe(true);
    expect(faultsOf(bytesOf(nested(33)))).toEqual([`too-deep ${'/0'.repeat(32)}`]);
  });

  it('takes the limit that the caller gives, and a bare value has no depth', () => {
    expect(faultsOf(bytesOf('{"a":[]}'), 1)).toEqual(['too-deep /a']);
    expect(faultsOf(bytesOf('{"a":[]}'), 2)).toEqual([]);
    expect(faultsOf(bytesOf('1'), 0)).toEqual([]);
    expect(faultsOf(bytesOf('[]'), 0)).toEqual(['too-deep ']);
  });

  it('counts what is open, not what was opened', () => {
    expect(faultsOf(bytesOf(`[${Array(200).fill('[[]]').join(',')}]`), 3)).toEqual([]);
  });

  it('does not count brackets in strings, and counts those right after a string', () => {
    expect(faultsOf(bytesOf(JSON.stringify({ a: '['.repeat(100), b: '\\"{'.repeat(100) })))).toEqual([]);
    expect(faultsOf(bytesOf(`[${Array(200).fill('["a"]').join(',')}]`), 2)).toEqual([]);
    expect(faultsOf(bytesOf('["]]]]",[[]]]'), 2)).toEqual(['too-deep /1/0']);
  });

  it('tells the faults that stand before, and stops', () => {
    expect(faultsOf(bytesOf('{"a":1e400,"b":[[]],"c":1e400}'), 2)).toEqual([
      'number-out-of-range /a',
      'too-deep /b/0',
    ]);
  });

  it.each([
    ['arrays', nested(100_000)],
    ['arrays that never close', '['.repeat(1_000_000)],
    ['objects', '{"k":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
  ])('answers a text of very deep %s without running out of stack', (_what, text) => {
    expect(faultsOf(bytesOf(text))).toEqual([expect.stringMatching(/^too-deep (\/[0k]){32}$/)]);
  });
});

describe('readJson tells', () => {
  it('the line and column where the parser stopped', () => {
    const read = readJson(bytesOf('{\n  "a": 1,\n  "b" 2\n}'));
    expect(read).toEqual({
      ok: false,
      issues: [{ pointer: '', code: 'not-json', detail: 'the text is not JSON, at line 3, column 7' }],
    });
  });

  it('nothing of what was sent', () => {
    const texts = ['{"a":"Zebra" Zebra}', 'Zebra', '["Zebra', '["Zebra\\ud800"]', '{"a":"Zebra","a":1}'];
    const told = texts.map((text) => JSON.stringify(readJson(bytesOf(text))));
    expect(told.filter((issues) => issues.includes('Zebra'))).toEqual([]);
  });

  it('a value or at least one issue about any bytes, and throws at none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readJson(bytes);
        expect(read.ok || read.issues.length > 0).toBe(true);
      }),
    );
  });

  it('yes exactly when JSON.parse says yes, about garbage made of JSON characters', () => {
    const garbage = fc.string({ unit: fc.constantFrom(...Array.from('[]{},:"\\0e-1ntrufals ')) });
    fc.assert(
      fc.property(garbage, (text) => {
        const faults = faultsOf(bytesOf(text), 1000).map((fault) => fault.split(' ')[0]);
        expect(faults.includes('not-json')).toBe(!isJson(text));
      }),
      { numRuns: 1000 },
    );
  });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
