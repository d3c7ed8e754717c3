import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { isBelow } from '../values/version-floor.js';

/** A connection to the embedded database. */
export type Connection = Database.Database;

/** The oldest SQLite without the WAL-reset bug, which can corrupt a database that two connections write. */
const SQLITE_FLOOR = '3.51.3';

/** How long a statement waits for another process before it gives up. */
const BUSY_TIMEOUT_MS = 2000;

const IN_MEMORY = ':memory:';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite/', import.meta.url));

/** The database cannot be used as it is: the start must stop. The message is one line that says why. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** What marks a file as a database of this service. The oldest drafts of it did not, and kept payloads in plain. */
const APPLICATION_ID = 0x6b736372;

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/**
 * A commit is durable only where every connection asks for it: the driver's own default keeps WAL at NORMAL, which loses acknowledged
 * decisions when the power fails.
 */
const setPragmas = (connection: Connection): void => {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  // What is erased is written over, and so is what is moved: every connection that writes must do so.
  connection.pragma('secure_delete = ON');
  if (numberOf(connection.pragma('synchronous', { simple: true })) !== 2)
    throw new DatabaseError('the database does not take synchronous=FULL: no decision would be durable');
};

const assertVersion = (connection: Connection): void => {
  const version = String(connection.prepare('SELECT sqlite_version()').pluck().get());
  if (isBelow(version, SQLITE_FLOOR))
    throw new DatabaseError(
      `SQLite ${version} is older than ${SQLITE_FLOOR}, which mends a bug that corrupts databases`,
    );
};

type Migration = { readonly number: number; readonly sql: string };

const migrationsIn = (folder: string): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ number: Number(name.slice(0, 4)), sql: readFileSync(`${folder}${name}`, 'utf8') }));

const versionOf = (connection: Connection): number =>
  numberOf(connection.pragma('user_version', { simple: true }));

const isOfDraft = (connection: Connection): boolean =>
  versionOf(connection) > 0 &&
  numberOf(connection.pragma('application_id', { simple: true })) !== APPLICATION_ID;

const migrate = (connection: Connection): void => {
  if (isOfDraft(connection))
    throw new DatabaseError(
      'the database was made by a draft of this service, and cannot be read: set another DATA_DIR',
    );
  const migrations = migrationsIn(MIGRATIONS);
  const newest = Math.max(...migrations.map(({ number }) => number));
  if (versionOf(connection) > newest)
    throw new DatabaseError(
      `the database is of version ${String(versionOf(connection))}, newer than this service knows (${String(newest)})`,
    );
  // A database that is up to date is opened without the lock of a writer, which a service under load seldom lets go.
  if (versionOf(connection) === newest) return;
  const run = connection.transaction(() => {
    connection.pragma(`application_id = ${String(APPLICATION_ID)}`);
    for (const { number, sql } of migrations.filter(
      (migration) => migration.number > versionOf(connection),
    )) {
      connection.exec(sql);
      connection.pragma(`user_version = ${String(number)}`);
    }
  });
  run.immediate();
};

/** By what a database knows its keys: a text for each, by its name. */
export type KeyChecks = Readonly<Record<string, string>>;

/**
 * Makes sure that a database is used with the keys that it was written with, and with no others. A new one remembers those of its first use.
 * @throws DatabaseError where they are others
 */
export const bindKeys = (connection: Connection, checks: KeyChecks): void => {
  const known = connection.prepare<[string], string>('SELECT value FROM key_check WHERE name = ?').pluck();
  const remember = connection.prepare<[string, string]>('INSERT INTO key_check (name, value) VALUES (?, ?)');
  for (const [name, value] of Object.entries(checks)) {
    const before = known.get(name);
    if (before === undefined) remember.run(name, value);
    else if (before !== value)
      throw new DatabaseError(
        `the database was written with another ${name} key than the one beside it: put its own key back`,
      );
  }
};

/** Nobody but the owner may read what is kept of patients, though it is sealed. */
const OWNER_ONLY = 0o600;

/** Makes the file of a new database before SQLite does, which would let others read it. What it writes beside it has the same rights. */
const makePrivate = (file: string): void => {
  if (file === IN_MEMORY || existsSync(file)) return;
  // Where another process is faster it is that one's file, made in the same way.
  closeSync(openSync(file, 'a', OWNER_ONLY));
};

/**
 * Brings what stands in the write-ahead log into the file. What a process wrote whose last sync failed is read back from memory and may not be on the disk: entries that were
 * written behind it would be lost with it when the power fails, so it goes where a sync covers it first. It waits for nobody: what another process holds it brings there itself.
 */
export const settleWal = (connection: Connection): void => {
  try {
    connection.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // Nothing can be written: then nothing is written behind it either, and readiness tells that.
  }
};

/**
 * Opens the embedded database and brings its schema up to date, forward only. Every connection to it must come from here.
 * @param file path of the file, or `:memory:` for tests
 * @throws DatabaseError where SQLite is too old, the database too new, or commits would not be durable
 */
export const openDatabase = (file: string): Connection => {
  makePrivate(file);
  const connection = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    assertVersion(connection);
    setPragmas(connection);
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
};
