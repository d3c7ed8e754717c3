import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { NoteSigner } from '../../src/log/signed-note.js';
import { verifierKeyOf, type VerifierKey } from '../../src/log/verifier-key.js';

/** What stands before the 32 bytes of the seed of an Ed25519 key in its DER form (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A signer with a key that follows from a seed of 32 bytes. */
export const signerFromSeed = (name: string, seed: Buffer): NoteSigner => {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { name, privateKey, publicKey: createPublicKey(privateKey) };
};

/** A signer whose seed is a number and zeros: another number, another key. */
export const signerNo = (number: number, name = 'log.example/screening'): NoteSigner =>
  signerFromSeed(name, Buffer.from([number, ...new Uint8Array(31)]));

/** The key of a signer, as those who check have it. */
export const keyOf = ({ name, publicKey }: NoteSigner): VerifierKey => verifierKeyOf(name, publicKey);
