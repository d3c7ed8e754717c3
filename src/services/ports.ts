import type { Entry, EntryKind, IdempotencyScope, Lookup, NewEntry } from '../log/entry.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { Instant } from '../values/instant.js';

/**
 * The append-only log of everything that was decided. All of it is asynchronous and may batch what is asked for at the same time.
 */
export type DecisionLog = {
  /**
   * Appends entries, all of them or none, and answers once they are durable: after that no crash and no loss of power takes them back.
   * What is appended at the same time may share one commit; entries that are refused take no others with them.
   * @param approvalsUpTo the position of the last approval that the entries know of, -1 for none, where they say who approved their version
   * @throws KeyTakenError where an entry names an idempotency key that another entry has, ApprovedSinceError where the log has a later
   *         approval than they know of, whoever wrote it, LogUnavailableError where they could not be made durable in time; then the
   *         caller must take it that they are not in the log
   */
  readonly append: (entries: readonly NewEntry[], approvalsUpTo?: number | null) => Promise<readonly Entry[]>;
  /** The entry that was made under an idempotency key, or null where there is none. @throws LogUnavailableError */
  readonly findByKey: (scope: IdempotencyScope) => Promise<KeyedEntry | null>;
  /** The entry of an id and a kind with its payload, or null where there is none. @throws LogUnavailableError */
  readonly load: (id: string, kind: EntryKind) => Promise<Entry | null>;
  /** The entries that were recorded with a lookup, in the order of the log. @throws LogUnavailableError */
  readonly find: (lookup: Lookup) => Promise<readonly Entry[]>;
  /** Every activation, in the order of the log. @throws LogUnavailableError */
  readonly activations: () => Promise<readonly Entry[]>;
  /** The approvals after a position, in the order of the log; -1 is before all. @throws LogUnavailableError */
  readonly approvalsAfter: (position: number) => Promise<readonly Entry[]>;
  /** Whether entries can be read and written now. Never throws. */
  readonly isReady: () => Promise<boolean>;
  /** Ends the use of the log once everything that was asked for is answered. */
  readonly close: () => Promise<void>;
};

/** An entry, and the SHA-256 (hex) of the body that made it. */
export type KeyedEntry = { readonly bodyHash: string; readonly entry: Entry };

/** An idempotency key is taken: the entry that it made is there already. */
export class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError';
}

/** The decision log cannot be read or written now. No verdict may leave; trying again later may help. */
export class LogUnavailableError extends Error {
  override readonly name: string = 'LogUnavailableError';
}

/** The log has an approval that the entries do not know of: they are not written, and must be made anew. */
export class ApprovedSinceError extends LogUnavailableError {
  override readonly name = 'ApprovedSinceError';
}

/** The rule-set versions that were loaded, each checked whole before the service started. */
export type RuleLibrary = {
  readonly all: () => readonly RuleSet[];
  readonly find: (id: string, version: string) => RuleSet | null;
};

/** The time of the machine, in UTC. */
export type Clock = () => Instant;

/**
 * Makes what must be different each time: ids (UUIDv7), salts (32 random bytes, hex), and codes of intakes (60 random bits that nobody can
 * guess, as `codeFrom` writes them).
 */
export type Chance = {
  readonly newId: () => string;
  readonly newSalt: () => string;
  readonly newCode: () => string;
};

/** Waits so many milliseconds, without keeping the process alive for it. */
export type Pause = (ms: number) => Promise<void>;

/** What the use cases need from outside. */
export type Ports = {
  readonly log: DecisionLog;
  readonly rules: RuleLibrary;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly pause: Pause;
  /** The version of the engine, as answers name it. */
  readonly engine: string;
};
