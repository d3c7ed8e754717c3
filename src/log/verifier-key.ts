import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A key that signs notes, by its name, as whoever checks them has it. */
export type VerifierKey = { readonly name: string; readonly id: string; readonly publicKey: KeyObject };

/** The byte that says that a key is one of Ed25519. Source: C2SP signed-note. */
const ED25519 = 1;

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const KEY_BYTES = 32;

/** The bytes by which signatures name their key. */
const ID_BYTES = 4;

const NAME = /^[^\p{White_Space}\p{Cc}\p{Cs}+]+$/u;

/** Whether a text can be the name of a key: it is not empty, has no space and no plus in it, and nothing that no note may hold. */
export const isKeyName = (text: string): boolean => NAME.test(text);

const keyBytesOf = (publicKey: KeyObject): Buffer =>
  publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);

const typedBytes = (publicKey: KeyObject): Buffer =>
  Buffer.concat([Buffer.of(ED25519), keyBytesOf(publicKey)]);

const idOf = (name: string, typed: Buffer): string =>
  createHash('sha256')
    .update(`${name}\n`, 'utf8')
    .update(typed)
    .digest('hex')
    .slice(0, 2 * ID_BYTES);

/** Reads base64 strictly: what is written back must be the same text. */
export const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

/** A key under a name. @param publicKey an Ed25519 key */
export const verifierKeyOf = (name: string, publicKey: KeyObject): VerifierKey => ({
  name,
  id: idOf(name, typedBytes(publicKey)),
  publicKey,
});

/** A key as text: `<name>+<id>+<base64 of its type and its bytes>`. Source: C2SP signed-note, verifier keys. */
export const writeVerifierKey = ({ name, id, publicKey }: VerifierKey): string =>
  `${name}+${id}+${typedBytes(publicKey).toString('base64')}`;

/** Reads a key from its text; null where it is none: its id must be that of its name and its bytes. */
export const readVerifierKey = (text: string): VerifierKey | null => {
  const [name = '', id = '', ...rest] = text.split('+');
  const typed = fromBase64(rest.join('+'));
  if (!isKeyName(name) || typed?.length !== 1 + KEY_BYTES || typed[0] !== ED25519) return null;
  if (idOf(name, typed) !== id) return null;
  const der = Buffer.concat([SPKI_PREFIX, typed.subarray(1)]);
  return { name, id, publicKey: createPublicKey({ key: der, type: 'spki', format: 'der' }) };
};
