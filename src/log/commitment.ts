import { createHash } from 'node:crypto';

/** A part of the payload of a log entry: its canonical JSON text, and the salt (32 random bytes, hex) that hides it in the log. */
export type SaltedPart = { readonly salt: string; readonly body: string };

/**
 * The commitment to a part: the SHA-256 (hex) of the salt and the canonical text. It binds the log to the payload and says nothing of
 * it, so that the payload can be erased one day and the log stays whole.
 */
export const commitmentTo = ({ salt, body }: SaltedPart): string =>
  createHash('sha256').update(Buffer.from(salt, 'hex')).update(body, 'utf8').digest('hex');
