import { sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64, isKeyName, verifierKeyOf, type VerifierKey } from './verifier-key.js';

/** Who signs notes: a name, and an Ed25519 key with its public half. */
export type NoteSigner = {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

/** A signature under a note: the name and the id of its key, and the signature itself. */
type NoteSignature = { readonly name: string; readonly id: string; readonly signature: Buffer };

/** A note that was read: its text, which ends with a new line, and the signatures under it. */
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** Begins the line of a signature: an em dash and a space. */
const DASH = '\u2014 ';

const ID_BYTES = 4;

/** Far more signatures than a note ever has, and few enough to be checked at once. */
const MOST_SIGNATURES = 100;

/** Control characters but new lines, and halves of characters, which would be written as something else. */
const NO_TEXT = /(?!\n)[\p{Cc}\p{Cs}]/u;

const isText = (text: string): boolean => text.endsWith('\n') && !NO_TEXT.test(text);

/**
 * Signs a text in the form of C2SP signed-note.
 * @throws RangeError where it is not lines of text that end with a new line, or the name can be none of a key
 */
export const signedNote = (text: string, { name, privateKey, publicKey }: NoteSigner): string => {
  if (!isText(text) || !isKeyName(name))
    throw new RangeError('a note is lines of text under the name of a key');
  const { id } = verifierKeyOf(name, publicKey);
  const signature = sign(null, Buffer.from(text), privateKey);
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), signature]);
  return `${text}\n${DASH}${name} ${bytes.toString('base64')}\n`;
};

const readSignature = (line: string): NoteSignature | null => {
  const [name = '', text = '', ...rest] = line.slice(DASH.length).split(' ');
  const bytes = fromBase64(text);
  if (!line.startsWith(DASH) || !isKeyName(name) || rest.length > 0) return null;
  if (bytes === null || bytes.length <= ID_BYTES) return null;
  return { name, id: bytes.toString('hex', 0, ID_BYTES), signature: bytes.subarray(ID_BYTES) };
};

/** Reads a note; null where it has not the form of one. Whether a signature holds is another question: see `isSignedBy`. */
export const readNote = (note: string): SignedNote | null => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !isText(note)) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures = lines.map(readSignature).filter((signature) => signature !== null);
  return signatures.length === lines.length ? { text: note.slice(0, end + 1), signatures } : null;
};

/** Whether a note is signed by a key: it has a signature of it, and none that fails. Signatures of other keys are passed over. */
export const isSignedBy = ({ text, signatures }: SignedNote, key: VerifierKey): boolean => {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  return (
    own.length > 0 && own.every(({ signature }) => verify(null, Buffer.from(text), key.publicKey, signature))
  );
};
