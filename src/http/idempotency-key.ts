import { Problem } from './problem.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the header `Idempotency-Key`.
 * @returns the key, or null where the request names none
 * @throws Problem `invalid-header` where it is not 1 to 255 visible ASCII characters
 */
export const readIdempotencyKey = (header: string | readonly string[] | undefined): string | null => {
  if (header === undefined) return null;
  if (typeof header === 'string' && KEY.test(header)) return header;
  throw new Problem('invalid-header', [
    {
      pointer: '',
      code: 'wrong-type',
      detail: '`Idempotency-Key` must be one value of 1 to 255 visible ASCII characters',
    },
  ]);
};
