import type { Citation } from '../../rules/rule.js';
import type { Source } from '../../rules/rule-set.js';
import { sourceLink } from './links.js';
import { basisMark } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';

const placeShown = (locator: string | null): Markup =>
  locator ?? tagWith('em', { className: ['unplaced'] }, 'place not known');

const titleOf = (id: string, sources: readonly Source[]): string => {
  const source = sources.find((one) => one.id === id);
  if (source === undefined) return '';
  return source.year === null ? source.title : `${source.title} (${String(source.year)})`;
};

const citationShown = (citation: Citation, sources: readonly Source[]): Element => {
  const { source, locator, supports, grade, basis } = citation;
  return tag('li', [
    tagWith('p', { className: ['where'] }, [
      sourceLink(source),
      ' ',
      basisMark(basis),
      ' ',
      placeShown(locator),
    ]),
    tag('p', supports, grade === undefined ? null : ` (grade ${grade})`),
    tagWith('p', { className: ['cited'] }, titleOf(source, sources)),
  ]);
};

/** What a rule rests on: of each citation the source, how far it can be trusted, the place in it, what it supports, and the title of the source. */
export const citationList = (citations: readonly Citation[], sources: readonly Source[]): Element =>
  tagWith(
    'ul',
    { className: ['citations'] },
    citations.map((citation) => citationShown(citation, sources)),
  );
