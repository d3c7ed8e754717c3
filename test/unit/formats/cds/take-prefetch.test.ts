import { describe, expect, it } from 'vitest';
import { takePrefetch } from '../../../../src/formats/cds/take-prefetch.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aBundle, aPatient } from '../../../support/hook-call.js';

const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };

const condition = (id: string): JsonObject => ({ resourceType: 'Condition', id });

const pointersIn = (prefetch: JsonObject): readonly string[] =>
  takePrefetch(prefetch).parts.map(({ pointer }) => pointer);

const remarksOn = (value: JsonValue): readonly string[] =>
  takePrefetch({ key: value }).remarks.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a prefetch (2.2)', () => {
  it('is taken as single resources and as Bundles, each at its place', () => {
    const prefetch = { patient: aPatient(), conditions: aBundle([condition('a'), condition('b')]) };
    expect(pointersIn(prefetch)).toEqual([
      '/prefetch/patient',
      '/prefetch/conditions/entry/0/resource',
      '/prefetch/conditions/entry/1/resource',
    ]);
  });

  it('says nothing where a value is null: nothing on file, and no remark', () => {
    expect(takePrefetch({ conditions: null })).toEqual({ parts: [], remarks: [], issues: [] });
  });

  it('may be wrapped with the status of the answer, as in 1.0', () => {
    const wrapped = { response: { status: '200 OK' }, resource: aBundle([condition('a')]) };
    expect(pointersIn({ conditions: wrapped })).toEqual(['/prefetch/conditions/resource/entry/0/resource']);
    expect(remarksOn({ response: { status: '404 Not Found' }, resource: null })).toEqual([
      'cut-off /prefetch/key',
    ]);
    expect(remarksOn({ response: { status: '500' }, resource: aPatient() })).toHaveLength(1);
  });

  it('may have entries without fullUrl, and keeps the one that there is', () => {
    const entry = [{ resource: condition('a') }, { resource: condition('b'), fullUrl: 'urn:uuid:b' }];
    const { parts } = takePrefetch({ key: aBundle([], { entry }) });
    expect(parts.map(({ fullUrl }) => fullUrl)).toEqual([null, 'urn:uuid:b']);
  });

  it('with an OperationOutcome is an error and never an empty result', () => {
    expect(remarksOn(OUTCOME)).toEqual(['cut-off /prefetch/key']);
    const mixed = aBundle([condition('a'), OUTCOME]);
    expect(remarksOn(mixed)).toEqual(['cut-off /prefetch/key/entry/1/resource']);
    expect(pointersIn({ key: mixed })).toEqual(['/prefetch/key/entry/0/resource']);
  });

  it('with a next page, or a total above what was sent, is cut off', () => {
    const link = [
      { relation: 'self', url: 'https://ehr.example/a' },
      { relation: 'next', url: 'https://ehr.example/b' },
    ];
    expect(remarksOn(aBundle([condition('a')], { link }))).toEqual(['cut-off /prefetch/key']);
    expect(remarksOn(aBundle([condition('a')], { total: 2 }))).toEqual(['cut-off /prefetch/key']);
    expect(remarksOn(aBundle([condition('a')], { total: 1, link: [link[0] ?? {}] }))).toEqual([]);
  });

  it('counts only what was searched for against the total', () => {
    const entry = [{ resource: condition('a') }, { resource: aPatient(), search: { mode: 'include' } }];
    expect(remarksOn(aBundle([], { entry, total: 2 }))).toEqual(['cut-off /prefetch/key']);
  });

  it.each(['text', 7, true, [aPatient()], {}, { entry: [] }])(
    'keeps what is no resource, which may have been any record: %j',
    (value) => {
      expect(takePrefetch({ key: value }).parts).toEqual([
        { resource: value, pointer: '/prefetch/key', fullUrl: null },
      ]);
    },
  );

  it('keeps an entry without a resource as one that cannot be read, beside the others', () => {
    const bundle = aBundle([], { entry: [{}, null, { resource: condition('a') }] });
    expect(pointersIn({ key: bundle })).toEqual([
      '/prefetch/key/entry/0',
      '/prefetch/key/entry/1',
      '/prefetch/key/entry/2/resource',
    ]);
  });

  it('whose entries are no list cannot be read', () => {
    expect(pointersIn({ key: { resourceType: 'Bundle', entry: {} } })).toEqual(['/prefetch/key/entry']);
  });
});
