import { createPublicKey } from 'node:crypto';
import type { NoteSigner } from '../log/signed-note.js';
import { readVerifierKey, verifierKeyOf, writeVerifierKey } from '../log/verifier-key.js';
import { newSigningKey, parseSigningKey, READ_BY_OTHERS, readKeyFile } from '../storage/key-file.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';

/*
 * A key file begins with its verifier key on a line of its own, and the PEM follows; a line before a PEM is a comment to every program that reads one. So
 * the name is typed once, where the key is made. Typed anew with each signature it would sooner or later be mistyped, and a signature under another name
 * is one of another key. As the line holds the public key too, it is seen where it stands over a key that it does not belong to.
 */

/** The file of a new key under a name, as text, and its verifier key. */
export const newKeyFile = (name: string): { readonly text: string; readonly releaseKey: string } => {
  const pem = newSigningKey();
  const releaseKey = writeVerifierKey(verifierKeyOf(name, createPublicKey(pem)));
  return { text: `${releaseKey}\n${pem}`, releaseKey };
};

const refuse = (file: string, what: string): CommandError =>
  new CommandError(EXIT.fault, [{ code: 'bad-key', detail: `the key in ${file} ${what}` }]);

const readOwn = (file: string): string => {
  let text: string | null;
  try {
    text = readKeyFile(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw wrongUsage(`${file} cannot be read (${String(error.code)})`);
  }
  if (text === null) throw refuse(file, READ_BY_OTHERS);
  return text;
};

/**
 * Reads who signs from a key file.
 * @throws CommandError where it cannot be read, others can read it, it is no Ed25519 key, or its first line is not that of its key
 */
export const readSigner = (file: string): NoteSigner => {
  const text = readOwn(file);
  const privateKey = parseSigningKey(text.slice(text.search(/^-----BEGIN /m)));
  if (privateKey === null) throw refuse(file, 'is no Ed25519 key: make one with `rules keygen`');
  const publicKey = createPublicKey(privateKey);
  const [line = ''] = text.split('\n');
  const named = readVerifierKey(line);
  if (named === null || writeVerifierKey(verifierKeyOf(named.name, publicKey)) !== line)
    throw refuse(
      file,
      'does not say on its first line which key it is, or names another: make one with `rules keygen`',
    );
  return { name: named.name, privateKey, publicKey };
};
