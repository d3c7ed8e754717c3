import { z } from 'zod';
import { ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import { sha256Schema } from '../atom-schemas.js';

/** The form of a version with its fingerprint, which is what it is known by. */
export const fingerprintedVersionSchema = z.strictObject({
  id: ruleSetIdSchema,
  version: versionSchema,
  sha256: sha256Schema,
});
