import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { tellFigures } from '../support/figures.js';
import { syntheticBundle } from '../support/generate-bundles.js';
import { rawRequest } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';

const PATIENTS = 1_000;

/** The largest body that is made here, in bytes. A body may have 6 MiB. */
const MOST = 5 * 1024 * 1024;

type Told = {
  readonly verdict: string;
  readonly reasons: readonly {
    readonly evidence: readonly { readonly fact: string; readonly settledBy?: string }[];
    readonly citations: readonly object[];
  }[];
  readonly missing: readonly object[];
  readonly provenance: readonly { readonly fact: string; readonly pointer: string }[];
};

const valueAt = (bundle: JsonObject, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], bundle);

/** An answer explains itself: each reason by facts of which it says from where in the Bundle they come, and no verdict by what is not there. */
const faultsOf = (told: Told, bundle: JsonObject): readonly string[] => {
  const places = new Set(told.provenance.map(({ fact }) => fact));
  const unexplained = told.reasons
    .flatMap(({ evidence }) => evidence)
    .filter(({ fact, settledBy }) => !places.has(settledBy ?? fact));
  const nowhere = told.provenance.filter(({ pointer }) => valueAt(bundle, pointer) === undefined);
  return [
    ...unexplained.map(({ fact }) => `nobody knows from where ${fact} comes`),
    ...nowhere.map(({ pointer }) => `there is nothing at ${pointer}`),
    ...(told.reasons.some(({ evidence, citations }) => evidence.length === 0 || citations.length === 0)
      ? ['a reason without evidence or citation']
      : []),
    ...(told.missing.length > 0 === (told.verdict === 'incomplete')
      ? []
      : ['missing and the verdict do not fit']),
    ...(told.verdict === 'eligible' ? ['no records alone make anyone eligible'] : []),
  ];
};

describe('a thousand patients that never were', () => {
  it('are each screened, with an answer that explains itself', async () => {
    const app = await aTestApp();
    const verdicts = new Map<string, number>();
    let largest = 0;
    for (let seed = 0; seed < PATIENTS; seed += 1) {
      const bundle = syntheticBundle(seed);
      const body = JSON.stringify(bundle);
      largest = Math.max(largest, body.length);
      const headers = { 'content-type': 'application/fhir+json' };
      const { status, text } = await rawRequest(app, { method: 'POST', path: '/screen', headers, body });
      expect(status, `patient ${String(seed)}: ${text.slice(0, 300)}`).toBe(200);
      const told = JSON.parse(text) as Told;
      expect(faultsOf(told, bundle), `patient ${String(seed)}`).toEqual([]);
      verdicts.set(told.verdict, (verdicts.get(told.verdict) ?? 0) + 1);
    }
    expect(largest).toBeGreaterThan(MOST / 2);
    expect(largest).toBeLessThan(6 * 1024 * 1024);
    expect([...verdicts.keys()].toSorted()).toEqual(['incomplete', 'ineligible']);
    tellFigures({ inputs: PATIENTS });
  }, 600_000);
});
