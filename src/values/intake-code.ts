/** Crockford's base 32: the digits and the capitals without I, L, O (taken for 1 and 0) and U (so that chance writes fewer words). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many symbols a code has. Each holds 5 random bits, so that a code has 60 and cannot be found by trying. */
const SYMBOLS = 12;

const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;

/** The form in which a code is shown: `7H3K-9QWX-2M0D`. */
export const SHOWN_CODE_PATTERN = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;

/**
 * Makes a code of 12 random bytes, of each of which it takes 5 bits: every code is as likely as any other.
 * @throws RangeError where there are not 12 bytes
 */
export const codeFrom = (bytes: Uint8Array): string => {
  if (bytes.length !== SYMBOLS) throw new RangeError(`a code is made of ${String(SYMBOLS)} bytes`);
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join('');
};

/**
 * Reads a code as a person types it: small letters are capitals, spaces and hyphens of any kind do not count, O is 0, and I and L are 1.
 * @returns the 12 symbols, one text for one code; or null where the text is no code
 * Source: Crockford, Base 32 (decoding)
 */
export const readCode = (text: string): string | null => {
  const symbols = text
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return CODE.test(symbols) ? symbols : null;
};

/** A code as people read and copy it: in three groups of four. */
export const showCode = (code: string): string => code.replace(/.{4}(?=.)/g, '$&-');
