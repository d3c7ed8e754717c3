import type { AuditFault } from '../log/audit-fault.js';
import { bodyHashOf } from '../log/body-hash.js';
import type { Leaf } from '../log/leaf.js';
import type { OpenedParts } from '../log/verify-entry.js';
import { isJsonObject, type JsonObject } from '../values/json.js';
import { jsonIn } from './opened-json.js';

const objectOf = (parts: OpenedParts, name: string): JsonObject => {
  const value = jsonIn(parts, name);
  return value !== undefined && isJsonObject(value) ? value : {};
};

const decisionAgrees = (leaf: Leaf, parts: OpenedParts): boolean => {
  const { id, verdict, ruleSet } = objectOf(parts, 'answer');
  const summary = objectOf(parts, 'summary');
  const named = ruleSet !== undefined && isJsonObject(ruleSet) ? ruleSet.sha256 : undefined;
  return id === leaf.id && named === leaf.ruleSetHash && summary.verdict === verdict;
};

const registrationAgrees = (leaf: Leaf, parts: OpenedParts): boolean => {
  const body = jsonIn(parts, 'body');
  return body !== undefined && bodyHashOf(body) === leaf.ruleSetHash;
};

const agrees = (leaf: Leaf, parts: OpenedParts): boolean => {
  if (leaf.kind === 'decision') return decisionAgrees(leaf, parts);
  return leaf.kind !== 'registration' || registrationAgrees(leaf, parts);
};

/**
 * Whether an entry says in two places what is not the same: the answer of a decision names another id, version or verdict than the entry that holds it, or the body of a version
 * is not what its fingerprint says.
 */
export const contentFaults = (leaf: Leaf, parts: OpenedParts): readonly AuditFault[] =>
  agrees(leaf, parts)
    ? []
    : [
        {
          position: leaf.position,
          code: 'content-differs',
          detail: `the payload of the ${leaf.kind} says something else than the log does of it`,
        },
      ];
