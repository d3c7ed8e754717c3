import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootFromInclusion } from '../../src/log/verify-proof.js';
import { eraseSubject, type ErasurePorts } from '../../src/services/erase.js';
import { eraseOld } from '../../src/services/retention.js';
import { verifyExport } from '../../src/services/verify-export.js';
import type { Connection } from '../../src/storage/open-database.js';
import { at } from '../support/builders.js';
import { exportedLines, shownLines } from '../support/exported-log.js';
import { madeEntry, madeLog, PORTS, subjectOf } from '../support/made-log.js';
import { keyOf } from '../support/note-signers.js';
import { boundConnection, logOn, rowsIn, SIGNER, subjectHash, tempFolder } from '../support/sqlite.js';
import { audit } from '../support/tampered.js';

const COUNT = 150;

const SUBJECT = subjectOf(4);

const WHO = { by: 'Dr A. Berg', role: 'privacy officer', reason: 'asked for by the patient' };

let ids = 0;

const portsOn = (connection: Connection): ErasurePorts => ({
  log: logOn(connection),
  chance: {
    ...PORTS.chance,
    newId: () => {
      ids += 1;
      return `0197f3c2-7b1e-7000-9000-${String(ids).padStart(12, '0')}`;
    },
  },
  clock: () => at('2026-11-22T09:30:00Z'),
  subjectHash,
});

type Row = Readonly<Record<string, unknown>>;

const TABLES = ['payload', 'payload_key', 'lookup', 'idempotency'] as const;

const rowsAt = (connection: Connection, positions: readonly number[]): readonly Row[] =>
  TABLES.flatMap((table) =>
    connection.prepare<[], Row>(`SELECT * FROM ${table} WHERE position IN (${positions.join()})`).all(),
  );

/** The bytes that stand for these entries alone: everything sealed, the keyed hash of the subject, keys of requests, hashes of codes. */
const tracesIn = (rows: readonly Row[]): readonly Buffer[] =>
  rows.flatMap(({ sealed, name, value, key, body_hash: bodyHash }) => {
    if (Buffer.isBuffer(sealed)) return [sealed.subarray(0, 40)];
    if (typeof key === 'string')
      return [Buffer.from(`${key}${String(bodyHash)}`), Buffer.from(String(bodyHash))];
    return name === 'subject' || name === 'intake-code' ? [Buffer.from(String(value))] : [];
  });

const filesOf = (file: string): readonly Buffer[] => [readFileSync(file), readFileSync(`${file}-wal`)];

const found = (file: string, traces: readonly Buffer[]): number =>
  traces.filter((trace) => filesOf(file).some((bytes) => bytes.includes(trace))).length;

/** The entries of the subject by how they were made, and what was decided on them. */
const positionsOfSubject = (connection: Connection): readonly number[] => {
  const own = connection
    .prepare<[string], number>(`SELECT position FROM lookup WHERE name = 'subject' AND value = ?`)
    .pluck()
    .all(subjectHash('local', SUBJECT));
  const about = connection
    .prepare<[], number>(
      `SELECT position FROM lookup WHERE name = 'decision' AND value IN (SELECT id FROM log WHERE position IN (${own.join()}))`,
    )
    .pluck()
    .all();
  return [...own, ...about].toSorted((a, b) => a - b);
};

describe('the erasure of one patient', () => {
  it('leaves none of the bytes in database, write-ahead log or index, and breaks no proof', async () => {
    const file = join(tempFolder(), 'log.db');
    const connection = boundConnection(file);
    const log = await madeLog(connection, COUNT);
    const before = await log.head(null);
    const positions = positionsOfSubject(connection);
    const traces = tracesIn(rowsAt(connection, positions));
    expect(positions.length).toBeGreaterThan(4);
    expect([traces.length > 30, found(file, traces)]).toEqual([true, traces.length]);

    const erased = await eraseSubject(
      { organisation: 'local', subject: SUBJECT, ...WHO },
      portsOn(connection),
    );

    expect(erased).toEqual({ kind: 'erased', positions, entries: [COUNT], traceless: true });
    expect(found(file, traces)).toBe(0);
    expect(rowsAt(connection, positions)).toEqual([]);
    expect(await log.head(COUNT)).toEqual(before);
    for (let position = 0; position <= COUNT; position += 1) {
      const [proof, [entry]] = [
        await log.inclusion(position, COUNT + 1),
        await log.slice({ after: position - 1, limit: 1, parts: null }),
      ];
      const claim = { index: position, size: COUNT + 1, leafHash: entry?.leafHash ?? '' };
      expect(rootFromInclusion({ ...claim, hashes: proof?.hashes ?? [] })).toBe(proof?.root);
      expect(Object.keys(entry?.parts ?? {}).length === 0).toBe(positions.includes(position));
    }
  });

  it('is clean to an audit of the database and of an export, which count what was erased', async () => {
    const connection = boundConnection();
    const log = await madeLog(connection, COUNT);
    const kept = [{ origin: SIGNER.name, size: COUNT, root: String((await log.head(null))?.root) }];
    const count = positionsOfSubject(connection).length;
    await eraseSubject({ organisation: 'local', subject: SUBJECT, ...WHO }, portsOn(connection));
    expect(audit(connection, kept)).toMatchObject({ faultCount: 0, erased: count });
    const lines = await exportedLines(log, { organisation: 'local', from: 0, size: null });
    const outcome = await verifyExport(shownLines(lines), { key: keyOf(SIGNER), kept });
    expect(outcome).toMatchObject({ faultCount: 0, erased: count });
  });

  it('touches nobody else, and is named by an entry that says who and why and nothing of the patient', async () => {
    const connection = boundConnection();
    const log = await madeLog(connection, COUNT);
    const positions = positionsOfSubject(connection);
    const others = (): readonly Row[] =>
      rowsAt(
        connection,
        Array.from({ length: COUNT }, (_, position) => position).filter((at) => !positions.includes(at)),
      );
    const before = others();
    await eraseSubject({ organisation: 'local', subject: SUBJECT, ...WHO }, portsOn(connection));
    expect(others()).toEqual(before);
    const [entry] = await log.slice({ after: COUNT - 1, limit: 1, parts: null });
    expect(entry?.kind).toBe('erasure');
    expect(JSON.parse(String(entry?.parts.erasure?.body))).toEqual({ cause: 'subject', positions, ...WHO });
    expect(JSON.stringify(entry)).not.toContain(SUBJECT);
    expect(JSON.stringify(entry)).not.toContain(subjectHash('local', SUBJECT));
  });

  it('of whom nothing is kept, or only by another organisation, writes nothing', async () => {
    const connection = boundConnection();
    await madeLog(connection, COUNT);
    for (const asked of [
      { organisation: 'local', subject: 'pt-none' },
      { organisation: 'north', subject: SUBJECT },
    ])
      expect(await eraseSubject({ ...asked, ...WHO }, portsOn(connection))).toEqual({ kind: 'nothing' });
    expect(rowsIn(connection, 'log')).toBe(COUNT);
  });

  it.each([
    [{ by: ' ' }, 'bad-name'],
    [{ role: '' }, 'bad-role'],
    [{ reason: '' }, 'bad-reason'],
  ])('without %j is refused', async (wrong, code) => {
    const connection = boundConnection();
    await madeLog(connection, COUNT);
    const asked = { organisation: 'local', subject: SUBJECT, ...WHO, ...wrong };
    expect(await eraseSubject(asked, portsOn(connection))).toMatchObject({
      kind: 'unfit',
      faults: [{ code }],
    });
    expect(rowsIn(connection, 'log')).toBe(COUNT);
  });

  it('takes no entry of another organisation, no entry that is of no patient, and none that is not there', async () => {
    const connection = boundConnection();
    const log = await madeLog(connection, 10, (number) => (number === 4 ? 'north' : 'local'));
    const entry = { ...madeEntry(500), kind: 'erasure' as const };
    await log.append([{ ...madeEntry(501), kind: 'registration' }]);
    const before = [rowsIn(connection, 'log'), rowsIn(connection, 'payload'), rowsIn(connection, 'lookup')];
    for (const position of [4, 10, 99])
      await expect(log.erase({ entry, positions: [0, position], thorough: true })).rejects.toThrow('unfit');
    expect([rowsIn(connection, 'log'), rowsIn(connection, 'payload'), rowsIn(connection, 'lookup')]).toEqual(
      before,
    );
  });

  it('erases a payload that is damaged, too', async () => {
    const connection = boundConnection();
    await madeLog(connection, COUNT);
    const [position] = positionsOfSubject(connection);
    connection.exec('DROP TRIGGER payload_key_never_updated');
    connection.exec(`UPDATE payload_key SET sealed = x'00' WHERE position = ${String(position)}`);
    const outcome = await eraseSubject(
      { organisation: 'local', subject: SUBJECT, ...WHO },
      portsOn(connection),
    );
    expect(outcome).toMatchObject({ kind: 'erased', traceless: true });
  });

  it('makes the file anew where a trace was left in it', async () => {
    const file = join(tempFolder(), 'log.db');
    const connection = boundConnection(file);
    await madeLog(connection, COUNT);
    const traces = tracesIn(rowsAt(connection, positionsOfSubject(connection)));
    // What an older copy of a page would leave: the same bytes once more, where no row has them.
    connection.exec('CREATE TABLE stale (bytes BLOB)');
    for (const trace of traces) connection.prepare('INSERT INTO stale VALUES (?)').run(trace);
    connection.pragma('secure_delete = OFF');
    connection.exec('DROP TABLE stale');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    const outcome = await eraseSubject(
      { organisation: 'local', subject: SUBJECT, ...WHO },
      portsOn(connection),
    );
    expect(outcome).toMatchObject({ traceless: true });
    expect(found(file, traces)).toBe(0);
  });
});

describe('the erasure of what is old', () => {
  it('erases every entry of a patient before the day, and nothing after it', async () => {
    const connection = boundConnection();
    // Entries are a minute and a second apart, from the first of January 2026 on.
    const log = await madeLog(connection, COUNT, (number) => (number % 4 === 0 ? 'north' : 'local'));
    const ports = { ...portsOn(connection), clock: () => at('2026-01-11T01:00:30Z') };
    const count = await eraseOld(10, ports);
    expect(count).toBe(60);
    expect(audit(connection)).toMatchObject({ faultCount: 0, erased: 60, size: COUNT + 2 });
    const named = await log.slice({ after: COUNT - 1, limit: 10, parts: null });
    expect(named.map(({ organisation, kind }) => [organisation, kind]).toSorted()).toEqual([
      ['local', 'erasure'],
      ['north', 'erasure'],
    ]);
    expect(await eraseOld(10, ports)).toBe(0);
    expect(rowsIn(connection, 'log')).toBe(COUNT + 2);
  });

  it('never erases what tells the life of rule sets', async () => {
    const connection = boundConnection();
    const log = logOn(connection);
    await log.append([{ ...madeEntry(0), kind: 'registration' }, madeEntry(1)]);
    await eraseOld(1, portsOn(connection));
    const entries = await log.slice({ after: -1, limit: 2, parts: null });
    expect(entries.map(({ parts }) => Object.keys(parts).length > 0)).toEqual([true, false]);
  });
});
