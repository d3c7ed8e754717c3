import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { faultsIn, screenBy, vignetteText } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';

/** Whole patients whose readings tell against what was answered first: that answer, with what hung on it, and the readings. */
const DENIALS: readonly (readonly [string, string, JsonObject, readonly string[]])[] = [
  [
    'positive-test-after-sterilisation',
    'she can never be pregnant',
    { pregnancyChance: 'cannot' },
    ['/facts/pregnancyChance', '/facts/pregnancyTests'],
  ],
  [
    'saturation-88-cause-not-known',
    'nothing is wrong with his breathing',
    { breathingProblem: false },
    ['/facts/breathingProblem', '/facts/oxygenSaturation'],
  ],
  [
    'eye-pressure-31-found-by-the-optician',
    'he has no eye problem',
    { eyeOrThyroidProblem: false, glaucoma: null },
    ['/facts/eyeOrThyroidProblem', '/facts/eyePressureRight', '/facts/eyePressureLeft'],
  ],
  [
    'kidney-function-of-22-nobody-told-her',
    'she has no kidney problem',
    { liverOrKidneyProblem: false, reducedKidneyFunction: null },
    ['/facts/liverOrKidneyProblem', '/facts/kidneyTests'],
  ],
  [
    'enzymes-six-times-nobody-told-him',
    'he has no liver problem',
    { liverOrKidneyProblem: false, abnormalLiverTests: null },
    ['/facts/liverOrKidneyProblem', '/facts/liverTests'],
  ],
];

describe('a reading that tells against an answer', () => {
  it.each(DENIALS)(
    '%s, who said that %s, is refused, and both are named',
    async (name, _said, denial, places) => {
      const { intake } = JSON.parse(vignetteText(name)) as { intake: JsonObject & { facts: JsonObject } };
      const response = await screenBy(await aTestApp(), { ...intake, facts: { ...intake.facts, ...denial } });
      expect(response.status).toBe(422);
      const faults = faultsIn(response);
      expect(faults).toEqual(expect.arrayContaining(places.map((place) => `contradiction ${place}`)));
      expect(faults.every((fault) => fault.startsWith('contradiction '))).toBe(true);
    },
  );
});
