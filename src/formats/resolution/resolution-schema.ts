import { z } from 'zod';
import { CHOICES, type Choice } from '../../screening/resolution.js';
import { idSchema, timestampSchema } from '../atom-schemas.js';
import { describeWords } from '../words-of.js';

const MEANINGS: Readonly<Record<Choice, string>> = {
  proceed: 'to treat; on an `ineligible` screening this takes a `reason`',
  defer: 'to wait, for example for an answer or a reading that is missing',
  decline: 'not to treat',
};

const text = (maximum: number): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .max(maximum, { error: `must have at most ${String(maximum)} characters` })
    .regex(/\S/, { error: 'must not be empty' });

/** The form of a choice of a clinician. */
export const choiceSchema = z
  .enum(CHOICES, { error: `must be one of ${CHOICES.join(', ')}` })
  .meta({ description: describeWords('What the clinician decided.', MEANINGS) });

const shape = {
  choice: choiceSchema,
  reason: text(2_000).meta({ description: 'Why, in words. Never put a name here.' }),
  by: z
    .strictObject(
      {
        reference: text(128).meta({ description: 'An opaque reference of the caller to who decided.' }),
        role: text(64).meta({ description: 'The role of who decided, such as `physician`.' }),
      },
      { error: 'must be an object with `reference` and `role`' },
    )
    .meta({ description: 'Who decided.' }),
};

/** The form of a resolution as it is sent. Nothing else is taken, and nothing is coerced. */
export const resolutionRequestSchema = z
  .strictObject({ ...shape, reason: shape.reason.exactOptional() }, { error: 'must be an object' })
  .meta({ description: 'What a clinician decided on a screening.' });

/** The form of a resolution as the log keeps it. */
export const resolutionSchema = z
  .strictObject({
    id: idSchema,
    decision: idSchema.meta({ description: 'The decision that it is about.' }),
    at: timestampSchema,
    choice: choiceSchema,
    reason: shape.reason.nullable().meta({ description: 'Why, in words; null where none was given.' }),
    by: shape.by,
  })
  .meta({ description: 'What a clinician decided on a screening. None is ever changed or removed.' });
