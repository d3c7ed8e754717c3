import { tag, tagWith, type Element, type Markup } from './markup.js';

/**
 * The names of the places of a book. Ids of rules, facts, sources and domains may be alike, so each kind has a word of its own before the hyphen, and the
 * parts of the book have one too.
 */
export const anchorOf = {
  part: (name: string): string => `part-${name}`,
  domain: (id: string): string => `domain-${id}`,
  rule: (id: string): string => `rule-${id}`,
  facts: (domain: string): string => `facts-${domain}`,
  fact: (id: string): string => `fact-${id}`,
  source: (id: string): string => `source-${id}`,
  uses: (source: string): string => `uses-${source}`,
} as const;

/** A link to a place of the book. */
export const linkTo = (anchor: string, words: Markup): Element => tagWith('a', { href: `#${anchor}` }, words);

/** A link to a rule by its id. */
export const ruleLink = (id: string): Element => linkTo(anchorOf.rule(id), tag('code', id));

/** A link to a fact of the dictionary by its id. */
export const factLink = (id: string): Element => linkTo(anchorOf.fact(id), tag('code', id));

/** A link to an entry of the bibliography by its id, which is the short name of the source. */
export const sourceLink = (id: string): Element =>
  tagWith('a', { href: `#${anchorOf.source(id)}`, className: ['source'] }, id);

/** Some links in a row, with commas between them. */
export const inARow = (links: readonly Element[]): readonly Markup[] =>
  links.flatMap((link, index) => (index === 0 ? [link] : [', ', link]));

const DOI = /^doi:(10\.\d{4,9}\/[\x21-\x7e]+)$/i;

const addressOf = (url: string): string | null => {
  if (/^https?:\/\//i.test(url)) return url;
  const doi = DOI.exec(url)?.[1];
  return doi === undefined ? null : `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`;
};

/** The address of a source: a link where it is one of the web or a DOI, else its text alone. Nothing else may be followed. */
export const webLink = (url: string): Markup => {
  const href = addressOf(url);
  return href === null ? url : tagWith('a', { href, rel: ['noopener', 'noreferrer'] }, url);
};
