import type { FactCode, SentFact } from '../fact.js';
import type { RuleIssue } from '../rule-issue.js';
import { NONE, ruleIssue } from './check-context.js';

/** The answer to a yes-or-no question for which a code may stand. That one stands for yes needs no saying. */
const NO = 'no';

const answersOf = (fact: SentFact): readonly string[] => {
  if (fact.type === 'boolean') return [NO];
  return fact.type === 'code' ? fact.options.map(({ code }) => code) : [];
};

const componentsOf = (fact: SentFact): readonly string[] =>
  fact.type === 'series' ? Object.keys(fact.components) : [];

type Named = { readonly name: string | undefined; readonly among: readonly string[]; readonly what: string };

const checkCode = (code: FactCode, fact: SentFact, pointer: string): readonly RuleIssue[] => {
  const named: readonly (Named & { readonly key: string })[] = [
    { key: 'answer', name: code.answer, among: answersOf(fact), what: 'answer' },
    { key: 'component', name: code.component, among: componentsOf(fact), what: 'component' },
    { key: 'limit', name: code.limit, among: componentsOf(fact), what: 'component' },
  ];
  return named.flatMap(({ key, name, among, what }) =>
    name === undefined || among.includes(name)
      ? NONE
      : [ruleIssue(`${pointer}/${key}`, 'unknown-code', `\`${name}\` is no ${what} of \`${fact.id}\``)],
  );
};

/** Checks that what the codes of a fact stand for is something that the fact has. */
export const checkCodes = (fact: SentFact, pointer: string): readonly RuleIssue[] =>
  (fact.codes ?? []).flatMap((code, index) => checkCode(code, fact, `${pointer}/codes/${String(index)}`));
