import { describe, expect, it } from 'vitest';
import { diffRuleSets } from '../../../../src/rules/diff/diff-rule-sets.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { aFact, aRule, aRuleSet, changed, is, ruleSetOf } from '../../../support/builders.js';
import { changesAt, changesBetween, places, told } from './edited.js';

const { rules: RULES = [] } = aRuleSet() as { readonly rules?: readonly JsonObject[] };

const { facts: FACTS = [] } = aRuleSet() as { readonly facts?: readonly JsonObject[] };

const SOURCE = { id: 'label', title: 'A label', year: null, kind: 'label', basis: 'seen' };

const DOMAIN = { id: 'mind', title: 'Mind', description: 'Of the mind.' };

/** An object with its keys in the other order. */
const turned = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).reverse());

/** A list with the item of one place put at another. */
const moved = <T>(items: readonly T[], from: number, to: number): readonly T[] => {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, ...items.slice(from, from + 1));
};

describe('two versions that are the same', () => {
  it('have an empty difference, with no effect', () => {
    const { body } = ruleSetOf(aRuleSet());
    const none = { added: [], removed: [], changed: [] };
    expect(diffRuleSets(body, ruleSetOf(aRuleSet()).body)).toEqual({
      effect: 'none',
      heading: [],
      scope: [],
      rules: none,
      facts: none,
      sources: none,
      domains: none,
    });
  });
});

describe('the order of keys', () => {
  it.each<readonly [pointer: string, value: JsonObject]>([
    ['/facts/9/components', turned(FACTS[9]?.components as JsonObject)],
    ['/facts/12/derive/sum/1/points/answers', { intravenous: 3, oral: 0 }],
    ['/rules/0', turned(RULES[0] ?? {})],
  ])('does not matter at %s', (pointer, value) => {
    expect(changesAt(pointer, value)).toEqual([]);
  });
});

describe('an entry', () => {
  it.each<readonly [what: string, from: JsonObject, to: JsonObject, expected: readonly string[]]>([
    [
      'a rule that came',
      aRuleSet(),
      changed(aRuleSet(), '/rules/-', aRule('new-rule', 'precaution', is('angina'))),
      ['added logic: rule `new-rule`: added: precaution, "A title"'],
    ],
    [
      'a rule that went',
      aRuleSet(),
      aRuleSet({ rules: RULES.toSpliced(2, 1) }),
      ['removed logic: rule `high-pressure`: removed: relative, "A title"'],
    ],
    [
      'a fact that came',
      aRuleSet(),
      changed(aRuleSet(), '/facts/-', aFact.date('born')),
      ['added logic: fact `born`: added: date, "What of born?"'],
    ],
    [
      'a derived fact that came',
      aRuleSet(),
      changed(aRuleSet(), '/facts/-', aFact.derived('one', { number: 1, unit: '1' })),
      ['added logic: fact `one`: added: derived, "the one"'],
    ],
    [
      'a source that came, which is words',
      aRuleSet(),
      changed(aRuleSet(), '/sources/-', SOURCE),
      ['added words: source `label`: added: label, "A label"'],
    ],
    [
      'a domain that came, which is words',
      aRuleSet(),
      changed(aRuleSet(), '/domains/-', DOMAIN),
      ['added words: domain `mind`: added: "Mind"'],
    ],
  ])('tells %s', (_what, from, to, expected) => {
    expect(told(changesBetween(from, to))).toEqual(expected);
  });

  it('is whole, and only on the side that has it', () => {
    const [change] = changesBetween(aRuleSet(), aRuleSet({ rules: RULES.toSpliced(2, 1) }));
    expect([change?.from?.pointer, change?.to]).toEqual(['/rules/2', null]);
    expect(change?.from?.value).toEqual(RULES[2]);
  });

  it.each<readonly [pointer: string, value: string, expected: string]>([
    [
      '/sources/0/title',
      'The guide',
      'source words: source `guide`: title changed from "A guide" to "The guide"',
    ],
    ['/sources/0/url', 'https://a.org', 'source words: source `guide`: address added: `https://a.org`'],
    ['/sources/0/basis', 'policy', 'source words: source `guide`: basis changed from `seen` to `policy`'],
    [
      '/domains/0/title',
      'The heart',
      'wording words: domain `heart`: title changed from "Heart" to "The heart"',
    ],
  ])('tells words inside a source or a domain: %s', (pointer, value, expected) => {
    expect(told(changesAt(pointer, value))).toEqual([expected]);
  });
});

describe('the order of entries', () => {
  it('is told by the one rule that was moved, not by all those that it passed', () => {
    const changes = changesBetween(aRuleSet(), aRuleSet({ rules: moved(RULES, 1, 6) }));
    expect(told(changes)).toEqual(['order logic: rule `recent-attack`: stands elsewhere among the others']);
    expect(places(changes)).toEqual(['/rules/1/id /rules/6/id']);
  });

  it('does not change where a rule comes or goes between the others', () => {
    const fewer = RULES.toSpliced(4, 1);
    const more = fewer.toSpliced(1, 0, aRule('new-rule', 'precaution', is('angina')));
    const { rules } = diffRuleSets(ruleSetOf(aRuleSet()).body, ruleSetOf(aRuleSet({ rules: more })).body);
    expect(rules.added.map(({ id }) => id)).toEqual(['new-rule']);
    expect(rules.removed.map(({ id }) => id)).toEqual(['heart-failure']);
    expect(rules.changed).toEqual([]);
  });

  it('is logic for facts, because it is the order of questions', () => {
    expect(told(changesBetween(aRuleSet(), aRuleSet({ facts: moved(FACTS, 4, 0) })))).toEqual([
      'order logic: fact `allergies`: stands elsewhere among the others',
    ]);
  });

  it('is words for sources', () => {
    const two = changed(aRuleSet(), '/sources/-', SOURCE);
    const other = changed(two, '/sources', [...(two.sources as readonly JsonObject[])].reverse());
    expect(told(changesBetween(two, other)).map((line) => line.split(':')[0])).toEqual(['order words']);
  });
});

describe('the effect of a difference', () => {
  it.each([
    ['none', '/version', '1.0.0'],
    ['words', '/version', '1.0.1'],
    ['words', '/rules/0/explanation', 'Another.'],
    ['logic', '/rules/0/criterion/value', 181],
  ])('is %s for %s %s', (effect, pointer, value) => {
    const to = ruleSetOf(changed(aRuleSet(), pointer, value)).body;
    expect(diffRuleSets(ruleSetOf(aRuleSet()).body, to).effect).toBe(effect);
  });

  it('is logic where one change of many is', () => {
    const words = changed(aRuleSet(), '/rules/0/explanation', 'Another.');
    const to = ruleSetOf(changed(words, '/facts/1/range/max', 129)).body;
    expect(diffRuleSets(ruleSetOf(aRuleSet()).body, to).effect).toBe('logic');
  });
});
