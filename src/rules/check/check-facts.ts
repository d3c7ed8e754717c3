import type { Fact, SentFact } from '../fact.js';
import type { RuleIssue } from '../rule-issue.js';
import { duplicateIds, NONE, ruleIssue, type CheckContext } from './check-context.js';
import { checkCodes } from './check-codes.js';
import { checkDerivedNames, checkDerivedUnits } from './check-derived.js';
import { checkUnitsOf } from './check-measured.js';

const checkDetail = (fact: SentFact, index: number, { dictionary }: CheckContext): readonly RuleIssue[] => {
  if (fact.detailOf === undefined) return NONE;
  const pointer = `/facts/${String(index)}/detailOf`;
  const whole = dictionary.facts.get(fact.detailOf);
  if (whole === undefined)
    return [ruleIssue(pointer, 'unknown-fact', `unknown fact \`${fact.detailOf}\` in \`${fact.id}\``)];
  if (whole.type !== 'boolean')
    return [ruleIssue(pointer, 'wrong-type', `\`${fact.id}\` can be a detail of a boolean only`)];
  return (dictionary.order.get(whole.id) ?? 0) < index
    ? NONE
    : [ruleIssue(pointer, 'bad-order', `declare \`${whole.id}\` before its detail \`${fact.id}\``)];
};

const duplicateOptions = (fact: Fact, pointer: string): readonly RuleIssue[] =>
  fact.type === 'code' || fact.type === 'codeList'
    ? duplicateIds(
        fact.options.map(({ code }) => ({ id: code })),
        `${pointer}/options`,
      )
    : NONE;

const checkFact = (fact: Fact, index: number, context: CheckContext): readonly RuleIssue[] => {
  const pointer = `/facts/${String(index)}`;
  return [
    ...checkUnitsOf(fact, pointer),
    ...duplicateOptions(fact, pointer),
    ...(fact.type === 'derived'
      ? checkDerivedNames(fact, index, context)
      : [...checkDetail(fact, index, context), ...checkCodes(fact, pointer)]),
  ];
};

/** Checks the fact dictionary. */
export const checkFacts = (context: CheckContext): readonly RuleIssue[] => {
  const { facts } = context.body;
  const issues = [
    ...duplicateIds(facts, '/facts'),
    ...facts.flatMap((fact, index) => checkFact(fact, index, context)),
  ];
  if (issues.length > 0) return issues;
  return facts.flatMap((fact, index) =>
    fact.type === 'derived' ? checkDerivedUnits(fact, index, context) : NONE,
  );
};
