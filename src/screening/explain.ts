import type { Truth } from '../values/truth.js';
import type { JsonValue } from '../values/json.js';
import { isFactTest, partsOf, type Criterion, type FactTest } from '../rules/criterion.js';
import { evaluateCriterion } from './evaluate-criterion.js';
import { intervalOfNumber } from './evaluate-derivation.js';
import { numberShown, textOfTest, valueShown } from './evidence.js';
import { entryOf, heldOf, type Situation } from './situation.js';

/** What is held of the fact of a test: its value and unit, why it is unknown, or the gate that settled it. */
export type HeldShown = {
  readonly value: JsonValue;
  readonly unit?: string;
  readonly unknown?: string;
  readonly settledBy?: string;
};

/** A criterion with the truth of each of its parts, and what is held of each fact that it tests. */
export type Explanation = {
  readonly truth: Truth;
  /** `all`, `any`, `not`, `at least 2`, or a test in words. */
  readonly says: string;
  readonly held?: HeldShown;
  readonly parts: readonly Explanation[];
};

const heldShown = (fact: string, situation: Situation): HeldShown => {
  const entry = entryOf(situation, fact);
  if (entry.type === 'derived')
    return { value: numberShown(intervalOfNumber(situation, fact)), unit: entry.unit };
  const { value, filledBy } = heldOf(situation, fact);
  return {
    value: valueShown(value),
    ...(entry.type === 'number' ? { unit: entry.unit } : {}),
    ...(value.kind === 'unknown' ? { unknown: value.reason } : {}),
    ...(filledBy === undefined ? {} : { settledBy: filledBy }),
  };
};

const wordOf = (criterion: Exclude<Criterion, FactTest>): string => {
  if ('all' in criterion) return 'all';
  if ('any' in criterion) return 'any';
  return 'not' in criterion ? 'not' : `at least ${String(criterion.atLeast)}`;
};

/**
 * Explains a criterion in a situation: the truth of every part of it, those that decide nothing included, and what is held of each fact. A derived number that
 * is not known is shown as the ends between which it lies.
 */
export const explainCriterion = (criterion: Criterion, situation: Situation): Explanation => {
  const truth = evaluateCriterion(criterion, situation);
  if (isFactTest(criterion))
    return {
      truth,
      says: `${criterion.fact} ${textOfTest(criterion)}`,
      held: heldShown(criterion.fact, situation),
      parts: [],
    };
  const parts = partsOf(criterion).map((part) => explainCriterion(part, situation));
  return { truth, says: wordOf(criterion), parts };
};
