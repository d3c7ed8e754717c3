import { describe, expect, it } from 'vitest';
import { isPage, joinPages, nextPage } from '../../../../src/formats/cds/pages.js';
import { takePrefetch } from '../../../../src/formats/cds/take-prefetch.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aBundle } from '../../../support/hook-call.js';

const BASE = 'https://ehr.example/api/r4';

const condition = (id: string): JsonObject => ({ resourceType: 'Condition', id });

const link = (url: JsonValue): JsonObject => ({ link: [{ relation: 'next', url }] });

const nextOf = (url: JsonValue): string | null => nextPage(aBundle([], link(url)), BASE);

describe('the next page of a result', () => {
  it.each([
    `${BASE}/Condition?page=2`,
    `${BASE}?_getpages=a&_offset=20`,
    `${BASE}/`,
    `${BASE}/Condition/_search?a=b%2Fc`,
  ])('is asked where it lies in the address of the server: %s', (url) => {
    expect(nextOf(url)).toBe(url);
  });

  it('may be named by a relative address', () => {
    expect(nextOf('Condition?page=2')).toBe(`${BASE}/Condition?page=2`);
  });

  it.each([
    'https://ehr.example/api/r42?page=2',
    'https://ehr.example/api/r4/../admin',
    'https://ehr.example/api/r4/%2e%2e/admin',
    'https://ehr.example/api/r4/..%2fadmin',
    'https://ehr.example/api/r4/..%5Cadmin',
    'https://ehr.example/',
    'https://ehr.example:8443/api/r4/Condition',
    'http://ehr.example/api/r4/Condition',
    'https://ehr.example.evil.example/api/r4/Condition',
    'https://user@ehr.example/api/r4/Condition',
    'https://:pass@ehr.example/api/r4/Condition',
    '//evil.example/api/r4/Condition',
    '/Condition?page=2',
    '\\\\evil.example\\api\\r4',
    '../admin',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    '',
    7,
    null,
  ])('is not asked where it lies elsewhere, or nowhere: %j', (url) => {
    expect(nextOf(url)).toBeNull();
  });

  it('is not asked where there is none, or more than one', () => {
    const two = [`${BASE}/a`, `${BASE}/b`].map((url) => ({ relation: 'next', url }));
    expect(nextPage(aBundle([], { link: two }), BASE)).toBeNull();
    expect(nextPage(aBundle([], { link: [{ relation: 'self', url: `${BASE}/a` }] }), BASE)).toBeNull();
  });
});

describe('pages that are joined', () => {
  const remarksOn = (joined: JsonObject): readonly string[] =>
    takePrefetch({ key: joined }).remarks.map(({ code }) => code);

  it('hold the entries of all, in order, and are whole where the last one is', () => {
    const joined = joinPages(aBundle([condition('a')], { ...link(`${BASE}/2`), total: 2 }), [
      aBundle([condition('b')], { total: 2 }),
    ]);
    expect(joined).toEqual(aBundle([condition('a'), condition('b')], { total: 2 }));
    expect(remarksOn(joined)).toEqual([]);
  });

  it('are cut off where the last one goes on, and tell no address', () => {
    const joined = joinPages(aBundle([condition('a')], link(`${BASE}/2`)), [aBundle([], link(`${BASE}/3`))]);
    expect(JSON.stringify(joined)).not.toContain('ehr.example');
    expect(remarksOn(joined)).toEqual(['cut-off']);
  });

  it.each([{ link: {} }, { link: [] }, { link: [7] }, { link: 'next' }])(
    'are cut off where the last one has links that cannot be read: %j',
    (more) => {
      expect(remarksOn(joinPages(aBundle([condition('a')], link(`${BASE}/2`)), [aBundle([], more)]))).toEqual(
        ['cut-off'],
      );
    },
  );

  it('are cut off where any of them tells of more than came', () => {
    const first = aBundle([condition('a')], { total: 1 });
    expect(remarksOn(joinPages(first, [aBundle([], { total: 3 })]))).toEqual(['cut-off']);
    expect(remarksOn(joinPages(first, [aBundle([], { total: '3' })]))).toEqual(['cut-off']);
  });
});

describe('a page', () => {
  it.each([aBundle([]), { resourceType: 'Bundle', type: 'searchset' }])(
    'is the result of a search',
    (page) => {
      expect(isPage(page)).toBe(true);
    },
  );

  it.each([
    null,
    [],
    condition('a'),
    { resourceType: 'OperationOutcome' },
    { resourceType: 'Bundle' },
    aBundle([], { type: 'collection' }),
    aBundle([], { entry: null }),
    aBundle([], { entry: {} }),
  ])('is nothing else: %j', (value) => {
    expect(isPage(value)).toBe(false);
  });
});
