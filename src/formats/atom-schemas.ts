import { z } from 'zod';
import { TIMESTAMP_PATTERN } from '../values/instant.js';

/** The form of a moment in an answer. */
export const timestampSchema = z.string().regex(TIMESTAMP_PATTERN).meta({
  description:
    'A moment after RFC 3339, with its offset and with milliseconds only where there are some. Days are counted in this offset.',
  format: 'date-time',
});

/** The form of an id that the service gives. */
export const idSchema = z.uuidv7().meta({ description: 'An id that the service gave: a UUIDv7.' });

/** What a text says that tells who approved a version. */
export const APPROVAL_IN_WORDS =
  'Who approved the version, in words: `approved by`, who, in which role, and on which day, several parted by `; `. One that nobody has approved says `not yet approved by a clinician`.';

/** The form of the fingerprint of a rule-set version. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 of the canonical JSON (RFC 8785) of a body, in hexadecimal.' });
