import { testsOf } from '../../rules/criterion.js';
import { factsBehind } from '../../rules/facts-behind.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { activeRules, type ActiveRule } from '../../screening/find.js';

/**
 * What a rule reads: the facts that it tests, and those behind them that can settle one of these (what a number is computed from, the gate over a
 * question). A fact is in one of the two.
 */
export type RuleReads = {
  readonly rule: ActiveRule;
  readonly tested: readonly string[];
  readonly behind: readonly string[];
};

/** What each rule of a version reads, in rule order, the rule of the scope first. */
export const readsIn = (body: RuleSetBody): readonly RuleReads[] =>
  activeRules(body).map((rule) => {
    const tested = new Set(testsOf(rule.criterion).map(({ fact }) => fact));
    const all = factsBehind(rule.criterion, body.facts);
    return { rule, tested: [...tested], behind: [...all].filter((fact) => !tested.has(fact)) };
  });
