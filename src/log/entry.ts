import type { SaltedPart } from './commitment.js';

/** What an entry of the log records. */
export type EntryKind = 'activation' | 'decision';

/**
 * An entry before it has its place in the log. `parts` are what may one day have to be erased, by name; the log itself keeps commitments to
 * them only.
 */
export type NewEntry = {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly organisation: string;
  readonly kind: EntryKind;
  /** SHA-256 (hex) of the rule-set version that the entry is about. */
  readonly ruleSetHash: string;
  readonly parts: Readonly<Record<string, SaltedPart>>;
};

/** An entry in its place: positions count from 0 without a gap. */
export type Entry = NewEntry & { readonly position: number };
