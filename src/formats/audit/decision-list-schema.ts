import { z } from 'zod';
import { ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import { idSchema, sha256Schema } from '../atom-schemas.js';
import { boundsSchema, verdictSchema } from '../intake/answer-schema.js';
import { ruleIdSchema } from '../intake/reason-schema.js';
import { choiceSchema } from '../resolution/resolution-schema.js';
import { positionSchema } from './checkpoint-schema.js';

const loggedAtSchema = z
  .string()
  .meta({ description: 'When it was written: RFC 3339, UTC, with milliseconds.' });

/** The form of a decision in a list. */
export const listedDecisionSchema = z
  .strictObject({
    id: idSchema,
    position: positionSchema,
    at: loggedAtSchema,
    subject: z.string().nullable().meta({ description: 'The reference to the patient, where one was sent.' }),
    supersedes: idSchema.nullable().meta({ description: 'The earlier decision that it takes the place of.' }),
    verdict: verdictSchema,
    bounds: boundsSchema,
    rules: z.array(ruleIdSchema).meta({ description: 'The rules that are true.' }),
    ruleSet: z.strictObject({ id: ruleSetIdSchema, version: versionSchema, sha256: sha256Schema }),
    resolutions: z
      .array(z.strictObject({ id: idSchema, at: loggedAtSchema, choice: choiceSchema }))
      .meta({ description: 'What clinicians decided on it, in the order of the log.' }),
  })
  .meta({ description: 'A decision as a list tells of it. `GET /decisions/{id}` has all of it.' });

/** The form of a list of decisions. */
export const decisionListSchema = z.strictObject({ items: z.array(listedDecisionSchema) }).meta({
  description:
    'Decisions in the order of the log. The header `Link` with `rel="next"` leads to the ones that come after them, as long as there are any.',
});

/** The form of a search for the decisions on one patient. Nothing else is taken, and nothing is coerced. */
export const decisionSearchSchema = z
  .strictObject(
    {
      subject: z
        .string({ error: 'must be text' })
        .min(1, { error: 'must not be empty' })
        .max(128, { error: 'must have at most 128 characters' })
        .meta({ description: 'The reference to the patient, as it was sent with the intakes.' }),
    },
    { error: 'must be an object with `subject`' },
  )
  .meta({ description: 'Whose decisions are asked for.' });
