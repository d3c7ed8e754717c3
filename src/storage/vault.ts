import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SaltedPart } from '../log/commitment.js';

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

const CIPHER = 'aes-256-gcm';

const NONCE_BYTES = 12;

const TAG_BYTES = 16;

const SALT_BYTES = 32;

const KEY_BYTES = 32;

const seal = (key: Buffer, place: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

const open = (key: Buffer, place: string, sealed: Buffer): Buffer => {
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    throw new DamagedPayloadError(`what is kept under ${place} does not open`);
  }
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

/** Derives a key for one purpose from the secret of the service. @param secret 32 random bytes */
export const keyFor = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `ketamine-screening ${purpose}`, KEY_BYTES));

/** A vault under the secret of a service. @param secret 32 random bytes */
export const vaultUnder = (secret: Buffer): Vault => {
  const serviceKey = keyFor(secret, 'data keys');
  return {
    seal: (position, parts) => {
      const key = randomBytes(KEY_BYTES);
      return {
        key: seal(serviceKey, placeOf(position, ''), key),
        parts: Object.entries(parts).map(([part, salted]) => ({
          part,
          sealed: seal(key, placeOf(position, part), plainOf(salted)),
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
