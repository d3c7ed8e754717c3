import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase, type Connection } from '../../src/storage/open-database.js';

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

/** How many rows a table has. */
export const rowsIn = (connection: Connection, table: 'log' | 'payload'): number =>
  Number(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
