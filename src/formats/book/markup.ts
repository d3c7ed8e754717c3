import { toHtml } from 'hast-util-to-html';
import { h, type Properties, type Result } from 'hastscript';

/** An element of a page, as a tree. */
export type Element = Result;

/** What may stand inside an element: elements, texts, and lists of them. Null is nothing. A text stays text, whatever it says. */
export type Markup = Element | string | null | readonly Markup[];

const flat = (content: Markup): (Element | string)[] => {
  if (content === null) return [];
  if (typeof content === 'string' || 'type' in content) return [content];
  return content.flatMap(flat);
};

/** An element with attributes. */
export const tagWith = (name: string, attributes: Properties, ...content: readonly Markup[]): Element =>
  h(name, attributes, flat(content));

/** An element without attributes. */
export const tag = (name: string, ...content: readonly Markup[]): Element => tagWith(name, {}, content);

/** A page as the bytes of a file: the tree as HTML, with everything escaped that has to be. */
export const pageOf = (html: Element): string => toHtml(h(null, { type: 'doctype' }, html));
