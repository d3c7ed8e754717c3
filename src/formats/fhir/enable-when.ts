import type { JsonObject } from '../../values/json.js';
import { NO } from './answer-options.js';

/** One condition under which an item is shown, on the answer to another question. */
export type Condition = JsonObject;

const isNotNo = (question: string): Condition => ({ question, operator: '!=', answerCoding: NO });

const isAnswered = (question: string, answered: boolean): Condition => ({
  question,
  operator: 'exists',
  answerBoolean: answered,
});

/**
 * Shows an item unless a general question was answered no. FHIR R4 leaves open whether `!=` holds of a question without an answer, so
 * that is said apart.
 * INVARIANT: a gate that was not answered, or to which the answer is unknown, hides nothing.
 */
export const unlessNo = (gate: string): JsonObject => ({
  enableWhen: [isNotNo(gate), isAnswered(gate, false)],
  enableBehavior: 'any',
});

/**
 * Whether what a detail belongs to was answered with anything but no. A detail that is hidden is not asked, which is unknown; so a detail
 * need not be shown before it makes sense to a person.
 */
export const onceAnsweredNotNo = (whole: string): readonly Condition[] => [
  isAnswered(whole, true),
  isNotNo(whole),
];

/** Whether a question has no answer yet. */
export const isUnanswered = (question: string): Condition => isAnswered(question, false);

/** Shows an item where all conditions hold; always, where there is none. */
export const whenAll = (conditions: readonly Condition[]): JsonObject => {
  if (conditions.length === 0) return {};
  return { enableWhen: conditions, ...(conditions.length > 1 ? { enableBehavior: 'all' } : {}) };
};
