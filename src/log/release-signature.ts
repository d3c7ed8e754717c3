import { isSignedBy, readNote, signedNote, type NoteSigner, type SignedNote } from './signed-note.js';
import type { VerifierKey } from './verifier-key.js';

/** A release by its name, and the SHA-256 (hex) of its file. */
export type ReleaseNamed = { readonly set: string; readonly version: string; readonly sha256: string };

/** The first line of what is signed: a signature of a release can be taken for nothing else that a key has signed. */
const KIND = 'ketamine-screening/release/1';

const LINE = /^[^\n]+$/;

const SHA256 = /^[0-9a-f]{64}$/;

const textOf = ({ set, version, sha256 }: ReleaseNamed): string => `${KIND}\n${set}\n${version}\n${sha256}\n`;

/**
 * The text of a signature file: a note of four lines that says which release it is of, and the signatures under it.
 * @param earlier the text of a file that other keys have signed; their signatures stay, and this one comes after them
 * @throws RangeError where set or version is not one line, the hash is none, or the earlier text is no note over this release
 */
export const signedRelease = (
  release: ReleaseNamed,
  signer: NoteSigner,
  earlier: string | null = null,
): string => {
  const { set, version, sha256 } = release;
  if (!LINE.test(set) || !LINE.test(version) || !SHA256.test(sha256))
    throw new RangeError('a release has a set and a version of one line each, and a SHA-256');
  if (earlier !== null && readReleaseNote(earlier, release) === null)
    throw new RangeError('what is signed already is another release');
  const text = textOf(release);
  const note = signedNote(text, signer);
  return earlier === null ? note : `${earlier}${note.slice(`${text}\n`.length)}`;
};

/** Reads the text of a signature file; null where it is no note over this very release. Whose signatures hold is another question: see `judgeSignature`. */
export const readReleaseNote = (text: string, release: ReleaseNamed): SignedNote | null => {
  const note = readNote(text);
  return note?.text === textOf(release) ? note : null;
};

/** What the signatures under a note are worth to who trusts one key: it has signed; or only others have; or a signature under its name and id fails. */
export type SignatureWorth = 'signed' | 'another-key' | 'does-not-hold';

/** Judges the signatures under a note by a key. Those of other keys are passed over. */
export const judgeSignature = (note: SignedNote, key: VerifierKey): SignatureWorth => {
  if (!note.signatures.some(({ name, id }) => name === key.name && id === key.id)) return 'another-key';
  return isSignedBy(note, key) ? 'signed' : 'does-not-hold';
};

/** The names under the signatures of a text, each once; none where it is no note. A name is a claim: it tells nothing of whether a signature holds. */
export const namesUnder = (text: string): readonly string[] => [
  ...new Set(readNote(text)?.signatures.map(({ name }) => name) ?? []),
];
