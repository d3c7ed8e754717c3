import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { faultsIn, screenBy, vignetteText } from '../support/http.js';
import { NEWEST } from '../support/shipped-versions.js';
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

/** The same readings, where the general answer is yes for another reason, and the particular one denies them. */
const PARTICULARS: readonly (readonly [string, string, JsonObject, readonly string[]])[] = [
  [
    'eye-pressure-31-found-by-the-optician',
    'he has a thyroid problem and no high eye pressure',
    { glaucoma: false, thyroidReplacement: true },
    ['/facts/glaucoma', '/facts/eyePressureRight'],
  ],
  [
    'kidney-function-of-22-nobody-told-her',
    'her liver tests are raised and her kidneys well',
    { reducedKidneyFunction: false, severeKidneyDisease: false, abnormalLiverTests: true },
    ['/facts/reducedKidneyFunction', '/facts/kidneyTests'],
  ],
  [
    'enzymes-six-times-nobody-told-him',
    'his kidneys are weak and his liver well',
    { abnormalLiverTests: false, reducedKidneyFunction: true },
    ['/facts/abnormalLiverTests', '/facts/liverTests'],
  ],
];

const at = '2026-11-20T10:00:00Z';

const liver = (alt: number): JsonObject => ({
  liverTests: [{ alt, altLimit: 40, ast: 20, astLimit: 40, alp: 80, alpLimit: 120, takenAt: at }],
});

/** Readings at the very limit, and just beyond it, beside the answer that only the second tells against. */
const LIMITS: readonly (readonly [string, JsonObject, JsonObject, JsonObject])[] = [
  [
    'no test, or a positive one',
    { pregnancyChance: 'cannot' },
    { pregnancyTests: [{ positive: 0, takenAt: at }] },
    { pregnancyTests: [{ positive: 1, takenAt: at }] },
  ],
  [
    'a saturation of 92 % and 91 %',
    { breathingProblem: false },
    { oxygenSaturation: [{ saturation: 92, takenAt: at }] },
    { oxygenSaturation: [{ saturation: 91, takenAt: at }] },
  ],
  [
    'a right eye pressure of 21 and 22 mmHg',
    { eyeOrThyroidProblem: false },
    { eyePressureRight: 21 },
    { eyePressureRight: 22 },
  ],
  [
    'a left eye pressure of 21 and 22 mmHg',
    { eyeOrThyroidProblem: false },
    { eyePressureLeft: 21 },
    { eyePressureLeft: 22 },
  ],
  [
    'an eGFR of 30 and 29',
    { liverOrKidneyProblem: false },
    { kidneyTests: [{ egfr: 30, takenAt: at }] },
    { kidneyTests: [{ egfr: 29, takenAt: at }] },
  ],
  [
    'an ALT of three times the limit and more',
    { liverOrKidneyProblem: false, priorKetamineTreatment: false },
    liver(120),
    liver(121),
  ],
];

const faultsAt = async (facts: JsonObject): Promise<readonly string[]> => {
  const intake = { asOf: '2026-11-22T09:30:00Z', retrospective: true, ruleSetVersion: NEWEST, facts };
  const response = await screenBy(await aTestApp(), intake);
  return response.status === 200 ? [] : faultsIn(response);
};

describe('a reading that tells against an answer', () => {
  it.each([...DENIALS, ...PARTICULARS])(
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

  it.each(LIMITS)(
    '%s: the first stands beside the answer, the second does not',
    async (_what, answer, good, bad) => {
      expect(await faultsAt({ ...answer, ...good })).toEqual([]);
      const faults = await faultsAt({ ...answer, ...bad });
      expect(faults).toHaveLength(Object.keys({ ...answer, ...bad }).length);
      expect(faults.every((fault) => fault.startsWith('contradiction '))).toBe(true);
    },
  );

  it('leaves a repeat patient with raised liver tests to the rules, which decide without that answer', async () => {
    const denied = { liverOrKidneyProblem: false, priorKetamineTreatment: true, ...liver(200) };
    expect(await faultsAt(denied)).toEqual([]);
  });
});
