import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Nobody but the owner may read or write a key. */
const OWNER_ONLY = 0o600;

const OTHERS = 0o077;

/** What is wrong with a key that others than its owner can read, and what to do. */
export const READ_BY_OTHERS =
  'can be read by others than its owner: chmod 600 it, and ask who may have read it';

/** Brings the names in a folder to the disk: a database whose key lost its name in a power cut is lost with it. */
const syncFolderOf = (file: string): void => {
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Writes a text beside a file, readable by its owner only, and brings it to the disk. @returns the file that it stands in */
const writeBeside = (file: string, text: string): string => {
  const beside = `${file}.${randomBytes(8).toString('hex')}`;
  const descriptor = openSync(beside, 'wx', OWNER_ONLY);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    return beside;
  } catch (error) {
    rmSync(beside);
    throw error;
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Writes a key whole or not at all, readable by its owner only, and never over another: it is written beside its place, brought to the disk, and then
 * given its name, which fails where it is taken.
 * @returns whether it was written; false where the name is taken, and then nothing has changed
 * @throws Error with a `code` where the folder cannot be written
 */
export const writeKeyFile = (file: string, text: string): boolean => {
  const beside = writeBeside(file, text);
  try {
    linkSync(beside, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(beside);
  }
  syncFolderOf(file);
  return true;
};

/** Gives a file another name, over what had it: from one moment to the next, and on the disk too. @throws Error with a `code` where it cannot */
export const renameKeyFile = (from: string, to: string): void => {
  renameSync(from, to);
  syncFolderOf(to);
};

/**
 * Puts a key in the place of another: at every moment one of the two is there whole.
 * @throws Error with a `code` where the folder cannot be written; then the other one is there as it was
 */
export const replaceKeyFile = (file: string, text: string): void => {
  const beside = writeBeside(file, text);
  try {
    renameKeyFile(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
};

/** Reads the file of a key; null where others than its owner can read it. @throws Error with a `code` where it cannot be read */
export const readKeyFile = (file: string): string | null =>
  (statSync(file).mode & OTHERS) === 0 ? readFileSync(file, 'utf8') : null;

/** A new Ed25519 key as text: PKCS8, PEM. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Reads an Ed25519 key from its text; null where it is a key of another kind, or none at all. */
export const parseSigningKey = (text: string): KeyObject | null => {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
};
