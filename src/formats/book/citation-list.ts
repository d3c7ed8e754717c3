import type { Citation } from '../../rules/rule.js';
import { sourceLink } from './links.js';
import { basisMark } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';

const placeShown = (locator: string | null): Markup =>
  locator ?? tagWith('em', { className: ['unplaced'] }, 'place not known');

const citationShown = ({ source, locator, supports, grade, basis }: Citation): Element =>
  tag('li', [
    tagWith(
      'p',
      { className: ['where'] },
      sourceLink(source),
      ' ',
      basisMark(basis),
      ' ',
      placeShown(locator),
    ),
    tag(
      'p',
      supports,
      grade === undefined ? null : tagWith('span', { className: ['grade'] }, ` (grade ${grade})`),
    ),
  ]);

/** What a rule rests on: of each citation the source, how far it can be trusted, the place in it, and what it supports. */
export const citationList = (citations: readonly Citation[]): Element =>
  tagWith('ul', { className: ['citations'] }, citations.map(citationShown));
