import { commitmentTo, type SaltedPart } from '../log/commitment.js';
import type { Entry, EntryKind, IdempotencyKey, IdempotencyScope, Lookup, NewEntry } from '../log/entry.js';
import type { KeyedEntry } from '../services/ports.js';
import type { Connection } from './open-database.js';
import type { logTable } from './schema.js';
import { prepareStatements, type Statements } from './statements.js';

/**
 * Why entries were not written: their key is taken, there is an approval that they do not know of, or the database says why not (a code of
 * SQLite's, never data).
 */
export type Refusal = 'key-taken' | 'approved-since' | `sqlite:${string}`;

/** What became of one batch: the position of its first entry, or why it was refused. */
export type BatchOutcome =
  { readonly ok: true; readonly first: number } | { readonly ok: false; readonly refusal: Refusal };

/** Entries that are written together or not at all; and the position of the last approval that they know of, where they rest on that. */
export type Batch = { readonly entries: readonly NewEntry[]; readonly approvalsUpTo: number | null };

type LogRow = typeof logTable.$inferSelect;

class KeyTaken extends Error {}

class ApprovedSince extends Error {}

const commitmentsOf = (parts: NewEntry['parts']): string =>
  JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, commitmentTo(part)])));

const insertKey = (statements: Statements, key: IdempotencyKey, position: number): void => {
  if (statements.keyIn.get(key) !== undefined) throw new KeyTaken();
  statements.insertKey.run({ ...key, position });
};

const insert = (statements: Statements, entry: NewEntry, position: number): void => {
  const { parts, idempotency, lookups = [], ...columns } = entry;
  statements.insertEntry.run({ ...columns, position, commitments: commitmentsOf(parts) });
  for (const [part, { salt, body }] of Object.entries(parts))
    statements.insertPart.run({ position, part, salt, body });
  for (const lookup of lookups) statements.insertLookup.run({ ...lookup, position });
  if (idempotency !== undefined) insertKey(statements, idempotency, position);
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof KeyTaken) return 'key-taken';
  if (error instanceof ApprovedSince) return 'approved-since';
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
  readonly #connection: Connection;
  readonly #statements: Statements;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareStatements(connection);
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
      return { ok: true, firsts: write.immediate() };
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) };
    }
  }

  #insertBatch({ entries, approvalsUpTo }: Batch): number {
    // Inside the transaction of a writer: no other process can add an approval between this look and the commit.
    if (approvalsUpTo !== null && this.#lastApproval() > approvalsUpTo) throw new ApprovedSince();
    const first = (this.#statements.lastPosition.get()?.last ?? -1) + 1;
    entries.forEach((entry, index) => {
      insert(this.#statements, entry, first + index);
    });
    return first;
  }

  #lastApproval(): number {
    return this.#statements.lastOfKind.get({ kind: 'approval' })?.last ?? -1;
  }

  /** The entry of an id and a kind with its payload, or null. */
  load(id: string, kind: EntryKind): Entry | null {
    const row = this.#statements.byId.get({ id });
    return row?.kind === kind ? this.#entryOf(row) : null;
  }

  /** The entry that was made under an idempotency key, or null. */
  findByKey(scope: IdempotencyScope): KeyedEntry | null {
    const key = this.#statements.keyIn.get(scope);
    const entry = key === undefined ? null : this.#entryAt(key.position);
    return key === undefined || entry === null ? null : { bodyHash: key.bodyHash, entry };
  }

  /** The entries that were recorded with a lookup, in the order of the log. */
  find(lookup: Lookup): readonly Entry[] {
    const found = this.#statements.positionsOf.all(lookup).map(({ position }) => this.#entryAt(position));
    return found.filter((entry) => entry !== null);
  }

  /** Every activation, in the order of the log. */
  activations(): readonly Entry[] {
    return this.#ofKindAfter('activation', -1);
  }

  /** The approvals after a position, in the order of the log; -1 is before all. */
  approvalsAfter(position: number): readonly Entry[] {
    return this.#ofKindAfter('approval', position);
  }

  /** Whether a write could begin now: it takes the lock of a writer and lets it go. */
  probe(): boolean {
    this.#connection.transaction(() => null).immediate();
    return true;
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.close();
  }

  #ofKindAfter(kind: EntryKind, position: number): readonly Entry[] {
    return this.#statements.byKindAfter.all({ kind, position }).map((row) => this.#entryOf(row));
  }

  #entryAt(position: number): Entry | null {
    const row = this.#statements.byPosition.get({ position });
    return row === undefined ? null : this.#entryOf(row);
  }

  #entryOf(row: LogRow): Entry {
    const parts = this.#statements.partsAt.all({ position: row.position });
    return {
      position: row.position,
      id: row.id,
      at: row.at,
      organisation: row.organisation,
      kind: row.kind,
      ruleSetHash: row.ruleSetHash,
      parts: Object.fromEntries(
        parts.map(({ part, salt, body }): readonly [string, SaltedPart] => [part, { salt, body }]),
      ),
    };
  }
}
