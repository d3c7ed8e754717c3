import { tag, type Element, type Markup } from './markup.js';

/** A term with what is said of it. */
export type Definition = readonly [term: Markup, ...said: readonly Markup[]];

/** Terms with what is said of each, in two columns where there is room. A term of which nothing is said is left out. */
export const definitions = (all: readonly Definition[]): Element =>
  tag(
    'dl',
    all
      .filter(([, ...said]) => said.length > 0)
      .map(([term, ...said]) =>
        tag(
          'div',
          tag('dt', term),
          said.map((one) => tag('dd', one)),
        ),
      ),
  );
