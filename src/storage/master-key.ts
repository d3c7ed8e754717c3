import { createHash, randomBytes } from 'node:crypto';
import { KEY_BYTES, keyFor } from './sealed-bytes.js';

/** The key that seals the keys of a service where they lie. It opens nothing else. */
export type MasterKey = {
  /** 16 hexadecimal digits by which it is told apart. They tell nothing of the key. */
  readonly id: string;
  readonly key: Buffer;
};

/** The keys of a service cannot be opened with the master key that is given, or none can be had. The message is one line, and tells no key. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/** How the text of a master key begins: what finds secrets in files knows it by that. */
const BEGINNING = 'ksm1_';

const CHECKSUM_BYTES = 4;

/** Then the key and its checksum as base64url: 36 bytes, which fill 48 characters to the last bit. */
const KEY_TEXT = /^ksm1_([A-Za-z0-9_-]{48})$/;

const checksumOf = (key: Buffer): Buffer =>
  createHash('sha256').update(BEGINNING).update(key).digest().subarray(0, CHECKSUM_BYTES);

const masterKeyFrom = (key: Buffer): MasterKey => ({
  id: keyFor(key, 'master key id').toString('hex', 0, 8),
  key,
});

/** A new master key: 256 random bits. */
export const newMasterKey = (): MasterKey => masterKeyFrom(randomBytes(KEY_BYTES));

/** The text of a master key: with a checksum, by which a copy that was cut or mistyped is noticed. */
export const masterKeyText = ({ key }: MasterKey): string =>
  BEGINNING + Buffer.concat([key, checksumOf(key)]).toString('base64url');

/** Reads a master key from its text, which one end of line may follow; null where it is none, or not a whole one. */
export const parseMasterKey = (text: string): MasterKey | null => {
  const encoded = KEY_TEXT.exec(text.replace(/\r?\n$/, ''))?.[1];
  if (encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64url');
  const key = bytes.subarray(0, KEY_BYTES);
  return checksumOf(key).equals(bytes.subarray(KEY_BYTES)) ? masterKeyFrom(key) : null;
};
