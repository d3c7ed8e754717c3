import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { RuleSetBody } from './rule-set.js';

/**
 * The SHA-256 (hex) of the canonical JSON (RFC 8785) of a rule set: the order of keys and the white space of its files do not matter, and
 * every other change shows.
 */
export const fingerprintOf = (body: RuleSetBody): string => {
  const canonical = canonicalize(body);
  if (canonical === undefined) throw new TypeError('a rule set is no JSON');
  return createHash('sha256').update(canonical).digest('hex');
};
