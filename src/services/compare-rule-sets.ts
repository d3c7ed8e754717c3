import { diffRuleSets, type RuleSetDifference } from '../rules/diff/diff-rule-sets.js';
import { historyOfRule, type RuleStep } from '../rules/diff/rule-history.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { Rulebook } from './rulebook.js';

/** Two versions of a rule set, in the order in which they are compared. */
export type VersionPair = { readonly set: string; readonly from: string; readonly to: string };

/** What changed between two versions, and which they are. */
export type ComparedVersions = {
  readonly from: RuleSet;
  readonly to: RuleSet;
  readonly difference: RuleSetDifference;
};

/** Compares two versions of a rule set, older or newer; null where there is no such version. */
export const compareVersions = (book: Pick<Rulebook, 'find'>, pair: VersionPair): ComparedVersions | null => {
  const [from, to] = [book.find(pair.set, pair.from), book.find(pair.set, pair.to)];
  return from === null || to === null ? null : { from, to, difference: diffRuleSets(from.body, to.body) };
};

/** A rule of a rule set, in whatever versions have it. */
export type RuleAsked = { readonly set: string; readonly rule: string };

/** What each version made of a rule, oldest first; null where no version of the set has it. */
export const findRuleHistory = (
  book: Pick<Rulebook, 'all'>,
  { set, rule }: RuleAsked,
): readonly RuleStep[] | null => {
  const steps = historyOfRule(
    book.all().filter(({ body }) => body.id === set),
    rule,
  );
  return steps.length > 0 ? steps : null;
};
