import type { SaltedPart } from './commitment.js';

/** What an entry of the log can record. */
export const ENTRY_KINDS = [
  'activation',
  'approval',
  'decision',
  'erasure',
  'feedback',
  'intake',
  'key',
  'master-key',
  'read',
  'registration',
  'resolution',
] as const;

/** What an entry of the log records. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The kinds of entries that tell the life of rule-set versions: that one is known, who approved it, and that it is in force. */
export const RULE_EVENTS = ['registration', 'approval', 'activation'] as const satisfies readonly EntryKind[];

/**
 * What entries can be found by, beside their ids.
 *
 * | name | value |
 * | --- | --- |
 * | `kind` | the kind of the entry |
 * | `verdict`, `rule`, `version` | of a decision: its verdict; a rule that is true; `<set>@<version>` |
 * | `subject` | of a decision, an intake or feedback: the keyed hash of the reference to the patient |
 * | `supersedes` | of a decision: the id of the decision that it takes the place of |
 * | `intake-code` | of an intake: the hash of its code |
 * | `service`, `card` | of a decision that a hook asked for: the id of the service; the id of each card that it was answered with |
 * | `decision` | of a resolution: the id of the decision that it is about |
 * | `proceed`, `defer`, `decline` | of a resolution with that choice: the id of the decision that it is about |
 */
export type LookupName =
  | 'kind'
  | 'verdict'
  | 'rule'
  | 'version'
  | 'subject'
  | 'supersedes'
  | 'intake-code'
  | 'service'
  | 'card'
  | 'decision'
  | 'proceed'
  | 'defer'
  | 'decline';

/** By what an entry of an organisation is found again: a name and a value. Several entries may have the same. */
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
  /** RFC 3339, UTC, to the millisecond, so that the order of texts is that of time. */
  readonly at: string;
  readonly organisation: string;
  readonly kind: EntryKind;
  /** SHA-256 (hex) of the rule-set version that the entry is about. */
  readonly ruleSetHash: string;
  readonly parts: Readonly<Record<string, SaltedPart>>;
  /** Recorded with the entry, so that a repeated request finds it. It follows from the part `request`. */
  readonly idempotency?: IdempotencyKey;
  /** Recorded with the entry: by what it is found beside its id. They follow from its parts. */
  readonly lookups?: readonly Lookup[];
};

/** An entry in its place: positions count from 0 without a gap. */
export type Placed = NewEntry & { readonly position: number };

/**
 * An entry as the log has it: what the log commits to, by the names of the parts, and the parts. Where they were erased, there is none of
 * them, and the commitments stay.
 */
export type Entry = Omit<Placed, 'idempotency' | 'lookups'> & {
  readonly commitments: Readonly<Record<string, string>>;
};
