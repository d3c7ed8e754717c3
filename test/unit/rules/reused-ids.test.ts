import { describe, expect, it } from 'vitest';
import { reusedIds } from '../../../src/rules/release/reused-ids.js';
import type { RuleSetBody } from '../../../src/rules/rule-set.js';
import { aRule, aRuleSet, is, ruleSetOf } from '../../support/builders.js';

const setOf = (version: string, ...ids: readonly string[]): RuleSetBody =>
  ruleSetOf(
    aRuleSet({
      version,
      rules: ['heart-disease-unspecified', ...ids].map((id) =>
        aRule(id, 'relative', {
          all: [is('heartDisease'), { not: { any: [is('angina'), is('heartFailure')] } }],
        }),
      ),
    }),
  ).body;

const FIRST = setOf('1.0.0', 'fever', 'cough');
const SECOND = setOf('1.1.0', 'cough');

describe('an id that a rule of the draft takes', () => {
  it('may be that of the same rule in the newest release, or a new one', () => {
    expect(reusedIds(setOf('1.1.1-draft', 'cough', 'rash'), [FIRST, SECOND])).toEqual([]);
    expect(reusedIds(setOf('1.0.0-draft', 'fever'), [])).toEqual([]);
  });

  it('may not be that of a rule that was retired, whichever release had it last', () => {
    expect(reusedIds(setOf('1.2.0-draft', 'cough', 'fever'), [FIRST, SECOND])).toEqual([
      { index: 2, lastIn: '1.0.0' },
    ]);
    const third = setOf('1.2.0');
    expect(reusedIds(setOf('1.2.1-draft', 'cough', 'fever'), [FIRST, SECOND, third])).toEqual([
      { index: 1, lastIn: '1.1.0' },
      { index: 2, lastIn: '1.0.0' },
    ]);
  });

  it('may come back before the rule was retired by a release', () => {
    expect(reusedIds(setOf('1.0.1-draft', 'fever'), [FIRST])).toEqual([]);
  });
});
