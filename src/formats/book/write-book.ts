import type { Book } from './book.js';
import { BOOK_STYLE } from './book-style.js';
import { contentsPart } from './contents-part.js';
import { dictionaryPart } from './dictionary-part.js';
import { anchorOf, linkTo } from './links.js';
import { pageOf, tag, tagWith, type Element } from './markup.js';
import { readingPart } from './reading-part.js';
import { readsIn } from './reads.js';
import { domainParts, scopePart } from './rules-part.js';
import { bibliographyPart, sourceIndexPart } from './sources-part.js';
import { titlePart } from './title-part.js';

/** Nothing is loaded, nothing runs, nothing is sent: should a text ever get out of its place, the browser still refuses. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const headOf = (title: string): Element =>
  tag('head', [
    tagWith('meta', { charSet: 'utf-8' }),
    tagWith('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    tagWith('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tagWith('meta', { name: 'color-scheme', content: 'light dark' }),
    tagWith('meta', { name: 'referrer', content: 'no-referrer' }),
    tag('title', title),
    tag('style', BOOK_STYLE),
  ]);

/**
 * Writes a rule-set version as one HTML page to be read, printed and reviewed: its rules with their criteria in words, its dictionary, its bibliography, and what
 * rests on each source. The page needs nothing but itself, and the same version gives the same bytes.
 * @returns the page; every text of the rule set is text in it, never markup
 */
export const writeBook = (book: Book): string => {
  const { body } = book.ruleSet;
  const reads = readsIn(body);
  return pageOf(
    tagWith('html', { lang: 'en' }, [
      headOf(`${body.title} (${body.id} ${body.version})`),
      tag('body', [
        titlePart(book),
        contentsPart(body),
        tag('main', [
          readingPart(),
          scopePart(book, reads),
          domainParts(book, reads),
          dictionaryPart(body, reads),
          bibliographyPart(body, reads),
          sourceIndexPart(body, reads),
        ]),
        tagWith('p', { className: ['back'] }, linkTo(anchorOf.part('contents'), 'Contents')),
      ]),
    ]),
  );
};
