import { RULE_EVENTS, type NewEntry } from '../log/entry.js';
import { holdsAny } from './find-traces.js';
import { eraseEntries, tracesOf } from './log-eraser.js';
import { LogReader } from './log-reader.js';
import { insertEntry, KeyTaken, type WriterParts } from './log-writer.js';
import type { Connection } from './open-database.js';
import { prepareStatements } from './statements.js';
import type { Vault } from './vault.js';

/**
 * Why entries were not written: their key is taken, the log tells of rule-set versions what they do not know, they can be no entries, or the
 * database says why not (a code of SQLite's, never data).
 */
export type Refusal = 'key-taken' | 'rules-changed' | 'unfit' | `sqlite:${string}`;

/** What became of one batch: the position of its first entry, or why it was refused. */
export type BatchOutcome =
  { readonly ok: true; readonly first: number } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Entries that are written together or not at all; and the position of the last registration, approval or activation that they know of, where
 * they rest on that.
 */
export type Batch = { readonly entries: readonly NewEntry[]; readonly rulesUpTo: number | null };

/** Entries whose payloads are erased, and the entry that says so. */
export type ErasureBatch = {
  readonly entry: NewEntry;
  readonly positions: readonly number[];
  /** Whether the file is searched for what was erased, and made anew where something is left: for few entries at a time. */
  readonly thorough: boolean;
};

/** What became of an erasure: its position, and whether no byte of what was erased is left in the files of the database; or why nothing was erased. */
export type ErasureOutcome =
  | { readonly ok: true; readonly position: number; readonly traceless: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/** How often the write-ahead log is tried to be emptied where someone waits for it: each try waits for others as long as the database does. */
const PATIENCE = 5;

class RulesChanged extends Error {}

/** How long what was written says that more can be, in milliseconds: so that who asks often does not keep the disk busy. */
const PROVEN_MS = 1_000;

/** How long a commit that failed says that no other can be made, in milliseconds, where nobody tries. */
const DOUBTED_MS = 5_000;

const rewriteVersion = (connection: Connection): void => {
  const version = String(connection.pragma('user_version', { simple: true }));
  connection.pragma(`user_version = ${version}`);
};

const isCheckpointed = (outcome: unknown): boolean =>
  typeof outcome === 'object' && outcome !== null && 'busy' in outcome && outcome.busy === 0;

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof KeyTaken) return 'key-taken';
  if (error instanceof RulesChanged) return 'rules-changed';
  if (error instanceof RangeError) return 'unfit';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `sqlite:${code}` : 'sqlite:unknown';
};

/** Whether the batch itself was refused, rather than the database being out of order. */
const blamesBatch = (refusal: Refusal): boolean =>
  !refusal.startsWith('sqlite:') || refusal.startsWith('sqlite:SQLITE_CONSTRAINT');

/**
 * The log on a connection to the embedded database. Everything in it is synchronous, so that a commit can never be left half done: an asynchronous
 * transaction on this driver throws and yet keeps what it wrote.
 */
export class LogStore {
  readonly reader: LogReader;
  readonly #connection: Connection;
  readonly #writer: WriterParts;
  /** What became of the last commit that was tried, and when. */
  #lastWrite = { ok: true, at: -Infinity };

  constructor(connection: Connection, vault: Vault) {
    this.#connection = connection;
    const statements = prepareStatements(connection);
    this.reader = new LogReader(statements, vault);
    this.#writer = { statements, vault, nodeAt: this.reader.nodeAt };
  }

  /**
   * Writes batches in one commit with one sync to the disk. Where one of them is refused, each is committed alone, so that it takes no other
   * with it.
   */
  commit(batches: readonly Batch[]): readonly BatchOutcome[] {
    const together = this.#tryCommit(batches);
    if (together.ok) return together.firsts.map((first) => ({ ok: true, first }));
    const { refusal } = together;
    return blamesBatch(refusal) && batches.length > 1
      ? batches.flatMap((batch) => this.commit([batch]))
      : batches.map(() => ({ ok: false, refusal }));
  }

  #tryCommit(
    batches: readonly Batch[],
  ):
    | { readonly ok: true; readonly firsts: readonly number[] }
    | { readonly ok: false; readonly refusal: Refusal } {
    try {
      const write = this.#connection.transaction(() => batches.map((batch) => this.#insertBatch(batch)));
      const firsts = write.immediate();
      this.#wrote(true);
      return { ok: true, firsts };
    } catch (error) {
      const refusal = refusalOf(error);
      if (!blamesBatch(refusal)) this.#wrote(false);
      return { ok: false, refusal };
    }
  }

  #insertBatch({ entries, rulesUpTo }: Batch): number {
    // Inside the transaction of a writer: no other process can add an event between this look and the commit.
    if (rulesUpTo !== null && this.#lastRuleEvent() > rulesUpTo) throw new RulesChanged();
    const first = this.reader.size();
    entries.forEach((entry, index) => {
      insertEntry(this.#writer, entry, first + index);
    });
    return first;
  }

  #lastRuleEvent(): number {
    const { lastOfKind } = this.#writer.statements;
    return Math.max(...RULE_EVENTS.map((kind) => lastOfKind.get({ kind })?.last ?? -1));
  }

  /**
   * Erases payloads in one commit with the entry that says so, and takes what is left of them out of the write-ahead log and the file. What is deleted is
   * written over; where a row once stood before a page was split it can be left, so the file is searched where that is asked for.
   */
  erase({ entry, positions, thorough }: ErasureBatch): ErasureOutcome {
    try {
      const traces = thorough ? tracesOf(this.#writer.statements, positions) : [];
      const write = this.#connection.transaction(() => {
        const position = this.reader.size();
        eraseEntries(this.#writer, { entry, positions }, position);
        return position;
      });
      return { ok: true, position: write.immediate(), traceless: this.#scrub(traces) };
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) };
    }
  }

  /** @returns whether none of the traces is left */
  #scrub(traces: readonly Buffer[]): boolean {
    const { memory, name } = this.#connection;
    const tries = traces.length > 0 ? PATIENCE : 1;
    try {
      if (!this.#emptyWal(tries)) return false;
      if (memory || !holdsAny(name, traces)) return true;
      this.#connection.exec('VACUUM');
      return this.#emptyWal(tries) && !holdsAny(name, traces);
    } catch {
      // Others use the database. What was erased is so; only the files could not be cleaned of it.
      return false;
    }
  }

  #emptyWal(tries: number): boolean {
    return Array.from({ length: tries }).some(() => this.#emptyWalOnce());
  }

  /** Brings everything from the write-ahead log into the file and empties it. @returns whether nobody stood in the way */
  #emptyWalOnce(): boolean {
    const outcomes: unknown = this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    return Array.isArray(outcomes) && outcomes.every(isCheckpointed);
  }

  /**
   * Whether an entry could be written now: it writes what the head of the file says already, as durably as an entry. To take the lock of a writer is not
   * enough, for that a disk which is full or read-only still gives. What was written or failed a moment ago says as much: so little can be written where
   * an entry cannot.
   * @throws Error where it could not
   */
  probe(): boolean {
    const { ok, at } = this.#lastWrite;
    const since = performance.now() - at;
    if (!ok && since < DOUBTED_MS) throw new Error('nothing could be written a moment ago');
    const isProven = ok && since < PROVEN_MS;
    this.#connection.transaction(isProven ? () => null : () => rewriteVersion(this.#connection)).immediate();
    if (!isProven) this.#wrote(true);
    return true;
  }

  #wrote(ok: boolean): void {
    this.#lastWrite = { ok, at: performance.now() };
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.close();
  }
}
