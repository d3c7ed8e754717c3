import { z } from 'zod';
import { factIdSchema } from '../../rules/criterion-schema.js';
import { idSchema, timestampSchema } from '../atom-schemas.js';
import { boundsSchema, verdictSchema } from '../intake/answer-schema.js';
import { ruleIdSchema } from '../intake/reason-schema.js';
import { fingerprintedVersionSchema } from './version-schema.js';

const changeOf = <T extends z.ZodType>(schema: T, description: string) =>
  z.strictObject({ from: schema, to: schema }).meta({ description });

const listChangeOf = <T extends z.ZodType>(schema: T, description: string) =>
  z.strictObject({ added: z.array(schema), removed: z.array(schema) }).meta({ description });

/** The form of what another version would have said. */
export const hypotheticalReplaySchema = z
  .strictObject({
    hypothetical: z.literal(true),
    decision: idSchema.meta({ description: 'The decision whose facts were used.' }),
    ruleSet: fingerprintedVersionSchema.meta({
      description: 'The version that was asked, and did not decide.',
    }),
    decidedBy: fingerprintedVersionSchema.meta({ description: 'The version that decided.' }),
    verdict: changeOf(
      verdictSchema,
      'What the version that decided says of the stored facts (`from`), and what the version asked would have said (`to`).',
    ),
    bounds: changeOf(boundsSchema, 'The same of the bounds.'),
    reasons: listChangeOf(
      ruleIdSchema,
      'Rules that are reasons under the version asked only, and under the version that decided only.',
    ),
    missing: listChangeOf(
      factIdSchema,
      'Facts that could still change the verdict under the version asked only, and under the version that decided only. What only the version asked declares was never asked for.',
    ),
    notUnderstood: z.array(factIdSchema).meta({
      description: 'Stored facts that the version asked does not declare, and so did not look at; sorted.',
    }),
    changedType: z.array(factIdSchema).meta({
      description:
        'Stored facts that the version asked declares otherwise (another type, unit, option, limit or list), so that what was stored of them, or a part of it, counts as unknown; sorted. Nothing is converted.',
    }),
    engine: z.string().meta({ description: 'The engine that evaluated.' }),
    replayedAt: timestampSchema,
  })
  .meta({
    description:
      'What another version of the same rule set would have said of the facts that were stored, at the moment at which they were judged. It is no decision, and nothing is stored of it.',
  });
