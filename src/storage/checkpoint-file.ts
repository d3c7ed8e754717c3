import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';

/** A file to which checkpoints are appended, one after the other. */
export type CheckpointFile = {
  /** Its end, where the newest ones stand; empty where there is none yet. */
  readonly end: string;
  /** Appends a checkpoint in one write, so that no reader sees half of it. */
  readonly append: (note: string) => Promise<void>;
};

/** Enough for some hundred checkpoints. */
const END_BYTES = 64 * 1024;

const endOf = (descriptor: number): string => {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(Math.min(size, END_BYTES));
  readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
  return bytes.toString('utf8');
};

/**
 * Opens the file of checkpoints, and makes it where there is none. Everyone may read it: checkpoints are there to be kept by others.
 * @throws Error of the system where it cannot be read and written
 */
export const openCheckpointFile = (file: string): CheckpointFile => {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    return { end: endOf(descriptor), append: (note) => appendFile(file, `${note}\n`) };
  } finally {
    closeSync(descriptor);
  }
};
