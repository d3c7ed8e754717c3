import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../src/log/entry.js';
import { LogUnavailableError } from '../../src/services/ports.js';
import { DatabaseError, openDatabase, settleWal } from '../../src/storage/open-database.js';
import { connectionTo, logOn, rowsIn, tempFolder } from '../support/sqlite.js';

const anEntry = (id: string): NewEntry => ({
  id,
  at: '2026-11-22T09:30:00Z',
  organisation: 'local',
  kind: 'decision',
  ruleSetHash: 'ab'.repeat(32),
  parts: { answer: { salt: '01'.repeat(32), body: '{}' } },
});

const newFile = (): string => join(tempFolder(), 'log.db');

/** A file that was opened before, with one entry, and closed. */
const usedFile = async (): Promise<string> => {
  const file = newFile();
  const connection = openDatabase(file);
  await logOn(connection).append([anEntry('first')]);
  connection.close();
  return file;
};

const PRAGMAS: readonly (readonly [string, string | number])[] = [
  ['synchronous', 2],
  ['journal_mode', 'wal'],
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  ['user_version', 4],
  ['application_id', 0x6b736372],
];

const othersMay = (file: string): number => statSync(file).mode & 0o077;

describe('the database', () => {
  it('can be read by its owner only, and so can what lies beside it', async () => {
    const file = newFile();
    await logOn(connectionTo(file)).append([anEntry('first')]);
    expect(['', '-wal', '-shm'].map((end) => othersMay(`${file}${end}`))).toEqual([0, 0, 0]);
  });

  it('brings what a process left in the write-ahead log into the file when a service starts', async () => {
    const file = newFile();
    await logOn(connectionTo(file)).append([anEntry('first')]);
    // A crash leaves both files as they are.
    const crashed = newFile();
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${crashed}${end}`);
    const before = readFileSync(crashed);
    settleWal(connectionTo(crashed));
    expect(readFileSync(crashed).equals(before)).toBe(false);
    rmSync(`${crashed}-wal`);
    expect(rowsIn(connectionTo(crashed), 'log')).toBe(1);
  });

  it.each(PRAGMAS)('has %s = %s in a new file', (pragma, value) => {
    expect(connectionTo(newFile()).pragma(pragma, { simple: true })).toBe(value);
  });

  it.each(PRAGMAS)('has %s = %s when it is opened again', async (pragma, value) => {
    expect(connectionTo(await usedFile()).pragma(pragma, { simple: true })).toBe(value);
  });

  it('keeps what was appended', async () => {
    const connection = connectionTo(await usedFile());
    const log = logOn(connection);
    expect((await log.load('first', 'decision'))?.position).toBe(0);
    expect(await log.append([anEntry('second')])).toMatchObject([{ position: 1 }]);
  });

  it('lets two connections append one after the other, without a gap', async () => {
    const file = newFile();
    const [one, two] = [logOn(connectionTo(file)), logOn(connectionTo(file))];
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    const appended = await Promise.all(
      ids.map((id, index) => (index % 2 === 0 ? one : two).append([anEntry(id)])),
    );
    const positions = appended
      .flat()
      .map(({ position }) => position)
      .toSorted((a, b) => a - b);
    expect(positions).toEqual(ids.map(Number));
  });

  it('is refused where a newer service has written it', async () => {
    const file = await usedFile();
    const connection = openDatabase(file);
    connection.pragma('user_version = 99');
    connection.close();
    expect(() => openDatabase(file)).toThrow(DatabaseError);
    expect(() => openDatabase(file)).toThrow(/newer than this service knows/);
  });

  it('is refused where the file is no database', () => {
    const file = newFile();
    writeFileSync(file, 'this is no database, and long enough to have been one '.repeat(20));
    expect(() => openDatabase(file)).toThrow();
  });

  it('takes nothing while another process holds the log for too long', async () => {
    const file = newFile();
    const connection = connectionTo(file);
    const other = connectionTo(file);
    other.exec('BEGIN IMMEDIATE');
    connection.pragma('busy_timeout = 1');
    await expect(logOn(connection).append([anEntry('first')])).rejects.toBeInstanceOf(LogUnavailableError);
    other.exec('ROLLBACK');
    expect(rowsIn(connection, 'log')).toBe(0);
  });
});
