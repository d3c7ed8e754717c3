import { truthOf, type Truth } from '../values/truth.js';
import type { FactTest } from './criterion.js';
import { truthOfCriterion } from './criterion-truth.js';
import type { BooleanFact } from './fact.js';
import type { Rule } from './rule.js';

/** A fact that settles particulars under it. */
export type Gate = BooleanFact & { readonly gate: readonly string[] };

/** The truth of a test where the gate is true, its particulars are false, and nothing else is known. */
const truthUnderGate =
  (gate: Gate) =>
  (test: FactTest): Truth => {
    if (!('is' in test)) return 'unknown';
    if (test.fact === gate.id) return truthOf(test.is);
    return gate.gate.includes(test.fact) ? truthOf(!test.is) : 'unknown';
  };

/** Whether a rule is true where a gate is, and no particular explains it: the rule that each gate must have. */
export const isRuleOfGate = (rule: Pick<Rule, 'criterion'>, gate: Gate): boolean =>
  truthOfCriterion(rule.criterion, truthUnderGate(gate)) === 'true';
