import { createHash } from 'node:crypto';

/**
 * The SHA-256 (hex) of a code of 60 random bits, as it is read. An entry is found by it, and whoever sees the index alone cannot tell the
 * code.
 */
export const codeHashOf = (code: string): string => createHash('sha256').update(code, 'utf8').digest('hex');
