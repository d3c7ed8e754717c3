import type { Verdict } from '../../screening/decide.js';
import { definitions } from './definitions.js';
import { anchorOf } from './links.js';
import { BASES, BASIS_MEANS, basisMark, SEVERITIES, SEVERITY_MEANS, severityMark } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';

/** When each verdict is given, worst first. */
const GIVEN_WHEN: Readonly<Record<Verdict, string>> = {
  ineligible: 'An absolute rule holds, whatever else becomes known.',
  review: 'A relative rule holds, and it is known that no absolute rule does.',
  eligible: 'It is known that no absolute and no relative rule holds.',
  incomplete: 'Something that is unknown could still change the verdict. The answer says what to ask.',
};

const VERDICTS: readonly Verdict[] = ['ineligible', 'review', 'eligible', 'incomplete'];

const verdictTable = (): Element =>
  tag('table', [
    tag('thead', tag('tr', tag('th', 'Verdict'), tag('th', 'It is given when'))),
    tag(
      'tbody',
      VERDICTS.map((verdict) =>
        tag('tr', tagWith('th', { scope: 'row' }, verdict), tag('td', GIVEN_WHEN[verdict])),
      ),
    ),
  ]);

const NOTES: readonly Markup[] = [
  'A rule holds, does not hold, or is unknown. What was not asked, not answered or is out of date is unknown, never absent: it can withhold a verdict of eligible and never grants one.',
  'A tree of a rule is read from the top: what stands indented under a line belongs to it. A test shows the question, the answer that makes it hold, and the fact that it reads.',
  'Behind every number stand its unit and, in brackets, the source that gives it. How many parts must hold ("at least 2 of these 5") is part of the rule and has no source of its own: see its citations.',
  'A citation gives the short name of its source, how far it can be trusted, the place in the source and what it supports. Where the place is not known, it says so: none is made up.',
  tag(
    'span',
    tag('strong', 'The severity of a rule is a policy of this rule set. '),
    'A source may name the same finding without giving it this weight; the section "Why" of each rule is where to look for what the weight rests on.',
  ),
];

/** How a verdict comes about, and what the marks of the book mean. */
export const readingPart = (): Element =>
  tagWith('section', { id: anchorOf.part('reading') }, [
    tag('h2', 'How the verdict is reached, and how to read this book'),
    verdictTable(),
    tag('h3', 'Severity of a rule'),
    definitions(SEVERITIES.map((severity) => [severityMark(severity), SEVERITY_MEANS[severity]])),
    tag('h3', 'Basis of a citation or a code'),
    definitions(BASES.map((basis) => [basisMark(basis), BASIS_MEANS[basis]])),
    tag('h3', 'Reading a rule'),
    tagWith(
      'ul',
      { className: ['notes'] },
      NOTES.map((note) => tag('li', note)),
    ),
  ]);
