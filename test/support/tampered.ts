import type { AuditFault } from '../../src/log/audit-fault.js';
import type { Checkpoint } from '../../src/log/checkpoint.js';
import type { AuditOutcome } from '../../src/log/log-audit.js';
import { verifyDatabase } from '../../src/services/verify-database.js';
import { bindKeys, openDatabase, type Connection } from '../../src/storage/open-database.js';
import { madeLog } from './made-log.js';
import { KEY_CHECKS, rawOn, subjectHash } from './sqlite.js';

/** A log of so many entries that someone will tamper with. Foreign keys do not hinder whoever means it. */
export const tamperedLog = async (count: number): Promise<Connection> => {
  const connection = openDatabase(':memory:');
  bindKeys(connection, KEY_CHECKS);
  connection.pragma('foreign_keys = OFF');
  await madeLog(connection, count);
  return connection;
};

/** What an audit of a database comes to. */
export const audit = (connection: Connection, kept: readonly Checkpoint[] = []): AuditOutcome =>
  verifyDatabase(rawOn(connection), { subjectHash, kept });

/** The first fault that names an entry. */
export const firstOf = ({ faults }: AuditOutcome): AuditFault | undefined =>
  faults.find(({ position }) => position !== null);

/** Makes what is followed instead of the log anew, as whoever means it would. */
export const followAnew = (connection: Connection): void => {
  for (const [table, view] of [
    ['span', 'span_by_log'],
    ['outcome', 'outcome_by_lookup'],
  ])
    connection.exec(
      `DELETE FROM ${String(table)}; INSERT INTO ${String(table)} SELECT * FROM ${String(view)}`,
    );
};

/** The triggers stand in the way of an honest mistake only: whoever changes rows on purpose puts them back afterwards. */
const withoutTriggers = (connection: Connection, change: () => void): void => {
  const triggers = connection
    .prepare<[], { readonly name: string; readonly sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
    )
    .all();
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`);
  change();
  for (const { sql } of triggers) connection.exec(sql);
};

/** Changes rows, looks, and puts everything back. */
export const tampered = (
  connection: Connection,
  change: () => void,
  kept: readonly Checkpoint[] = [],
): AuditOutcome => {
  connection.exec('BEGIN');
  try {
    withoutTriggers(connection, change);
    return audit(connection, kept);
  } finally {
    connection.exec('ROLLBACK');
  }
};
