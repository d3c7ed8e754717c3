import { z } from 'zod';
import { elapsedSchema, factIdSchema } from '../../rules/criterion-schema.js';
import type { UnknownReason } from '../../screening/facts.js';
import type { Effect } from '../../screening/missing.js';
import { wordsOf } from '../words-of.js';
import { ruleIdSchema } from './reason-schema.js';

const REASONS: Readonly<Record<UnknownReason, string>> = {
  'not-asked': 'it was not sent',
  'asked-unknown': 'it was asked, and the patient does not know',
  declined: 'it was asked, and the patient would not say',
  stale: 'what was sent is older than the rule allows',
  imprecise: 'what was sent can mean either; `need` says how precise it must be',
  'too-few': 'there are fewer readings than the rule needs; `need` says how many',
  'incomplete-list': 'the list is not complete, and could hold what the rule asks for',
  unreadable: 'it was sent, and cannot be read',
  conflicting: 'what was sent contradicts itself',
};

/** The form of a reason why a fact is not known. */
export const unknownReasonSchema = wordsOf('Why a fact is not known.', REASONS);

const EFFECTS: Readonly<Record<Effect, string>> = {
  ineligible: 'a contraindication hangs on it',
  review: 'something that a clinician must weigh hangs on it',
  precaution: 'only a precaution hangs on it',
};

/** The form of what is needed where a plain answer is not enough. */
export const needSchema = z
  .strictObject({
    precision: z
      .enum(['day', 'time'])
      .exactOptional()
      .meta({ description: 'The date to the day, or the moment with its time.' }),
    readings: z.int().min(1).exactOptional().meta({ description: 'So many readings in all.' }),
    within: elapsedSchema.exactOptional().meta({ description: 'Not older than this at `asOf`.' }),
    complete: z.literal(true).exactOptional().meta({ description: 'The list as a complete one.' }),
  })
  .meta({ description: 'What it takes to make the fact known.' });

/** The form of a fact that is not known and matters. */
export const missingSchema = z
  .strictObject({
    fact: factIdSchema.meta({ description: 'The fact to send.' }),
    question: z.string().meta({ description: 'The question to ask, in plain words.' }),
    help: z.string().exactOptional().meta({ description: 'What to say with the question.' }),
    couldMake: wordsOf('The worst that knowing it could bring about.', EFFECTS),
    rules: z
      .array(ruleIdSchema)
      .min(1)
      .meta({ description: 'The undecided rules that it stands in, in rule order.' }),
    reason: unknownReasonSchema,
    need: needSchema.exactOptional(),
  })
  .meta({ description: 'A fact that is not known, what could come of it, and how to ask for it.' });
