import { Problem } from './problem.js';

/** The form of an idempotency key: 1 to 255 visible ASCII characters. */
export const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the header `Idempotency-Key`.
 * @returns the key, or null where the request names none
 * @throws Problem `invalid-header` where it is not 1 to 255 visible ASCII characters
 */
export const readIdempotencyKey = (header: string | readonly string[] | undefined): string | null => {
  if (header === undefined) return null;
  if (typeof header === 'string' && KEY_PATTERN.test(header)) return header;
  throw new Problem('invalid-header', [
    {
      pointer: '',
      code: 'wrong-type',
      detail: '`Idempotency-Key` must be one value of 1 to 255 visible ASCII characters',
    },
  ]);
};
