import { mutantsOf } from '../rules/mutants/criterion-mutants.js';
import type { RuleCases } from '../rules/rule-files.js';
import type { Rule, Severity } from '../rules/rule.js';
import type { RuleSet } from '../rules/rule-set.js';
import { runCases } from './run-cases.js';

/** A flip of a rule that none of its own cases tells from the rule. */
export type Survivor = { readonly rule: string; readonly flip: string };

/** How many flips were tried, and those that no case has seen. */
export type Hunt = { readonly tried: number; readonly survivors: readonly Survivor[] };

type Flip = { readonly rule: Rule; readonly flip: string };

const SEVERITIES: readonly Severity[] = ['absolute', 'relative', 'precaution'];

const flipsOf = (rule: Rule): readonly Flip[] => [
  ...mutantsOf(rule.criterion).map(({ criterion, inWords }) => ({
    rule: { ...rule, criterion },
    flip: inWords,
  })),
  ...SEVERITIES.filter((severity) => severity !== rule.severity).map((severity) => ({
    rule: { ...rule, severity },
    flip: `severity ${severity} for ${rule.severity}`,
  })),
];

/** Whether a case of the rule fails on a flip of it. The set holds the flipped rule alone: cases look at no other. */
const isSeen = ({ rule }: Flip, cases: RuleCases, { body, sha256 }: RuleSet): boolean =>
  runCases({ body: { ...body, rules: [rule] }, sha256 }, [cases]).length > 0;

/** Flips every comparison, operator, count, option and severity of a rule, one at a time, and runs the rule's own cases on each. */
export const huntIn = (rule: Rule, cases: RuleCases, ruleSet: RuleSet): Hunt => {
  const flips = flipsOf(rule);
  const survivors = flips
    .filter((flip) => !isSeen(flip, cases, ruleSet))
    .map(({ flip }) => ({ rule: rule.id, flip }));
  return { tried: flips.length, survivors };
};
