import { z } from 'zod';
import { idSchema, timestampSchema } from '../atom-schemas.js';
import { hypotheticalReplaySchema } from './hypothetical-schema.js';
import { fingerprintedVersionSchema } from './version-schema.js';

/** The form of a place where two values differ. */
export const differenceSchema = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) to the place.' }),
    from: z.unknown().optional().meta({ description: 'What was there; absent where nothing was.' }),
    to: z.unknown().optional().meta({ description: 'What is there now; absent where nothing is.' }),
  })
  .meta({ description: 'A place where two values differ.' });

/** The form of a decision that was made again under the version that decided. */
export const sameVersionReplaySchema = z
  .strictObject({
    hypothetical: z.literal(false),
    decision: idSchema.meta({ description: 'The decision that was made again.' }),
    identical: z.boolean().meta({
      description:
        'Whether every word of the answer and the truth of every rule came out as they were stored.',
    }),
    differences: z.array(differenceSchema).meta({
      description:
        'Where they differ, under `/answer` and `/findings`: `from` was stored, `to` comes out now.',
    }),
    ruleSet: fingerprintedVersionSchema.meta({
      description: 'The version that decided, and by which it was decided again.',
    }),
    engine: z.string().meta({ description: 'The engine that decided again.' }),
    replayedAt: timestampSchema,
  })
  .meta({ description: 'A decision, made again from the facts that were stored. Nothing is stored of it.' });

/** The form of a replay. */
export const replaySchema = z
  .discriminatedUnion('hypothetical', [sameVersionReplaySchema, hypotheticalReplaySchema])
  .meta({
    description:
      'What came out. `hypothetical` tells whether it is the decision, made again by the version that decided, or what another version would have said.',
  });
