import { isSignedBy, readNote, signedNote, type NoteSigner } from './signed-note.js';
import { fromBase64, type VerifierKey } from './verifier-key.js';

/** What a checkpoint says: that the log of an origin had a root (hex) at a size. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: string };

/** A checkpoint that was read from its note, or why not. */
export type CheckpointRead =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly fault: 'malformed' | 'not-signed' };

const SIZE = /^(0|[1-9]\d{0,15})$/;

const ROOT = /^[0-9a-f]{64}$/;

const ROOT_BYTES = 32;

/**
 * A checkpoint as a signed note: origin, size and root, a line each. Source: C2SP tlog-checkpoint. One size of one log has one text.
 * @throws RangeError where it has no size or root that a log can have, or its origin is not one line
 */
export const signedCheckpoint = ({ origin, size, root }: Checkpoint, signer: NoteSigner): string => {
  if (!Number.isSafeInteger(size) || size < 0 || !ROOT.test(root) || !/^[^\n]+$/.test(origin))
    throw new RangeError('a checkpoint has an origin of one line, a size, and a root');
  return signedNote(`${origin}\n${String(size)}\n${Buffer.from(root, 'hex').toString('base64')}\n`, signer);
};

const sizeOf = (text: string): number | null =>
  SIZE.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;

const rootOf = (text: string): string | null => {
  const bytes = fromBase64(text);
  return bytes?.length === ROOT_BYTES ? bytes.toString('hex') : null;
};

/** Reads the text of a note, which ends with a new line: no line of it may be empty. */
const readText = (text: string): Checkpoint | null => {
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const [size, root] = [sizeOf(sizeText), rootOf(rootText)];
  return lines.includes('') || size === null || root === null ? null : { origin, size, root };
};

/**
 * Reads a checkpoint that a key has signed. Lines after the first three are allowed and say nothing here.
 * @param key the key of the log: it is named as the origin is
 */
export const readCheckpoint = (note: string, key: VerifierKey): CheckpointRead => {
  const read = readNote(note);
  const checkpoint = read === null ? null : readText(read.text);
  if (read === null || checkpoint === null) return { ok: false, fault: 'malformed' };
  return isSignedBy(read, key) && checkpoint.origin === key.name
    ? { ok: true, checkpoint }
    : { ok: false, fault: 'not-signed' };
};

/** What ends a note: lines as those of signatures after an empty line. A line of its text may begin as they do. */
const END_OF_NOTE = /(?!\u2014 )(?<=\n\n(?:\u2014 [^\n]+\n)+)/u;

/**
 * The notes of a file to which they were appended one after the other. Empty lines between them are passed over. What is no note is given too, so
 * that whoever reads it finds it malformed. A note whose first line begins as a signature does cannot be told from one; no checkpoint is such.
 */
export const notesIn = (file: string): readonly string[] =>
  file
    .split(END_OF_NOTE)
    .map((note) => note.replace(/^\n+/, ''))
    .filter((note) => note !== '');
