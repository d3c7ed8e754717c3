import { describe, expect, it } from 'vitest';
import { runCases } from '../../src/cli/run-cases.js';
import { readFacts } from '../../src/formats/intake/read-facts.js';
import { testsOf, type CompareTest, type ElapsedTest, type FactTest } from '../../src/rules/criterion.js';
import { indexFacts } from '../../src/rules/dictionary.js';
import { rangeOfNumber } from '../../src/rules/range-of-derivation.js';
import type { Rule } from '../../src/rules/rule.js';
import type { RuleCase } from '../../src/rules/rule-files.js';
import { daysOf } from '../../src/screening/evaluate-criterion.js';
import { intervalOfNumber } from '../../src/screening/evaluate-derivation.js';
import { heldOf, situationAt, type Situation } from '../../src/screening/situation.js';
import { readRuleFolder } from '../../src/storage/rule-folder.js';
import { addToDay, parseDuration } from '../../src/values/duration.js';
import { localDayOf } from '../../src/values/instant.js';
import type { JsonObject } from '../../src/values/json.js';
import { at } from '../support/builders.js';
import { NOW } from '../support/test-app.js';

const read = readRuleFolder('rules/ketamine-pain');
if (!read.ok) throw new Error('the rules have mistakes: run `rules check`');
const { ruleSet, cases } = read.value;
const { body } = ruleSet;

const casesOf = (rule: string): readonly RuleCase[] => cases.find((file) => file.rule === rule)?.cases ?? [];

const situationOf = (ruleCase: RuleCase): Situation => {
  const asOf = at(ruleCase.asOf ?? NOW);
  const facts: JsonObject = ruleCase.facts;
  return situationAt(indexFacts(body.facts), readFacts(facts, body, asOf).facts, asOf);
};

/** Where a value, known to lie from low to high, stands against a threshold. */
type Side = 'below' | 'at' | 'above' | 'unknown';

const sideOf = (low: number, high: number, threshold: number): Side => {
  if (low === threshold && high === threshold) return 'at';
  if (high < threshold) return 'below';
  return low > threshold ? 'above' : 'unknown';
};

const sideOfElapsed = (test: ElapsedTest, situation: Situation): Side => {
  const { value } = heldOf(situation, test.fact);
  if (value.kind !== 'date') return 'unknown';
  const { first, last } = daysOf(value);
  const duration = parseDuration(test.duration);
  const today = localDayOf(situation.asOf);
  return sideOf(today - addToDay(last, duration), today - addToDay(first, duration), 0);
};

type Threshold = CompareTest | ElapsedTest;

const isThreshold = (test: FactTest): test is Threshold => 'compare' in test || 'elapsed' in test;

const sideIn = (test: Threshold, ruleCase: RuleCase): Side => {
  const situation = situationOf(ruleCase);
  if ('elapsed' in test) return sideOfElapsed(test, situation);
  const { low, high } = intervalOfNumber(situation, test.fact);
  return sideOf(low, high, test.value);
};

/** Every side of a threshold; nothing lies above one that stands at the end of the range, such as 1 where 0 and 1 are all there is. */
const sidesOf = (test: Threshold): readonly Side[] =>
  'compare' in test && test.value === rangeOfNumber(test.fact, indexFacts(body.facts)).high
    ? ['at', 'below', 'unknown']
    : ['above', 'at', 'below', 'unknown'];

const nameOf = (test: Threshold): string =>
  'elapsed' in test
    ? `${test.fact} ${test.elapsed} ${test.duration}`
    : `${test.fact} ${test.compare} ${String(test.value)}`;

const thresholdsOf = ({ criterion }: Rule): readonly Threshold[] => testsOf(criterion).filter(isThreshold);

describe('the cases beside the rules', () => {
  it('are more than 500', () => {
    expect(cases.flatMap((file) => file.cases).length).toBeGreaterThan(500);
  });

  it('all hold', () => {
    expect(runCases(ruleSet, cases)).toEqual([]);
  });

  it('would tell one that does not hold, and one that cannot be read', () => {
    const [first] = cases;
    const [one] = first?.cases ?? [];
    if (first === undefined || one === undefined) throw new Error('there are no cases');
    const wrong = { ...one, expect: one.expect === 'true' ? ('false' as const) : ('true' as const) };
    const misspelt = { ...one, facts: { ...one.facts, nothing: true } };
    const failures = runCases(ruleSet, [{ ...first, cases: [wrong, misspelt, one] }]);
    expect(failures).toMatchObject([
      { rule: first.rule, detail: expect.stringContaining('expected') as unknown },
      { rule: first.rule, detail: expect.stringContaining('/facts/nothing') as unknown },
    ]);
  });

  it.each(body.rules)('stand beside $id, which they make true, false and unknown', ({ id }) => {
    const expected = new Set(casesOf(id).map((one) => one.expect));
    expect(expected).toEqual(new Set(['true', 'false', 'unknown']));
  });
});

const thresholds = body.rules.flatMap((rule) =>
  thresholdsOf(rule).map((test) => [rule.id, nameOf(test), test] as const),
);

describe('every threshold', () => {
  it('is found', () => {
    expect(thresholds.length).toBeGreaterThan(20);
  });

  it.each(thresholds)('of %s (%s) has cases below it, at it, above it and unknown', (id, _name, test) => {
    const sides = new Set(casesOf(id).map((ruleCase) => sideIn(test, ruleCase)));
    expect([...sides].toSorted()).toEqual(sidesOf(test));
  });
});
