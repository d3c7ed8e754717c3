import type { RuleSetBody, Source } from '../../rules/rule-set.js';
import { definitions } from './definitions.js';
import { anchorOf, factLink, inARow, linkTo, ruleLink, sourceLink, webLink } from './links.js';
import { basisMark } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';
import { countInWords } from './plain-words.js';
import type { RuleReads } from './reads.js';
import { usesOfSource, type SourceUses } from './source-uses.js';

/** The sources by their short names, so that one is found without a search. */
const byName = (sources: readonly Source[]): readonly Source[] =>
  sources.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const sourceEntry = (source: Source, rules: number): Element =>
  tagWith('article', { id: anchorOf.source(source.id), className: ['entry'] }, [
    tag('h3', linkTo(anchorOf.source(source.id), source.id)),
    tagWith('p', { className: ['reference'] }, [
      source.authors === undefined ? null : `${source.authors.replace(/[.]?$/, '.')} `,
      tag('cite', source.title),
      source.year === null ? ' (year not known).' : ` (${String(source.year)}).`,
      source.publication === undefined ? null : ` ${source.publication}.`,
    ]),
    source.url === undefined ? null : tagWith('p', { className: ['address'] }, webLink(source.url)),
    source.note === undefined ? null : tagWith('p', { className: ['help'] }, source.note),
    tagWith('p', { className: ['meta'] }, [
      basisMark(source.basis),
      tag('span', source.kind.replace('-', ' ')),
      linkTo(anchorOf.uses(source.id), `cited by ${countInWords(rules, 'rule')}`),
    ]),
  ]);

/** The bibliography, by the short names of the sources. A source is linked to only where its address is one of the web or a DOI. */
export const bibliographyPart = (body: RuleSetBody, reads: readonly RuleReads[]): Element =>
  tagWith('section', { id: anchorOf.part('bibliography') }, [
    tag('h2', 'Bibliography'),
    byName(body.sources).map((source) =>
      sourceEntry(source, usesOfSource(source.id, body, reads).cited.length),
    ),
  ]);

const citedShown = ({ cited, numbers }: SourceUses): Markup =>
  inARow(
    cited.map((id) =>
      tag(
        'span',
        ruleLink(id),
        numbers.includes(id) ? tagWith('small', { className: ['number'] }, 'number') : null,
      ),
    ),
  );

const computedShown = ({ computed }: SourceUses): readonly Markup[] =>
  computed.map(({ fact, rules }) =>
    tag('span', factLink(fact), ', behind ', rules.length === 0 ? 'no rule' : inARow(rules.map(ruleLink))),
  );

const usesShown = (source: Source, uses: SourceUses): Element =>
  tagWith('div', { id: anchorOf.uses(source.id), className: ['uses'] }, [
    tagWith('p', { className: ['where'] }, sourceLink(source.id), ' ', source.title),
    definitions([
      ['Cited by', uses.cited.length === 0 ? 'no rule' : citedShown(uses)],
      ['Computes', ...computedShown(uses)],
    ]),
  ]);

/** The index of rules by source: what would have to be read again if a source changed. */
export const sourceIndexPart = (body: RuleSetBody, reads: readonly RuleReads[]): Element =>
  tagWith('section', { id: anchorOf.part('index') }, [
    tag('h2', 'Rules by source'),
    tag('p', [
      'What has to be read again when a source changes: the rules that cite it, those marked ',
      tagWith('small', { className: ['number'] }, 'number'),
      ' with a number that it gives, and the numbers that are computed as it says.',
    ]),
    byName(body.sources).map((source) => usesShown(source, usesOfSource(source.id, body, reads))),
  ]);
