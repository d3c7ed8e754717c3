import { contradictionsOf, indexFacts } from '../../rules/dictionary.js';
import type { DerivedFact, Fact, SentFact } from '../../rules/fact.js';
import { criterionTree } from './criterion-tree.js';
import { definitions, type Definition } from './definitions.js';
import { derivationTree } from './derivation-tree.js';
import { answerDefinitions } from './fact-answer.js';
import { codeList } from './fact-codes.js';
import { anchorOf, factLink, inARow, linkTo, ruleLink, sourceLink } from './links.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';
import { capitalised, unitInWords } from './plain-words.js';
import type { RuleReads } from './reads.js';

/** The dictionary that a fact stands in, and what each rule reads of it. */
export type Dictionaries = { readonly facts: readonly Fact[]; readonly reads: readonly RuleReads[] };

/** Links in a row after some words; nothing where there are none. */
const row = (words: string, links: readonly Element[]): readonly Markup[] =>
  links.length === 0 ? [] : [tag('span', words, inARow(links))];

const gateOf = (fact: SentFact, facts: readonly Fact[]): readonly Markup[] => {
  const over = indexFacts(facts).gateOf.get(fact.id);
  const under = fact.type === 'boolean' ? (fact.gate ?? []) : [];
  return [
    ...row('Where it is known to be no, each of these that was not sent is no: ', under.map(factLink)),
    ...row(
      'No, where it was not sent and this is known to be no: ',
      over === undefined ? [] : [factLink(over)],
    ),
  ];
};

const refusedWith = (fact: SentFact, facts: readonly Fact[]): readonly Markup[] =>
  contradictionsOf(fact).map(({ answer, when }) =>
    tagWith('div', { className: ['criterion'] }, [
      tag('p', `${typeof answer === 'string' ? answer : answer ? 'Yes' : 'No'}, where:`),
      criterionTree(when, facts),
    ]),
  );

const detailOf = (fact: SentFact, facts: readonly Fact[]): readonly Markup[] => {
  const details = facts.filter((other) => other.type !== 'derived' && other.detailOf === fact.id);
  return [
    ...row('A detail of ', fact.detailOf === undefined ? [] : [factLink(fact.detailOf)]),
    ...row(
      'Has the details ',
      details.map(({ id }) => factLink(id)),
    ),
  ];
};

const readBy = (id: string, reads: readonly RuleReads[]): Definition[] => {
  const links = (all: readonly RuleReads[]): readonly Element[] => all.map(({ rule }) => ruleLink(rule.id));
  return [
    ['Tested by', ...row('', links(reads.filter(({ tested }) => tested.includes(id))))],
    [
      'Behind',
      ...row(
        'through a computed number or a gate: ',
        links(reads.filter(({ behind }) => behind.includes(id))),
      ),
    ],
  ];
};

const sentShown = (fact: SentFact, { facts, reads }: Dictionaries): readonly Markup[] => [
  tagWith('p', { className: ['question'] }, fact.question),
  fact.help === undefined ? null : tagWith('p', { className: ['help'] }, fact.help),
  definitions([
    ...answerDefinitions(fact, facts),
    ['Gate', ...gateOf(fact, facts)],
    ['Detail', ...detailOf(fact, facts)],
    ['Refused', ...refusedWith(fact, facts)],
    ['Codes', ...codeList(fact.codes ?? [])],
    ...readBy(fact.id, reads),
  ]),
];

const derivedShown = (fact: DerivedFact, { facts, reads }: Dictionaries): readonly Markup[] => [
  tagWith('p', { className: ['question'] }, capitalised(fact.label)),
  definitions([
    ['Answer', `Computed, never sent. Unit: ${unitInWords(fact.unit)}`],
    ['Computed as', tagWith('div', { className: ['criterion'] }, derivationTree(fact.derive, facts))],
    ['According to', sourceLink(fact.source)],
    ...readBy(fact.id, reads),
  ]),
];

/** An entry of the dictionary: what is asked or computed, what may be answered, how it hangs together with others, and which rules read it. */
export const factEntry = (fact: Fact, dictionaries: Dictionaries): Element =>
  tagWith('article', { id: anchorOf.fact(fact.id), className: ['fact'] }, [
    tag('h4', linkTo(anchorOf.fact(fact.id), tag('code', fact.id))),
    tagWith('p', { className: ['meta'] }, [
      tag(
        'span',
        `No. ${String((indexFacts(dictionaries.facts).order.get(fact.id) ?? 0) + 1)} in the dictionary`,
      ),
      tag('span', `about the ${fact.about}`),
    ]),
    ...(fact.type === 'derived' ? derivedShown(fact, dictionaries) : sentShown(fact, dictionaries)),
  ]);
