import Database from 'better-sqlite3';
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Nobody but the owner may read what was kept of patients, though it is sealed. */
const OWNER_ONLY = 0o600;

const sync = (path: string): void => {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Copies a database as it is at one moment into a new file, while a service may write it: no page of the copy is of another moment, and nothing that was erased is in it.
 * It is brought to the disk before this ends.
 * @throws Error with the code `EEXIST` where there is a file of this name; Error of the driver or of the system, and then there is no copy
 */
export const copyDatabase = (from: string, to: string): void => {
  closeSync(openSync(to, 'wx', OWNER_ONLY));
  try {
    const connection = new Database(from, { readonly: true, fileMustExist: true });
    try {
      // An empty file may be written into: so the copy has its rights before it has any content.
      connection.prepare('VACUUM INTO ?').run(to);
    } finally {
      connection.close();
    }
    sync(to);
    sync(dirname(to));
  } catch (error) {
    rmSync(to);
    throw error;
  }
};

/**
 * Puts the copy of a database in its place, whole or not at all, and never over another.
 * @returns what `check` gave
 * @param check is given the copy before it has its name; where it throws there is none
 * @throws Error with the code `EEXIST` where a database is there already; whatever `check` throws
 */
export const placeDatabase = <T>(from: string, to: string, check: (copy: string) => T): T => {
  const beside = `${to}.restored`;
  copyFileSync(from, beside, constants.COPYFILE_EXCL);
  try {
    sync(beside);
    const checked = check(beside);
    linkSync(beside, to);
    sync(dirname(to));
    return checked;
  } finally {
    rmSync(beside, { force: true });
    for (const end of ['-wal', '-shm', '-journal']) rmSync(`${beside}${end}`, { force: true });
  }
};
