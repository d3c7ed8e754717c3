import { formItem, isSameCode, type Form, type FormCondition, type SystemCode } from './form-items.js';
import { codeOf } from './response-answer.js';
import type { Answer } from './response-items.js';

type Shown = (linkId: string) => boolean;

/** The answers to a question, wherever they stand. */
export type AnswersTo = (linkId: string) => readonly Answer[];

/** Whether a question has one answer, and that one. Two answers are no answer that could hide anything. */
const isAnsweredWith = (answers: readonly Answer[], isNot: SystemCode): boolean => {
  const [first, ...others] = answers;
  const code = first === undefined || others.length > 0 ? null : codeOf(first);
  return code !== null && isSameCode(code, isNot);
};

const holds = (condition: FormCondition, answers: readonly Answer[]): boolean =>
  'answered' in condition
    ? answers.length > 0 === condition.answered
    : !isAnsweredWith(answers, condition.isNot);

/**
 * Tells which items of a form are shown after some answers: those whose conditions hold, in groups that are shown. A form may keep an answer to
 * a question that it has hidden since; whoever answered may not stand by it any more, so it counts neither here nor as a fact.
 * INVARIANT: only the single and readable answer that a condition names hides anything by it.
 */
export const shownItems = (form: Form, answersTo: AnswersTo): Shown => {
  const known = new Map<string, boolean>();
  const isMet = (condition: FormCondition): boolean =>
    holds(condition, isShown(condition.question) ? answersTo(condition.question) : []);
  const isShown = (linkId: string): boolean => {
    const before = known.get(linkId);
    if (before !== undefined) return before;
    const { parent, conditions, behavior } = formItem(form, linkId);
    const isEnabled = behavior === 'any' ? conditions.some(isMet) : conditions.every(isMet);
    const shown = (parent === null || isShown(parent)) && isEnabled;
    known.set(linkId, shown);
    return shown;
  };
  return isShown;
};
