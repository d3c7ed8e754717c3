import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';

const NONCE_BYTES = 12;

const TAG_BYTES = 16;

/** The length of every key that seals, in bytes. */
export const KEY_BYTES = 32;

/** Derives a key for one purpose from a secret. @param secret 32 random bytes */
export const keyFor = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `ketamine-screening ${purpose}`, KEY_BYTES));

/** Seals bytes (AES-256-GCM) and binds them to a place: moved to another they do not open. @returns nonce, ciphertext and tag in one */
export const sealBytes = (key: Buffer, place: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Opens what was sealed; null where it was changed, cut, moved, or sealed by another key. */
export const openBytes = (key: Buffer, place: string, sealed: Buffer): Buffer | null => {
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
};
