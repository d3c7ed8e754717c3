import type { z } from 'zod';
import type { JsonValue } from '../../values/json.js';
import { answerSchema } from '../intake/answer-schema.js';

/** A native answer, from which every answer in FHIR is made: so both say the same. */
export type Answer = z.infer<typeof answerSchema>;

/** A rule that is true, as an answer tells it. */
export type AnsweredReason = Answer['reasons'][number];

/** A fact that is not known, as an answer asks for it. */
export type AnsweredMissing = Answer['missing'][number];

/**
 * An answer of which only the JSON is at hand, as one that was stored.
 * @throws ZodError where it is no answer: nothing else was ever written
 */
export const readAnswer = (json: JsonValue): Answer => answerSchema.parse(json);
