import { z } from 'zod';
import { FEEDBACK_OUTCOMES } from '../../screening/feedback.js';
import { parseInstant } from '../../values/instant.js';
import { idSchema } from '../atom-schemas.js';

const text = (maximum: number): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .regex(/\S/, { error: 'must not be empty' })
    .max(maximum, { error: `must have at most ${String(maximum)} characters` });

/** So many cards are told of at once. */
const MOST_ITEMS = 1_000;

const reasonSchema = z.looseObject({
  code: text(256),
  system: text(256).exactOptional(),
  display: text(512).exactOptional(),
});

const overrideReasonSchema = z
  .looseObject({ reason: reasonSchema.exactOptional(), userComment: text(4_000).exactOptional() })
  .refine(({ reason, userComment }) => reason !== undefined || userComment !== undefined, {
    error: 'must have a `reason`, a `userComment` or both: leave it out where there is neither',
  });

const itemSchema = z
  .looseObject({
    card: text(128).meta({ description: 'The `uuid` of the card.' }),
    outcome: z
      .enum(FEEDBACK_OUTCOMES, { error: `must be one of ${FEEDBACK_OUTCOMES.join(', ')}` })
      .meta({ description: 'Whether a suggestion of the card was taken.' }),
    outcomeTimestamp: z
      .string({ error: 'must be text' })
      .refine((moment) => parseInstant(moment) !== null, {
        error: 'must be an RFC 3339 timestamp with an offset',
      })
      .meta({ description: 'When it was decided.', format: 'date-time' }),
    acceptedSuggestions: z
      .array(z.looseObject({ id: text(128) }))
      .min(1, { error: 'must name at least one suggestion' })
      .exactOptional(),
    overrideReason: overrideReasonSchema.exactOptional(),
  })
  .refine(({ outcome, acceptedSuggestions }) => outcome !== 'accepted' || acceptedSuggestions !== undefined, {
    error: 'must name the suggestions that were accepted',
    path: ['acceptedSuggestions'],
  });

/** The form of feedback as it is sent. What else it holds is passed over, as CDS Hooks asks. */
export const feedbackRequestSchema = z
  .looseObject({
    feedback: z
      .array(itemSchema, { error: 'must be a list' })
      .min(1, { error: 'must hold at least one item' })
      .max(MOST_ITEMS, { error: `must hold at most ${String(MOST_ITEMS)} items` }),
  })
  .meta({ description: 'What clinicians made of cards (CDS Hooks 2.0, feedback).' });

/** The form of what is answered to feedback. */
export const feedbackReceiptSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: idSchema.meta({ description: 'The id of the entry of the log that keeps it.' }),
        card: z.string().meta({ description: 'The `uuid` of the card, in lower case.' }),
        matched: z.boolean().meta({
          description:
            'Whether the card is one of a decision that is kept. One that is not known is kept all the same.',
        }),
      }),
    ),
  })
  .meta({ description: 'What was kept, in the order in which it was sent.' });
