import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { NoteSigner } from './signed-note.js';

/**
 * Who signs the checkpoints of a log. Its name, which is the origin of the log too, follows from its key: two logs never have the same.
 * @param privateKey an Ed25519 key
 */
export const logSignerOf = (privateKey: KeyObject): NoteSigner => {
  const publicKey = createPublicKey(privateKey);
  const bytes = publicKey.export({ type: 'spki', format: 'der' });
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { name: `ketamine-screening/${name}`, privateKey, publicKey };
};
