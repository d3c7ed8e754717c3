import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { logicOf } from './release/logic.js';
import type { RuleSetBody } from './rule-set.js';

const canonical = (value: object): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a rule set is no JSON');
  return text;
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The canonical JSON (RFC 8785) of a rule set: what is hashed, and what a release holds byte for byte. */
export const canonicalBody = (body: RuleSetBody): string => canonical(body);

/**
 * The SHA-256 (hex) of the canonical JSON (RFC 8785) of a rule set: the order of keys and the white space of its files do not matter, and
 * every other change shows.
 */
export const fingerprintOf = (body: RuleSetBody): string => hashOf(canonicalBody(body));

/**
 * The SHA-256 (hex) of what evaluation and reading can see of a rule set, without its words: two versions with one logic fingerprint
 * give every intake the same verdict, bounds and truth of every rule.
 */
export const logicFingerprintOf = (body: RuleSetBody): string => hashOf(canonical(logicOf(body)));
