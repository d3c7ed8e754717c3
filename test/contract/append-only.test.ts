import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/storage/open-database.js';
import { connectionTo, DATABASES, logOn } from '../support/sqlite.js';

const HASH = 'ab'.repeat(32);
const SALT = '01'.repeat(32);

const withTwoEntries = async (file: string): Promise<Connection> => {
  const connection = connectionTo(file);
  const log = logOn(connection);
  await log.append(
    ['first', 'second'].map((id) => ({
      id,
      at: '2026-11-22T09:30:00Z',
      organisation: 'local',
      kind: 'decision',
      ruleSetHash: HASH,
      parts: { answer: { salt: SALT, body: `{"id":"${id}"}` } },
      lookups: [{ name: 'decision', value: id }],
      idempotency: { organisation: 'local', client: 'c', path: '/screen', key: id, bodyHash: HASH },
    })),
  );
  return connection;
};

const contents = (connection: Connection): readonly unknown[] => [
  connection.prepare('SELECT * FROM log ORDER BY position').all(),
  connection.prepare('SELECT * FROM payload ORDER BY position').all(),
  connection.prepare('SELECT * FROM payload_key ORDER BY position').all(),
  connection.prepare('SELECT * FROM tree ORDER BY level, place').all(),
];

const row = (position: number, id: string): string =>
  `(${String(position)}, '${id}', 'now', 'local', 'decision', '${HASH}', '{}')`;

const columns = '(position, id, at, organisation, kind, rule_set_hash, commitments)';

/** Ways to change what the log says, each refused by the database itself. */
const TAMPERING: readonly (readonly [string, string])[] = [
  ['an update', `UPDATE log SET at = 'earlier' WHERE id = 'first'`],
  ['an update that changes nothing', `UPDATE log SET at = at`],
  ['an update of the position', `UPDATE log SET position = 5 WHERE id = 'second'`],
  ['UPDATE OR REPLACE onto another position', `UPDATE OR REPLACE log SET position = 0 WHERE id = 'second'`],
  ['UPDATE OR REPLACE onto another id', `UPDATE OR REPLACE log SET id = 'first' WHERE id = 'second'`],
  ['a delete', `DELETE FROM log WHERE id = 'second'`],
  ['a delete of everything', `DELETE FROM log`],
  ['INSERT OR REPLACE of an id', `INSERT OR REPLACE INTO log ${columns} VALUES ${row(2, 'first')}`],
  ['INSERT OR REPLACE of a position', `INSERT OR REPLACE INTO log ${columns} VALUES ${row(0, 'third')}`],
  ['REPLACE of a whole entry', `REPLACE INTO log ${columns} VALUES ${row(1, 'second')}`],
  [
    'an upsert by id',
    `INSERT INTO log ${columns} VALUES ${row(2, 'first')} ON CONFLICT (id) DO UPDATE SET at = 'x'`,
  ],
  [
    'an upsert by position',
    `INSERT INTO log ${columns} VALUES ${row(0, 'third')} ON CONFLICT (position) DO UPDATE SET at = 'x'`,
  ],
  ['an entry after a gap', `INSERT INTO log ${columns} VALUES ${row(3, 'third')}`],
  ['an entry before the first', `INSERT INTO log ${columns} VALUES ${row(-1, 'third')}`],
  [
    'an entry without a position',
    `INSERT INTO log ${columns} VALUES (NULL, 'third', 'now', 'l', 'decision', '${HASH}', '{}')`,
  ],
  ['a second entry of an id', `INSERT INTO log ${columns} VALUES ${row(2, 'first')}`],
  ['an update of a payload', `UPDATE payload SET sealed = x'00' WHERE position = 0`],
  ['an update of a data key', `UPDATE payload_key SET sealed = x'00'`],
  ['INSERT OR REPLACE of a payload', `INSERT OR REPLACE INTO payload VALUES (0, 'answer', x'00')`],
  ['INSERT OR REPLACE of a data key', `INSERT OR REPLACE INTO payload_key VALUES (0, x'00')`],
  ['UPDATE OR REPLACE of a payload', `UPDATE OR REPLACE payload SET position = 0 WHERE position = 1`],
  [
    'an upsert of a payload',
    `INSERT INTO payload VALUES (0, 'answer', x'00') ON CONFLICT DO UPDATE SET sealed = x'00'`,
  ],
  ['an update of a lookup', `UPDATE lookup SET value = 'other'`],
  ['a payload of no entry', `INSERT INTO payload VALUES (9, 'answer', x'00')`],
  ['a data key of no entry', `INSERT INTO payload_key VALUES (9, x'00')`],
  ['an update of the tree', `UPDATE tree SET hash = '${HASH}'`],
  ['a delete in the tree', `DELETE FROM tree WHERE level = 1`],
  ['INSERT OR REPLACE in the tree', `INSERT OR REPLACE INTO tree VALUES (0, 1, '${HASH}')`],
  ['an update of an idempotency key', `UPDATE idempotency SET key = 'other'`],
];

const OF_LOG = TAMPERING.filter(([, sql]) => / (log|tree)\b/.test(sql));

describe.each(DATABASES)('the log in %s is append-only once payloads are erased', (_where, place) => {
  it.each(OF_LOG)('%s is refused, and the log stays as it was', async (_what, sql) => {
    const connection = await withTwoEntries(place());
    // A payload refers to its entry, which by itself keeps that entry from being removed.
    connection.exec(
      'DELETE FROM payload; DELETE FROM payload_key; DELETE FROM lookup; DELETE FROM idempotency',
    );
    const before = contents(connection);
    expect(() => connection.exec(sql)).toThrow(/append-only/);
    expect(contents(connection)).toEqual(before);
  });
});

describe.each(DATABASES)('the log in %s is append-only', (_where, place) => {
  it.each(TAMPERING)('%s is refused, and everything stays as it was', async (_what, sql) => {
    const connection = await withTwoEntries(place());
    const before = contents(connection);
    expect(() => connection.exec(sql)).toThrow();
    expect(contents(connection)).toEqual(before);
  });

  it('an insert in the next place is what remains possible', async () => {
    const connection = await withTwoEntries(place());
    expect(() => connection.exec(`INSERT INTO log ${columns} VALUES ${row(2, 'third')}`)).not.toThrow();
  });

  it('a payload can be erased, and the log stays whole', async () => {
    const connection = await withTwoEntries(place());
    const [before] = contents(connection);
    connection.exec('DELETE FROM payload WHERE position = 0');
    const [log, payload] = contents(connection);
    expect(log).toEqual(before);
    expect(payload).toHaveLength(1);
  });

  it('an entry that is there is left alone by INSERT OR IGNORE', async () => {
    const connection = await withTwoEntries(place());
    const before = contents(connection);
    try {
      connection.exec(`INSERT OR IGNORE INTO log ${columns} VALUES ${row(0, 'first')}`);
    } catch {
      // Refused or passed over, both leave the log as it is.
    }
    expect(contents(connection)).toEqual(before);
  });
});
