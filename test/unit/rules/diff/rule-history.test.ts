import { describe, expect, it } from 'vitest';
import { historyOfRule } from '../../../../src/rules/diff/rule-history.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aRuleSet, changed, ruleSetOf } from '../../../support/builders.js';
import { told } from './edited.js';

const { rules: RULES = [] } = aRuleSet() as { readonly rules?: readonly JsonObject[] };

const without = (id: string): readonly JsonObject[] => RULES.filter((rule) => rule.id !== id);

const history = (rule: string, ...sets: readonly JsonObject[]) =>
  historyOfRule(
    sets.map((set, index) => ruleSetOf(changed(set, '/version', `1.${String(index)}.0`))),
    rule,
  );

const short = (rule: string, ...sets: readonly JsonObject[]): readonly string[] =>
  history(rule, ...sets).map(({ version, change, effect }) => `${version.body.version} ${change} ${effect}`);

const edited = (pointer: string, value: JsonValue): JsonObject => changed(aRuleSet(), pointer, value);

describe('the history of a rule', () => {
  it('begins with the version that added it, and ends with the one that removed it', () => {
    const gone = aRuleSet({ rules: without('high-pressure') });
    expect(
      short(
        'high-pressure',
        gone,
        aRuleSet(),
        aRuleSet(),
        edited('/rules/2/criterion/value', 165),
        gone,
        gone,
      ),
    ).toEqual(['1.1.0 added logic', '1.2.0 unchanged none', '1.3.0 changed logic', '1.4.0 removed logic']);
  });

  it('holds the rule where it is new or changed, and only there', () => {
    const steps = history('high-pressure', aRuleSet(), aRuleSet(), edited('/rules/2/title', 'High'));
    expect(steps.map(({ rule }) => rule?.title ?? null)).toEqual(['A title', null, 'High']);
    expect(steps.map(({ effect }) => effect)).toEqual(['logic', 'none', 'words']);
  });

  it('tells the changes of this rule and of no other', () => {
    const both = changed(edited('/rules/2/criterion/value', 165), '/rules/0/criterion/value', 185);
    const [, step] = history('high-pressure', aRuleSet(), both);
    expect(told(step?.changes ?? [])).toEqual([
      'threshold logic: rule `high-pressure`: threshold of `meanSystolic` raised from 160 to 165 mm[Hg]',
    ]);
  });

  it('tells a rule that is moved among the others', () => {
    const [first, ...others] = RULES;
    const last = aRuleSet({ rules: [...others, ...(first === undefined ? [] : [first])] });
    expect(short('severe-pressure', aRuleSet(), last)[1]).toBe('1.1.0 changed logic');
    expect(short('recent-attack', aRuleSet(), last)[1]).toBe('1.1.0 unchanged none');
  });

  it('is nothing where no version has the rule', () => {
    expect(history('nothing', aRuleSet(), aRuleSet())).toEqual([]);
    expect(history('high-pressure')).toEqual([]);
  });

  it('is there for the scope, under the id of the reason that it gives', () => {
    const [first, second] = history('outside-scope', aRuleSet(), edited('/scope/criterion/is', false));
    expect([first?.change, second?.change]).toEqual(['added', 'changed']);
    expect(second?.rule?.criterion).toEqual({ fact: 'adult', is: false });
  });
});

describe('the facts behind a rule', () => {
  it.each([
    ['high-pressure', 'what a derived fact is made of', '/facts/9/components/systolic/range/max', 290],
    ['high-pressure', 'how a derived fact is made', '/facts/11/derive/mean/within', 'P14D'],
    ['high-score', 'a fact that gives points', '/facts/2/options/0/label', 'Swallowed'],
    ['heart-failure', 'a fact that is tested', '/facts/7/question', 'Does your heart fail?'],
    ['heart-failure', 'the gate over it', '/facts/5/question', 'Is your heart ill?'],
    ['outside-scope', 'a fact that is tested', '/facts/0/question', 'Are you grown up?'],
  ])('of %s are told: %s', (rule, _what, pointer, value) => {
    const [, step] = history(rule, aRuleSet(), edited(pointer, value));
    expect([step?.change, step?.changes, step?.rule]).toEqual(['unchanged', [], null]);
    expect(step?.factChanges).toHaveLength(1);
  });

  it('give the rule an effect, although its text stays', () => {
    const within = edited('/facts/11/derive/mean/within', 'P14D');
    expect(short('high-pressure', aRuleSet(), within)[1]).toBe('1.1.0 unchanged logic');
    expect(short('heart-failure', aRuleSet(), within)[1]).toBe('1.1.0 unchanged none');
  });
});
