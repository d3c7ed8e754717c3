import type { SaltedPart } from './commitment.js';

/** What an entry of the log records. */
export type EntryKind = 'activation' | 'approval' | 'decision' | 'intake' | 'resolution';

/** What entries can be found by, beside their ids: the id of the decision that they are about, or the hash of the code of an intake. */
export type LookupName = 'decision' | 'intake-code';

/** By what an entry is found again: a name and a value. Several entries may have the same. */
export type Lookup = { readonly name: LookupName; readonly value: string };

/** Where an idempotency key counts: one key of one client on one path stands for one body. */
export type IdempotencyScope = {
  readonly organisation: string;
  readonly client: string;
  readonly path: string;
  readonly key: string;
};

/** The key that a request named, and the SHA-256 (hex) of its canonical body. */
export type IdempotencyKey = IdempotencyScope & { readonly bodyHash: string };

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
  /** Recorded with the entry, so that a repeated request finds it. */
  readonly idempotency?: IdempotencyKey;
  /** Recorded with the entry: by what it is found beside its id. */
  readonly lookups?: readonly Lookup[];
};

/** An entry in its place: positions count from 0 without a gap. */
export type Entry = NewEntry & { readonly position: number };
