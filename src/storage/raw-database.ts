import Database from 'better-sqlite3';
import type { AuditFault } from '../log/audit-fault.js';
import { openDatabase, type Connection, type KeyChecks } from './open-database.js';

const SCHEMA = `SELECT type || ' ' || name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1`;

type Part = { readonly name: string; readonly sql: string };

const partsOf = (connection: Connection): ReadonlyMap<string, string> =>
  new Map(
    connection
      .prepare<[], Part>(SCHEMA)
      .all()
      .map(({ name, sql }) => [name, sql]),
  );

/** What a database of this service has when it is made. */
const madeAnew = (): ReadonlyMap<string, string> => {
  const fresh = openDatabase(':memory:');
  try {
    return partsOf(fresh);
  } finally {
    fresh.close();
  }
};

const formFault = (detail: string): AuditFault => ({ position: null, code: 'schema-differs', detail });

const schemaFaults = (connection: Connection): readonly AuditFault[] => {
  const [made, found] = [madeAnew(), partsOf(connection)];
  return [...new Set([...made.keys(), ...found.keys()])]
    .filter((name) => made.get(name) !== found.get(name))
    .toSorted()
    .map((name) => {
      if (!found.has(name)) return formFault(`the ${name} is not there`);
      return formFault(
        `the ${name} is ${made.has(name) ? 'not as the service makes it' : 'none of the service'}`,
      );
    });
};

const keyFaults = (connection: Connection, checks: KeyChecks): readonly AuditFault[] => {
  const found = connection
    .prepare<[], { readonly name: string; readonly value: string }>('SELECT name, value FROM key_check')
    .all()
    .map(({ name, value }) => JSON.stringify([name, value]));
  const bound = Object.entries(checks).map((entry) => JSON.stringify(entry));
  return JSON.stringify(found.toSorted()) === JSON.stringify(bound.toSorted())
    ? []
    : [formFault('the database is bound to other keys than those beside it')];
};

/** What is followed instead of the log, and what it is to be. */
const FOLLOWED = [
  ['span', 'span_by_log'],
  ['outcome', 'outcome_by_lookup'],
] as const;

const differs = (connection: Connection, one: string, other: string): boolean =>
  connection.prepare(`SELECT * FROM ${one} EXCEPT SELECT * FROM ${other} LIMIT 1`).get() !== undefined;

/** The views are those of the service: where the form of the database is another, what they say is worth nothing. */
const followedFaults = (connection: Connection): readonly AuditFault[] =>
  FOLLOWED.filter(
    ([table, view]) => differs(connection, table, view) || differs(connection, view, table),
  ).map(([table]) => ({
    position: null,
    code: 'lookup-differs',
    detail: `the table \`${table}\` is not what follows from the log`,
  }));

const damageFaults = (connection: Connection): readonly AuditFault[] =>
  connection
    .prepare<[], string>('PRAGMA integrity_check(10)')
    .pluck()
    .all()
    .filter((line) => line !== 'ok')
    .map((line) => ({ position: null, code: 'database-damaged', detail: `SQLite says: ${line}` }));

/**
 * In what the form of a database is not that of this service: tables, triggers, indexes, the keys that it is bound to, the file itself, and, where
 * all that is well, what is followed instead of the log.
 */
export const formFaultsIn = (connection: Connection, checks: KeyChecks): readonly AuditFault[] => {
  const own = [...damageFaults(connection), ...schemaFaults(connection), ...keyFaults(connection, checks)];
  return own.length === 0 ? followedFaults(connection) : own;
};

/**
 * Opens a database to be doubted: it is read at one moment, whatever a service writes meanwhile, and never written.
 * @throws Error of the driver where it cannot be opened
 */
export const openToDoubt = (file: string): Connection => {
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  try {
    connection.pragma('trusted_schema = OFF');
    connection.exec('BEGIN');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
};
