import { z } from 'zod';
import { idSchema, sha256Schema } from '../atom-schemas.js';
import { checkpointNoteSchema, positionSchema, treeHashSchema, treeSizeSchema } from './checkpoint-schema.js';

/** The name of the form of a proof of inclusion. Another form would have another name. */
export const INCLUSION_FORM = 'ketamine-screening/inclusion/1';

/** The name of the form of a proof of consistency. */
export const CONSISTENCY_FORM = 'ketamine-screening/consistency/1';

const KINDS = [
  'activation',
  'approval',
  'decision',
  'erasure',
  'feedback',
  'intake',
  'key',
  'master-key',
  'read',
  'registration',
  'resolution',
] as const;

const hashesSchema = z.array(treeHashSchema);

/** The form of a leaf. */
export const leafSchema = z
  .strictObject({
    position: positionSchema,
    id: idSchema,
    at: z.string().meta({ description: 'When it was written: RFC 3339, UTC, with milliseconds.' }),
    organisation: z.string(),
    kind: z.enum(KINDS).meta({ description: 'What it records.' }),
    ruleSetHash: sha256Schema,
    commitments: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).meta({
      description:
        'For each part of the payload, by its name, the SHA-256 of its salt (32 bytes) and its canonical JSON.',
    }),
  })
  .meta({
    description:
      'What the log says of an entry, without a word of its payload. The leaf of the tree is the SHA-256 of a zero byte and the canonical JSON (RFC 8785) of this object with `"leaf": 1` beside its keys.',
  });

/** The form of a part of a payload that is opened. */
export const openedPartSchema = z
  .strictObject({
    salt: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: '32 random bytes, in hexadecimal.' }),
    value: z.unknown().meta({ description: 'The part itself, as JSON.' }),
  })
  .meta({ description: 'A part of a payload with the salt of its commitment.' });

/** The form of a proof that an entry stands in the log. */
export const inclusionProofSchema = z
  .strictObject({
    form: z.literal(INCLUSION_FORM),
    leaf: leafSchema,
    parts: z.record(z.string(), openedPartSchema).nullable().meta({
      description:
        'What was committed to, opened; null where it is no longer kept: the proof holds all the same.',
    }),
    leafHash: treeHashSchema,
    size: treeSizeSchema,
    hashes: hashesSchema.meta({ description: 'The hashes from the leaf to the root (RFC 9162, 2.1.3).' }),
    checkpoint: checkpointNoteSchema,
  })
  .meta({
    description:
      'A proof that an entry stands in the log of a size. It is checked with the key of the log alone, far from the service.',
  });

/** The form of a proof that the log only grew. */
export const consistencyProofSchema = z
  .strictObject({
    form: z.literal(CONSISTENCY_FORM),
    from: z.strictObject({ size: treeSizeSchema, root: treeHashSchema, checkpoint: checkpointNoteSchema }),
    to: z.strictObject({ size: treeSizeSchema, root: treeHashSchema, checkpoint: checkpointNoteSchema }),
    hashes: hashesSchema.meta({ description: 'The hashes of the proof (RFC 9162, 2.1.4).' }),
  })
  .meta({
    description:
      'A proof that the log of the size `to` begins with the log of the size `from`: nothing in it was changed, removed or moved. Compare `from` with a checkpoint that you kept.',
  });
