import { createHash } from 'node:crypto';
import type { JsonValue } from '../values/json.js';
import { canonicalText } from './canonical.js';

/** The SHA-256 (hex) of the canonical text of a body: two bodies that say the same have one hash. */
export const bodyHashOf = (body: JsonValue): string =>
  createHash('sha256').update(canonicalText(body), 'utf8').digest('hex');
