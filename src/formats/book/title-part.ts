import { isDraft } from '../../rules/rule-set.js';
import { NOTICE } from '../intake/write-answer.js';
import type { Book } from './book.js';
import { definitions } from './definitions.js';
import { BASES, basisMark, SEVERITIES, severityMark } from './marks.js';
import { tag, tagWith, type Element } from './markup.js';
import { capitalised, countInWords } from './plain-words.js';

const statusOf = ({ ruleSet, releasedOn }: Book): string => {
  if (isDraft(ruleSet.body.version)) return 'Draft: it may still change';
  return releasedOn === null ? 'Released' : `Released on ${releasedOn}`;
};

const counted = (mark: Element, count: number): Element =>
  tagWith('span', { className: ['counted'] }, mark, ` ${String(count)}`);

const countsOfRules = ({ ruleSet: { body } }: Book): readonly Element[] =>
  SEVERITIES.map((severity) =>
    counted(severityMark(severity), body.rules.filter((rule) => rule.severity === severity).length),
  );

const countsOfCitations = ({ ruleSet: { body } }: Book): readonly Element[] => {
  const all = [body.scope, ...body.rules].flatMap(({ citations }) => citations);
  return BASES.map((basis) =>
    counted(basisMark(basis), all.filter((citation) => citation.basis === basis).length),
  );
};

const casesOf = ({ cases }: Book): string =>
  cases === null
    ? 'Kept beside the draft, not with a release'
    : countInWords(cases.flatMap((file) => file.cases).length, 'case');

/** The title page: which version this is, where it stands, and what it holds in numbers. */
export const titlePart = (book: Book): Element => {
  const { body, sha256 } = book.ruleSet;
  return tagWith('header', { id: anchorOfTitle }, [
    tagWith('p', { className: ['kind'] }, 'Rule set for clinical review'),
    tag('h1', body.title),
    tagWith('p', { className: ['prose', 'lede'] }, body.description),
    definitions([
      ['Rule set', tag('code', body.id)],
      ['Version', tag('strong', body.version)],
      ['Status', statusOf(book), capitalised(book.approval)],
      ['Fingerprint', tag('span', 'SHA-256 ', tagWith('code', { className: ['hash'] }, sha256))],
      ['Rules', `${String(body.rules.length)}, and the scope`, tag('span', countsOfRules(book))],
      ['Citations', tag('span', countsOfCitations(book))],
      ['Holds', `${countInWords(body.facts.length, 'fact')}, ${countInWords(body.sources.length, 'source')}`],
      ['Cases', casesOf(book)],
    ]),
    tagWith('p', { className: ['notice'] }, NOTICE),
  ]);
};

const anchorOfTitle = 'top';
