import { sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64, verifierKeyOf, type VerifierKey } from './verifier-key.js';

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

const SIGNATURE_LINE = /^\u2014 ([^\s+]+) (\S+)$/u;

const ID_BYTES = 4;

/** The text of a note may hold no control characters but new lines: nothing in it can be shown as something else. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/u;

/** Signs a text, which must end with a new line, in the form of C2SP signed-note. */
export const signedNote = (text: string, { name, privateKey, publicKey }: NoteSigner): string => {
  if (!text.endsWith('\n') || CONTROL.test(text)) throw new RangeError('a note is lines of text');
  const { id } = verifierKeyOf(name, publicKey);
  const signature = sign(null, Buffer.from(text), privateKey);
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), signature]);
  return `${text}\n\u2014 ${name} ${bytes.toString('base64')}\n`;
};

const readSignature = (line: string): NoteSignature | null => {
  const [, name = '', text = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = fromBase64(text);
  if (bytes === null || bytes.length <= ID_BYTES) return null;
  return { name, id: bytes.toString('hex', 0, ID_BYTES), signature: bytes.subarray(ID_BYTES) };
};

/** Reads a note; null where it has not the form of one. Whether a signature holds is another question: see `isSignedBy`. */
export const readNote = (note: string): SignedNote | null => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || CONTROL.test(note)) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map(readSignature).filter((signature) => signature !== null);
  return signatures.length === lines.length ? { text: note.slice(0, end + 1), signatures } : null;
};

/** Whether a note carries a signature of a key that holds. Signatures of other keys are passed over. */
export const isSignedBy = ({ text, signatures }: SignedNote, key: VerifierKey): boolean => {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  return own.some(({ signature }) => verify(null, Buffer.from(text), key.publicKey, signature));
};
