import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/formats/intake/read-facts.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aRuleSet, at, changed, is, ruleSetOf } from '../../support/builders.js';

const HIGH: JsonObject = { fact: 'meanSystolic', compare: '>=', value: 180, unit: 'mm[Hg]', source: 'guide' };

const { body } = ruleSetOf(
  changed(
    changed(aRuleSet(), '/facts/5/contradictedBy', [{ answer: false, when: HIGH }]),
    '/facts/2/contradictedBy',
    [{ answer: 'oral', when: { all: [is('adult'), { fact: 'allergies', includesAny: ['nuts'] }] } }],
  ),
);

const issuesOf = (facts: JsonObject, asOf = '2026-11-22T12:00:00Z') =>
  readFacts(facts, body, at(asOf)).issues;

const faultsOf = (facts: JsonObject, asOf?: string): readonly string[] =>
  issuesOf(facts, asOf).map(({ code, pointer }) => `${code} ${pointer}`);

const sitting = (...systolics: (number | null)[]): JsonObject => ({
  pressure: systolics.map((systolic, index) => ({
    systolic,
    diastolic: null,
    takenAt: `2026-11-20T10:0${String(index)}:00Z`,
  })),
});

describe('an answer beside what it cannot stand', () => {
  it('is refused at every place of the pair, with the mend', () => {
    const issues = issuesOf({ heartDisease: false, ...sitting(190, 190) });
    expect(issues.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'contradiction /facts/heartDisease',
      'contradiction /facts/pressure',
    ]);
    expect(issues[0]?.detail).toContain('beside `pressure`: correct one of them');
    expect(JSON.stringify(issues)).not.toContain('190');
  });

  it('is taken where the criterion is false, or the answer another one', () => {
    expect(faultsOf({ heartDisease: false, ...sitting(170, 170) })).toEqual([]);
    expect(faultsOf({ heartDisease: true, ...sitting(190, 190) })).toEqual([]);
    expect(faultsOf({ heartDisease: { unknown: 'declined' }, ...sitting(190, 190) })).toEqual([]);
    expect(faultsOf(sitting(190, 190))).toEqual([]);
  });

  it('is taken while the criterion is unknown', () => {
    expect(faultsOf({ heartDisease: false, ...sitting(190, null) })).toEqual([]);
    expect(faultsOf({ heartDisease: false, ...sitting(190, 190) }, '2027-02-22T12:00:00Z')).toEqual([]);
  });

  it('is refused by a code and several facts, each of which is named', () => {
    expect(faultsOf({ route: 'oral', adult: true, allergies: ['nuts'] })).toEqual([
      'contradiction /facts/route',
      'contradiction /facts/adult',
      'contradiction /facts/allergies',
    ]);
    expect(faultsOf({ route: 'intravenous', adult: true, allergies: ['nuts'] })).toEqual([]);
  });
});
