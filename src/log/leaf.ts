import { canonicalText } from './canonical.js';
import { commitmentTo } from './commitment.js';
import type { Entry, NewEntry } from './entry.js';

/** The parts of a leaf: what the log says of an entry, without a word of its payload. */
export type Leaf = Pick<
  Entry,
  'position' | 'id' | 'at' | 'organisation' | 'kind' | 'ruleSetHash' | 'commitments'
>;

/** The version of the form of a leaf: another form would be another text, and so can never be taken for this one. */
const LEAF_VERSION = 1;

/** The commitments to the parts of an entry, by their names. */
export const commitmentsTo = (parts: NewEntry['parts']): Entry['commitments'] =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, commitmentTo(part)]));

/**
 * The text that stands for an entry in the tree: the canonical JSON of all that the log says of it. An entry with any other position, time,
 * organisation, version or payload has another text.
 */
export const leafTextOf = (leaf: Leaf): string => {
  const { position, id, at, organisation, kind, ruleSetHash, commitments } = leaf;
  return canonicalText({
    leaf: LEAF_VERSION,
    position,
    id,
    at,
    organisation,
    kind,
    ruleSetHash,
    commitments,
  });
};
