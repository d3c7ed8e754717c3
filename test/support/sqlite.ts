import { createPrivateKey } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RULE_EVENTS } from '../../src/log/entry.js';
import { logSignerOf } from '../../src/log/log-signer.js';
import type { DecisionLog } from '../../src/services/ports.js';
import type { RawLog } from '../../src/services/raw-log.js';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { sqliteDecisionLog } from '../../src/storage/decision-log.js';
import { bindKeys, openDatabase, type Connection } from '../../src/storage/open-database.js';
import { rawLogOn } from '../../src/storage/raw-log.js';
import { checksOf } from '../../src/storage/service-keys.js';
import { subjectHashUnder } from '../../src/storage/subject-hash.js';
import { vaultUnder, type SealedPart } from '../../src/storage/vault.js';

/** A new folder that is gone when the test ends. */
export const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A copy of a folder that is gone when the test ends. */
export const copyOf = (folder: string): string => {
  const copy = tempFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};

/** The places in which the embedded database can be: a new file, or memory. */
export const DATABASES: readonly (readonly [string, () => string])[] = [
  ['a file', () => join(tempFolder(), 'log.db')],
  ['memory', () => ':memory:'],
];

/** A connection that is closed when the test ends. */
export const connectionTo = (file: string): Connection => {
  const connection = openDatabase(file);
  onTestFinished(() => {
    connection.close();
  });
  return connection;
};

/** The secret of every service of a test. */
const SECRET = Buffer.alloc(32, 7);

/** The vault of every service of a test. */
const VAULT = vaultUnder(SECRET);

/** The keyed hash of subjects of every service of a test. */
export const subjectHash = subjectHashUnder(SECRET);

const PRIVATE_KEY = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SECRET]),
  type: 'pkcs8',
  format: 'der',
});

/** By what the database of a test knows its keys. */
export const KEY_CHECKS = checksOf({ secret: SECRET, signing: PRIVATE_KEY });

/** Who signs the checkpoints of every service of a test. */
export const SIGNER = logSignerOf(PRIVATE_KEY);

/** The rows on a connection, as someone reads them who doubts them. */
export const rawOn = (connection: Connection): RawLog =>
  rawLogOn(connection, { vault: VAULT, checks: KEY_CHECKS });

/** A connection to a database that knows the keys of a test, as a service leaves it. It is closed when the test ends. */
export const boundConnection = (file = ':memory:'): Connection => {
  const connection = connectionTo(file);
  bindKeys(connection, KEY_CHECKS);
  return connection;
};

/** A data folder as a service of a test leaves it, with its keys and its database; both are gone when the test ends. */
export const dataFolder = (): { readonly dataDir: string; readonly connection: Connection } => {
  const dataDir = tempFolder();
  const pem = PRIVATE_KEY.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(dataDir, 'payload.key'), `${SECRET.toString('hex')}\n`, { mode: 0o600 });
  writeFileSync(join(dataDir, 'checkpoint.key'), pem, { mode: 0o600 });
  const connection = connectionTo(databaseFileIn(dataDir));
  bindKeys(connection, KEY_CHECKS);
  return { dataDir, connection };
};

/** The log on a connection, as a service of a test has it. */
export const logOn = (connection: Connection): DecisionLog => sqliteDecisionLog(connection, VAULT);

/** Changes a part of an entry as only someone with the file and its keys in hand could: it opens again, and the commitment is not to it. */
export const rewritePart = (
  connection: Connection,
  position: number,
  { part, change }: { readonly part: string; readonly change: (body: string) => string },
): void => {
  const parts = connection
    .prepare<[number], SealedPart>('SELECT part, sealed FROM payload WHERE position = ?')
    .all(position);
  const key = connection
    .prepare<[number], Buffer>('SELECT sealed FROM payload_key WHERE position = ?')
    .pluck()
    .get(position);
  const opened = VAULT.open(position, { key: key ?? Buffer.alloc(0), parts });
  const { salt = '', body = '' } = opened[part] ?? {};
  const sealed = VAULT.seal(position, { ...opened, [part]: { salt, body: change(body) } });
  connection.exec('DROP TRIGGER IF EXISTS payload_never_updated');
  connection.exec('DROP TRIGGER IF EXISTS payload_key_never_updated');
  connection.prepare('UPDATE payload_key SET sealed = ? WHERE position = ?').run(sealed.key, position);
  const update = connection.prepare('UPDATE payload SET sealed = ? WHERE position = ? AND part = ?');
  for (const resealed of sealed.parts) update.run(resealed.sealed, position, resealed.part);
};

/** Damages what is kept of an entry, as a bad disk could: a part, or its data key where none is named. What was sealed does not open any more. */
export const damagePayload = (connection: Connection, position: number, part: string | null = null): void => {
  const damage = `SET sealed = zeroblob(length(sealed))`;
  connection.exec('DROP TRIGGER IF EXISTS payload_never_updated');
  connection.exec('DROP TRIGGER IF EXISTS payload_key_never_updated');
  if (part === null) connection.prepare(`UPDATE payload_key ${damage} WHERE position = ?`).run(position);
  else connection.prepare(`UPDATE payload ${damage} WHERE position = ? AND part = ?`).run(position, part);
};

/** Erases the payload of an entry: its data key and its parts. */
export const erasePayload = (connection: Connection, position: number): void => {
  for (const table of ['payload_key', 'payload'])
    connection.prepare(`DELETE FROM ${table} WHERE position = ?`).run(position);
};

/** How many rows a table has. */
export const rowsIn = (
  connection: Connection,
  table: 'log' | 'payload' | 'tree' | 'lookup' | 'idempotency',
): number => Number(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

/** How many entries a log has beside those that tell the life of rule sets, which every start writes, and who was told what. */
export const storedIn = (connection: Connection): number => {
  const kinds = [...RULE_EVENTS, 'read'].map((kind) => `'${kind}'`).join();
  return Number(connection.prepare(`SELECT count(*) FROM log WHERE kind NOT IN (${kinds})`).pluck().get());
};
