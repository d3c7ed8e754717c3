import type { RuleCases } from '../../rules/rule-files.js';
import type { Explained, Rule } from '../../rules/rule.js';
import type { Book } from './book.js';
import { citationList } from './citation-list.js';
import { criterionTree } from './criterion-tree.js';
import { anchorOf, factLink, inARow, linkTo } from './links.js';
import { severityMark } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';
import { countInWords } from './plain-words.js';
import type { RuleReads } from './reads.js';

const KINDS = { met: 'met', boundary: 'at a boundary', 'not-met': 'not met', unknown: 'unknown' } as const;

const KIND_NAMES: readonly (keyof typeof KINDS)[] = ['met', 'boundary', 'not-met', 'unknown'];

/** How many cases a rule is tested by, of each kind that it has. */
const casesInWords = (id: string, files: readonly RuleCases[]): string => {
  const cases = files.filter(({ rule }) => rule === id).flatMap((file) => file.cases);
  const kinds = KIND_NAMES.map((name) => ({ name, count: cases.filter(({ kind }) => kind === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${String(count)} ${KINDS[name]}`);
  return [countInWords(cases.length, 'case'), ...(kinds.length === 0 ? [] : [kinds.join(', ')])].join(': ');
};

const section = (title: string, ...content: readonly Markup[]): readonly Markup[] => [
  tag('h4', title),
  ...content,
];

const prose = (text: string): Element => tagWith('p', { className: ['prose'] }, text);

const factsRead = ({ tested, behind }: RuleReads): readonly Markup[] => [
  tag('p', 'It tests ', inARow(tested.map(factLink)), '.'),
  behind.length === 0
    ? null
    : tag('p', 'Behind these, through a computed number or a gate: ', inARow(behind.map(factLink)), '.'),
];

/** What a rule, or the scope, says and rests on. */
type Entry = {
  readonly explained: Explained;
  readonly reads: RuleReads;
  /** What its criterion is, before the tree of it. */
  readonly lead: string;
};

/** The sections of a rule, or of the scope: what it means, why, what to consider, when it holds, what it rests on and reads. */
export const explainedSections = (
  { explained, reads, lead }: Entry,
  { ruleSet }: Book,
): readonly Markup[] => [
  ...section('What it means', prose(explained.explanation)),
  ...section(lead, criterionTree(explained.criterion, ruleSet.body.facts)),
  ...section('Why', prose(explained.rationale)),
  ...section('To consider', prose(explained.action)),
  ...section('Citations', citationList(explained.citations, ruleSet.body.sources)),
  ...section('Facts it reads', factsRead(reads)),
];

const metaOf = (rule: Rule, { cases }: Book): readonly Markup[] =>
  [
    rule.lastReviewDate === null ? 'never reviewed' : `last reviewed ${rule.lastReviewDate}`,
    ...(cases === null ? [] : [casesInWords(rule.id, cases)]),
    ...(rule.tags.length === 0 ? [] : [`tags: ${rule.tags.join(', ')}`]),
  ].map((text) => tag('span', text));

/** A rule whole, with the cases that test it where they are kept with the version. */
export const ruleEntry = (rule: Rule, reads: RuleReads, book: Book): Element =>
  tagWith('article', { id: anchorOf.rule(rule.id), className: ['rule', `edge-${rule.severity}`] }, [
    tag('h3', linkTo(anchorOf.rule(rule.id), rule.title)),
    tagWith(
      'p',
      { className: ['meta'] },
      severityMark(rule.severity),
      tag('code', rule.id),
      metaOf(rule, book),
    ),
    ...explainedSections({ explained: rule, reads, lead: 'It holds when' }, book),
  ]);
