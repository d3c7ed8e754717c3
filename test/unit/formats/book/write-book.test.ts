import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeBook } from '../../../../src/formats/book/write-book.js';
import type { RuleSet } from '../../../../src/rules/rule-set.js';
import { drawFrom } from '../../../support/generate-draw.js';
import { drawRuleSet } from '../../../support/generate-rule-set.js';
import { readRuleLibrary } from '../../../../src/storage/rule-library.js';
import { aBook, idsIn, linksIn, pageOfSet, partAt } from '../../../support/book-page.js';
import { aRuleSet, ruleSetOf } from '../../../support/builders.js';

const library = readRuleLibrary('rules');
const shipped = library.ok ? library.folders : [];

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** What a book owes to every rule, fact and source: one place of its own, which begins with a heading. */
const faultsOf = ({ body }: RuleSet, page: string): readonly string[] =>
  [
    ...['outside-scope', ...body.rules.map(({ id }) => id)].map((id) => [`rule-${id}`, 'h3'] as const),
    ...body.facts.map(({ id }) => [`fact-${id}`, 'h4'] as const),
    ...body.sources.map(({ id }) => [`source-${id}`, 'h3'] as const),
  ]
    .filter(
      ([id, heading]) =>
        countOf(page, ` id="${id}"`) !== 1 ||
        !new RegExp(`^[^<]*<${heading}><a href="#${id}">`).test(partAt(page, id)),
    )
    .map(([id]) => id);

const deadLinks = (page: string): readonly string[] => {
  const ids = new Set(idsIn(page));
  return linksIn(page).filter((href) => href.startsWith('#') && !ids.has(href.slice(1)));
};

const sets: readonly (readonly [string, RuleSet])[] = [
  ['the small set', ruleSetOf(aRuleSet())],
  ...shipped.map(({ ruleSet }) => [ruleSet.body.id, ruleSet] as const),
  ...fc
    .sample(fc.gen(), { seed: 1807, numRuns: 20 })
    .map((gen, index) => [`drawn set ${index}`, drawRuleSet(drawFrom(gen))] as const),
];

describe.each(sets)('the book of %s', (_name, set) => {
  const page = writeBook(aBook(set));

  it('gives every rule, fact and source one place with a heading, and no id twice', () => {
    expect(faultsOf(set, page)).toEqual([]);
    expect(idsIn(page).length).toBe(new Set(idsIn(page)).size);
  });

  it('has no link inside that leads nowhere, and none outside but to a source', () => {
    expect(deadLinks(page)).toEqual([]);
    const urls = set.body.sources.flatMap(({ url }) => (url === undefined ? [] : [url]));
    expect(linksIn(page).filter((href) => !href.startsWith('#') && !urls.includes(href))).toEqual([]);
  });
});

describe('a book', () => {
  it('was looked at for the rules that are shipped', () => {
    expect(shipped.length).toBeGreaterThan(0);
  });

  it('holds nothing that a browser would load or run', () => {
    expect(pageOfSet()).not.toMatch(
      /<(script|link|img|iframe|object|embed|base|form)\b|\bon\w+=|\bsrc=|url\(|@import/i,
    );
  });

  it('knows nothing of a drug', () => {
    expect(pageOfSet()).not.toMatch(/ketamin/i);
  });

  it('is the same for the same version', () => {
    expect(pageOfSet()).toBe(pageOfSet());
  });
});

describe('the title page', () => {
  const counts = (page: string): string =>
    partAt(page, 'top')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');

  it('names the version, its fingerprint, where it stands, and counts rules and citations', () => {
    const set = ruleSetOf(aRuleSet());
    const text = counts(writeBook(aBook(set, { releasedOn: '2026-11-26' })));
    expect(text).toContain(
      `small-set Version 1.0.0 Status Released on 2026-11-26 Not yet approved by a clinician`,
    );
    expect(text).toContain(`SHA-256 ${set.sha256}`);
    expect(text).toContain('Rules 8, and the scope absolute 2 relative 4 precaution 2');
    expect(text).toContain('Citations seen 9 general knowledge 0 policy 0 to check 0');
    expect(text).toContain('13 facts, 1 source');
  });

  it('says of a draft that it may change, and of a release that its cases are not kept', () => {
    expect(counts(pageOfSet(aRuleSet({ version: '1.1.0-draft' })))).toContain('Draft: it may still change');
    expect(counts(pageOfSet())).toContain('Kept beside the draft, not with a release');
  });
});
