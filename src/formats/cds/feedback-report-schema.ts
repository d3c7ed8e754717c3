import { z } from 'zod';
import { ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import { ruleIdSchema } from '../intake/reason-schema.js';

const count = z.int().min(0);

const reasonCountSchema = z.strictObject({
  system: z.string().nullable(),
  code: z.string(),
  display: z.string().nullable(),
  count: z.int().min(1),
});

const ruleFeedbackSchema = z.strictObject({
  ruleSet: z.strictObject({ id: ruleSetIdSchema, version: versionSchema }),
  rule: ruleIdSchema.nullable().meta({
    description: 'The rule that cards gave as a reason; null of cards that gave none.',
  }),
  shown: count.meta({ description: 'On how many cards.' }),
  accepted: count,
  overridden: count,
  commented: count.meta({ description: 'How often a clinician wrote something.' }),
  reasons: z
    .array(reasonCountSchema)
    .meta({ description: 'Why clinicians went on, in the order of the log.' }),
});

/** The form of the report on feedback. */
export const feedbackReportSchema = z
  .strictObject({
    items: z.array(ruleFeedbackSchema),
    unmatched: count.meta({
      description: 'How much feedback was on a card that is not known, or no longer.',
    }),
  })
  .meta({ description: 'What clinicians made of cards, by rule and version. It tells of no patient.' });
