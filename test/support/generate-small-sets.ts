import type { Derivation } from '../../src/rules/derivation.js';
import type { Fact } from '../../src/rules/fact.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { Facts } from '../../src/screening/facts.js';
import { screen } from '../../src/screening/screen.js';
import type { Comparison } from '../../src/values/interval.js';
import { parseInstant } from '../../src/values/instant.js';
import { accepted, bodyOf, ruleOf } from './generate-rule-set.js';

const ASKED = { domain: 'health', about: 'patient', question: 'What of it?' } as const;

const DATE: Fact = { ...ASKED, id: 'on', type: 'date' };

const SERIES: Fact = {
  ...ASKED,
  id: 'scores',
  type: 'series',
  components: { score: { unit: '1', range: { min: 0, max: 10 } } },
};

/** A rule set with one test on one date, `on`. */
export const dateSet = (elapsed: Comparison, duration: string): RuleSetBody => {
  const test = { fact: 'on', elapsed, duration, source: 'guide' };
  return accepted(bodyOf([DATE], [ruleOf('tested', 'relative', test)], test)).body;
};

/** A rule set with one test on a number that is made of one series, `scores`, of which the `score` runs from 0 to 10. */
export const seriesSet = (derive: Derivation, compare: Comparison, value: number): RuleSetBody => {
  const { domain, about } = ASKED;
  const shown = { id: 'made', type: 'derived', domain, about, label: 'it', unit: '1' } as const;
  const test = { fact: 'made', compare, value, unit: '1', source: 'guide' };
  return accepted(
    bodyOf([SERIES, { ...shown, derive, source: 'guide' }], [ruleOf('tested', 'relative', test)], test),
  ).body;
};

/** The truth of the one test of such a set. */
export const truthOfTest = (body: RuleSetBody, facts: Facts, asOf: string): string => {
  const instant = parseInstant(asOf);
  if (instant === null) throw new Error(asOf);
  return screen(body, facts, instant).findings[1]?.truth ?? 'no such rule';
};
