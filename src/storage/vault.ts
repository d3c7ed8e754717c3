import { createHmac, randomBytes } from 'node:crypto';
import type { SaltedPart } from '../log/commitment.js';
import { KEY_BYTES, keyFor, openBytes, sealBytes } from './sealed-bytes.js';

/** A part of a payload as it is kept: nonce, ciphertext and tag in one. */
export type SealedPart = { readonly part: string; readonly sealed: Buffer };

/** The payload of an entry as it is kept: a data key of its own, sealed by the key of the service, and the parts, sealed by that data key. */
export type SealedPayload = { readonly key: Buffer; readonly parts: readonly SealedPart[] };

/**
 * Seals payloads and opens them again (AES-256-GCM). What is sealed is bound to its place: moved to another position or part it does not
 * open.
 */
export type Vault = {
  readonly seal: (position: number, parts: Readonly<Record<string, SaltedPart>>) => SealedPayload;
  /** @throws DamagedPayloadError where anything of it was changed, or was sealed by another key */
  readonly open: (position: number, payload: SealedPayload) => Readonly<Record<string, SaltedPart>>;
  /** By what a database knows the key that it was written with: hex, and tells nothing of the key. */
  readonly check: string;
};

/** The code of the error of a payload that does not open, which also crosses from the thread of the log. */
export const PAYLOAD_DAMAGED = 'payload-damaged';

/** A payload does not open: it was changed, or was sealed by another key. */
class DamagedPayloadError extends Error {
  override readonly name = 'DamagedPayloadError';
  readonly code = PAYLOAD_DAMAGED;
}

const SALT_BYTES = 32;

const open = (key: Buffer, place: string, sealed: Buffer): Buffer => {
  const plain = openBytes(key, place, sealed);
  if (plain === null) throw new DamagedPayloadError(`what is kept under ${place} does not open`);
  return plain;
};

/** The name of a place in the vault, to which what is sealed is bound. */
const placeOf = (position: number, part: string): string => `${String(position)}/${part}`;

const plainOf = ({ salt, body }: SaltedPart): Buffer => {
  const bytes = Buffer.from(salt, 'hex');
  if (bytes.length !== SALT_BYTES || salt.length !== 2 * SALT_BYTES)
    throw new RangeError('a salt is 32 bytes in hex');
  return Buffer.concat([bytes, Buffer.from(body)]);
};

const partOf = (plain: Buffer): SaltedPart => ({
  salt: plain.toString('hex', 0, SALT_BYTES),
  body: plain.toString('utf8', SALT_BYTES),
});

/** A vault under the secret of a service. @param secret 32 random bytes */
export const vaultUnder = (secret: Buffer): Vault => {
  const serviceKey = keyFor(secret, 'data keys');
  return {
    seal: (position, parts) => {
      const key = randomBytes(KEY_BYTES);
      return {
        key: sealBytes(serviceKey, placeOf(position, ''), key),
        parts: Object.entries(parts).map(([part, salted]) => ({
          part,
          sealed: sealBytes(key, placeOf(position, part), plainOf(salted)),
        })),
      };
    },
    open: (position, payload) => {
      const key = open(serviceKey, placeOf(position, ''), payload.key);
      return Object.fromEntries(
        payload.parts.map(({ part, sealed }) => [part, partOf(open(key, placeOf(position, part), sealed))]),
      );
    },
    check: createHmac('sha256', keyFor(secret, 'key check')).update('payloads').digest('hex'),
  };
};
