import type { Entry, EntryKind, IdempotencyScope, Lookup, NewEntry, Placed } from '../log/entry.js';
import type { NoteSigner } from '../log/signed-note.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { Choice } from '../screening/resolution.js';
import type { Instant } from '../values/instant.js';
import type { ReleaseTrust } from './release-trust.js';

/** A lookup within an organisation; or the code of an intake, whichever organisation gave it out. */
export type LookupIn =
  | (Lookup & { readonly organisation: string })
  | { readonly name: 'intake-code'; readonly value: string; readonly organisation: null };

/** What an entry can have: a lookup; or, where it is a decision, a resolution with that choice, or none at all. */
export type Trait = Lookup | { readonly name: 'resolution'; readonly value: Choice | 'none' };

/** Which entries of an organisation a page is of: those that have everything that is asked for, in the order of the log. */
export type PageAsked = {
  readonly organisation: string;
  /** What every entry has; the log is followed along it. */
  readonly has: Trait;
  readonly also: readonly Trait[];
  /** RFC 3339, as entries have it: the time of the entry, from the first on, and before the second. */
  readonly from: string | null;
  readonly to: string | null;
  /** Only entries after this position; -1 is before all. */
  readonly after: number;
  readonly limit: number;
  /** The parts that are wanted; null is all of them. Where none is, no payload is opened. */
  readonly parts: readonly string[] | null;
};

/**
 * Which entries are wanted, whosever they are: so many after a position, with these parts, or all of them where that is null. The payload is read of the
 * entries of these organisations only, or of everyone's where that is left out. Where no part is wanted, no payload is opened.
 */
export type SliceAsked = {
  readonly after: number;
  readonly limit: number;
  readonly parts: readonly string[] | null;
  readonly ofWhom?: readonly string[];
};

/** An entry with the hash (hex) that stands for it in the tree. */
export type TreeEntry = Entry & { readonly leafHash: string };

/** Which entries of patients are old: those before a moment (RFC 3339, as entries have it), so many at most. */
export type ExpiredAsked = { readonly before: string; readonly limit: number };

/** Where an entry stands, and whose it is. */
export type EntryPlace = { readonly position: number; readonly organisation: string };

/** Which payloads are erased, with the entry that says so. */
export type ErasureAsked = {
  readonly entry: NewEntry;
  readonly positions: readonly number[];
  /** Whether the files of the database are searched for what was erased, and made anew where something is left: for few entries at a time. */
  readonly thorough: boolean;
};

/** An erasure in its place. It is `traceless` where no byte of what was erased is left in the files of the database, as far as was looked for. */
export type Erased = { readonly position: number; readonly traceless: boolean };

/** How large the tree over the log is, and its root (hex) at a size. */
export type TreeHead = { readonly size: number; readonly root: string };

/** That an entry is in the tree of a size: the hashes (hex) from its leaf to the root. */
export type Inclusion = { readonly hashes: readonly string[]; readonly root: string };

/** That the tree of one size begins with the tree of a smaller one. */
export type Consistency = {
  readonly hashes: readonly string[];
  readonly fromRoot: string;
  readonly root: string;
};

/**
 * The append-only log of everything that was decided. All of it is asynchronous and may batch what is asked for at the same time.
 * Every method throws LogUnavailableError where the log cannot be used now, and EntryDamagedError where a payload that is asked for does not open.
 */
export type DecisionLog = {
  /**
   * Appends entries, all of them or none, and answers once they are durable: after that no crash and no loss of power takes them back.
   * What is appended at the same time may share one commit; entries that are refused take no others with them.
   * @param rulesUpTo the position of the last registration, approval or activation that the entries know of, -1 for none, where they rest
   *        on which versions there are, who approved them and which are in force
   * @throws KeyTakenError where an entry names an idempotency key that another entry has, RulesChangedError where the log has a later event
   *         than they know of, whoever wrote it, LogUnavailableError where they could not be made durable in time; then the
   *         caller must take it that they are not in the log
   */
  readonly append: (entries: readonly NewEntry[], rulesUpTo?: number | null) => Promise<readonly Placed[]>;
  /**
   * Erases the payloads of entries of the organisation of the entry that says so: with their keys and all that they are found by, once and for all. What the
   * log says of them, and every proof of it, stays. It answers once that is durable.
   * @throws LogUnavailableError where it could not be done; where one of them is none that can be erased, too: then nothing was
   */
  readonly erase: (asked: ErasureAsked) => Promise<Erased>;
  /** Entries of patients that are old and whose payload is still kept, in the order of the log. */
  readonly expired: (asked: ExpiredAsked) => Promise<readonly EntryPlace[]>;
  /** The entry that was made under an idempotency key, or null where there is none. */
  readonly findByKey: (scope: IdempotencyScope) => Promise<KeyedEntry | null>;
  /** The entry of an id and a kind with its payload, or null where there is none. */
  readonly load: (id: string, kind: EntryKind) => Promise<Entry | null>;
  /** The entries that were recorded with a lookup, in the order of the log. */
  readonly find: (lookup: LookupIn) => Promise<readonly Entry[]>;
  /** The entries of a page, in the order of the log. */
  readonly page: (asked: PageAsked) => Promise<readonly Entry[]>;
  /** Entries one after the other, as they stand in the log and in its tree. */
  readonly slice: (asked: SliceAsked) => Promise<readonly TreeEntry[]>;
  /** The registrations, approvals and activations after a position, in the order of the log; -1 is before all. */
  readonly ruleEventsAfter: (position: number) => Promise<readonly Entry[]>;
  /** The events on keys of clients after a position, in the order of the log; -1 is before all. */
  readonly keyEventsAfter: (position: number) => Promise<readonly Entry[]>;
  /** The head of the tree at a size; null is its size now. The answer is null where the log never had that size. */
  readonly head: (size: number | null) => Promise<TreeHead | null>;
  /** The proof that the entry of a position is in the tree of a size, or null where the log never had that size or the tree has no such entry. */
  readonly inclusion: (position: number, size: number) => Promise<Inclusion | null>;
  /** The proof that the tree of one size begins with that of a smaller one, or null where the log never had those sizes. */
  readonly consistency: (from: number, to: number) => Promise<Consistency | null>;
  /** How many questions wait for their answer. Never throws. */
  readonly waiting: () => number;
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

/** What is kept of an entry does not open: it was changed, or damaged. Trying again does not help, and other entries can be read. */
export class EntryDamagedError extends LogUnavailableError {
  override readonly name = 'EntryDamagedError';
}

/** The log tells of rule-set versions what the entries do not know: they are not written, and must be made anew. */
export class RulesChangedError extends LogUnavailableError {
  override readonly name = 'RulesChangedError';
}

/** This service cannot use the version in force: the log names one whose form it does not know. No verdict may leave. */
export class RulesUnusableError extends Error {
  override readonly name = 'RulesUnusableError';
}

/** The rule-set versions that were loaded, each checked whole before the service started. */
export type RuleLibrary = {
  readonly all: () => readonly RuleSet[];
  readonly find: (id: string, version: string) => RuleSet | null;
  /** The day on which the version of a fingerprint was released; null of a draft. */
  readonly releasedOn: (sha256: string) => string | null;
  /** The text of the signature file of the version of a fingerprint; null where it has none. */
  readonly signatureOf: (sha256: string) => string | null;
  /** Which releases the service takes; each of these was taken. */
  readonly trust: ReleaseTrust;
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
  /** The keyed hash (hex) by which what is kept of a patient is found: nobody without the key can tell of whom it is. */
  readonly subjectHash: (organisation: string, subject: string) => string;
  /** Who signs the checkpoints of the log. */
  readonly signer: NoteSigner;
  /** The version of the engine, as answers name it. */
  readonly engine: string;
};
