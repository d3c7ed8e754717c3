import type { Book } from '../../src/formats/book/book.js';
import { pageOf, tag, type Markup } from '../../src/formats/book/markup.js';
import { writeBook } from '../../src/formats/book/write-book.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { JsonObject } from '../../src/values/json.js';
import { aRuleSet, ruleSetOf } from './builders.js';

/** A version as a book; what is given stands over what a release without cases would say. */
export const aBook = (ruleSet: RuleSet, more: Partial<Book> = {}): Book => ({
  ruleSet,
  approval: 'not yet approved by a clinician',
  releasedOn: null,
  cases: null,
  ...more,
});

/** The page of a small set. */
export const pageOfSet = (json: JsonObject = aRuleSet(), more: Partial<Book> = {}): string =>
  writeBook(aBook(ruleSetOf(json), more));

/** The ids of a page, in its order. */
export const idsIn = (page: string): readonly string[] =>
  [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

/** Where the links of a page lead. */
export const linksIn = (page: string): readonly string[] =>
  [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href);

const ENTITIES: Readonly<Record<string, string>> = { '&#x3C;': '<', '&#x26;': '&', '&#x22;': '"' };

/** The text of markup as a reader sees it, with the parts of a list in brackets. */
export const textOf = (...content: readonly Markup[]): string =>
  pageOf(tag('p', content))
    .replace(/^<!doctype html>/, '')
    .replace(/<ul[^>]*>/g, ' [')
    .replaceAll('</li><li>', ' | ')
    .replaceAll('</ul>', ']')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x[0-9A-F]+;/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();

/** The part of a page that begins at an id, up to the next article or section. */
export const partAt = (page: string, id: string): string => {
  const from = page.indexOf(` id="${id}"`);
  if (from < 0) throw new Error(`nothing of the page is called ${id}`);
  return page.slice(from).split(/<article|<section|<\/article>|<\/section>/)[0] ?? '';
};
