import type { Domain, Source } from '../rule-set.js';
import type { Sort } from './change.js';
import { textField, valueField, type Fields } from './fields.js';

const SOURCE: Sort = { kind: 'source', effect: 'words' };
const WORDING: Sort = { kind: 'wording', effect: 'words' };

/** How each key of an entry of the bibliography is compared. */
export const SOURCE_FIELDS: Fields<keyof Source> = {
  id: valueField('id', { kind: 'name', effect: 'words' }),
  title: textField('title', SOURCE),
  authors: textField('authors', SOURCE),
  year: valueField('year', SOURCE),
  publication: textField('publication', SOURCE),
  url: valueField('address', SOURCE),
  kind: valueField('kind', SOURCE),
  basis: valueField('basis', SOURCE),
  note: textField('note', SOURCE),
};

/** How each key of a domain is compared. */
export const DOMAIN_FIELDS: Fields<keyof Domain> = {
  id: valueField('id', { kind: 'name', effect: 'words' }),
  title: textField('title', WORDING),
  description: textField('description', WORDING),
};
