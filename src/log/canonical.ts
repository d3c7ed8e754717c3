import canonicalize from 'canonicalize';
import type { JsonValue } from '../values/json.js';

/**
 * The canonical text (RFC 8785) of a JSON value: one value has one text, whatever the order of its keys. What is stored, hashed and sent is
 * this one text.
 */
export const canonicalText = (value: JsonValue): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
};
