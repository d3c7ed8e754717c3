import { asc, eq, max, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { commitmentTo, type SaltedPart } from '../log/commitment.js';
import type { Entry, EntryKind, NewEntry } from '../log/entry.js';
import { LogUnavailableError, type DecisionLog } from '../services/ports.js';
import type { Connection } from './open-database.js';
import { logTable, payloadTable } from './schema.js';

/** One call of `append` that waits for the next commit. */
type Call = {
  readonly entries: readonly NewEntry[];
  readonly resolve: (entries: readonly Entry[]) => void;
  readonly reject: (error: Error) => void;
};

type LogRow = typeof logTable.$inferSelect;

const unavailable = (cause: unknown): LogUnavailableError =>
  new LogUnavailableError('the decision log cannot be used now', { cause });

const commitmentsOf = (parts: NewEntry['parts']): string =>
  JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, commitmentTo(part)])));

const prepare = (connection: Connection) => {
  const db = drizzle(connection);
  const value = (name: string) => sql.placeholder(name);
  return {
    lastPosition: db
      .select({ last: max(logTable.position) })
      .from(logTable)
      .prepare(),
    insertEntry: db
      .insert(logTable)
      .values({
        position: value('position'),
        id: value('id'),
        at: value('at'),
        organisation: value('organisation'),
        kind: value('kind'),
        ruleSetHash: value('ruleSetHash'),
        commitments: value('commitments'),
      })
      .prepare(),
    insertPart: db
      .insert(payloadTable)
      .values({ position: value('position'), part: value('part'), salt: value('salt'), body: value('body') })
      .prepare(),
    byId: db
      .select()
      .from(logTable)
      .where(eq(logTable.id, value('id')))
      .prepare(),
    byKind: db
      .select()
      .from(logTable)
      .where(eq(logTable.kind, value('kind')))
      .orderBy(asc(logTable.position))
      .prepare(),
    partsAt: db
      .select()
      .from(payloadTable)
      .where(eq(payloadTable.position, value('position')))
      .prepare(),
  };
};

type Statements = ReturnType<typeof prepare>;

const insert = (statements: Statements, entry: NewEntry, position: number): Entry => {
  const { parts, ...columns } = entry;
  statements.insertEntry.run({ ...columns, position, commitments: commitmentsOf(parts) });
  for (const [part, { salt, body }] of Object.entries(parts))
    statements.insertPart.run({ position, part, salt, body });
  return { ...entry, position };
};

const entryOf = (statements: Statements, row: LogRow): Entry => {
  const parts = statements.partsAt.all({ position: row.position });
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
};

/**
 * The decision log in the embedded database. What is appended in one turn of the event loop becomes one transaction with one sync to
 * the disk, and each caller is answered once that is done.
 */
class SqliteDecisionLog implements DecisionLog {
  readonly #connection: Connection;
  readonly #statements: Statements;
  #waiting: Call[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepare(connection);
  }

  readonly append = (entries: readonly NewEntry[]): Promise<readonly Entry[]> =>
    new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(this.#flush);
      this.#waiting.push({ entries, resolve, reject });
    });

  readonly load = (id: string, kind: EntryKind): Promise<Entry | null> =>
    this.#read(() => {
      const row = this.#statements.byId.get({ id });
      return row?.kind === kind ? entryOf(this.#statements, row) : null;
    });

  readonly activations = (): Promise<readonly Entry[]> =>
    this.#read(() =>
      this.#statements.byKind.all({ kind: 'activation' }).map((row) => entryOf(this.#statements, row)),
    );

  readonly isReady = async (): Promise<boolean> => {
    try {
      await this.#read(() => this.#statements.lastPosition.get());
      return !this.#connection.readonly;
    } catch {
      return false;
    }
  };

  readonly #read = <T>(query: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      try {
        resolve(query());
      } catch (error) {
        reject(unavailable(error));
      }
    });

  readonly #flush = (): void => {
    const calls = this.#waiting;
    this.#waiting = [];
    try {
      this.#commit(calls);
    } catch (error) {
      if (isRefusal(error) && calls.length > 1) calls.forEach(this.#commitAlone);
      else rejectAll(calls, error);
    }
  };

  readonly #commitAlone = (call: Call): void => {
    try {
      this.#commit([call]);
    } catch (error) {
      rejectAll([call], error);
    }
  };

  /** Synchronous on purpose: an asynchronous transaction on this driver throws and yet keeps what it wrote. */
  readonly #commit = (calls: readonly Call[]): void => {
    const run = this.#connection.transaction(() => {
      let next = (this.#statements.lastPosition.get()?.last ?? -1) + 1;
      return calls.map(({ entries }) => entries.map((entry) => insert(this.#statements, entry, next++)));
    });
    const written = run.immediate();
    calls.forEach(({ resolve }, index) => {
      resolve(written[index] ?? []);
    });
  };
}

/** Whether the database refused what was written, rather than being out of order itself. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('SQLITE_CONSTRAINT');

const rejectAll = (calls: readonly Call[], error: unknown): void => {
  calls.forEach(({ reject }) => {
    reject(unavailable(error));
  });
};

/** The decision log on a connection to the embedded database. */
export const sqliteDecisionLog = (connection: Connection): DecisionLog => new SqliteDecisionLog(connection);
