import { allOf, anyOf, atLeastOf, not, type Truth } from '../values/truth.js';
import type { Criterion, FactTest } from './criterion.js';

/**
 * The value of a criterion, given the value of each of its tests. Total: every criterion has a value.
 * INVARIANT: learning the value of a test that was unknown never turns true into false or false into true.
 */
export const truthOfCriterion = (criterion: Criterion, truthOfTest: (test: FactTest) => Truth): Truth => {
  const each = (parts: readonly Criterion[]): readonly Truth[] =>
    parts.map((part) => truthOfCriterion(part, truthOfTest));
  if ('all' in criterion) return allOf(each(criterion.all));
  if ('any' in criterion) return anyOf(each(criterion.any));
  if ('not' in criterion) return not(truthOfCriterion(criterion.not, truthOfTest));
  if ('of' in criterion) return atLeastOf(criterion.atLeast, each(criterion.of));
  return truthOfTest(criterion);
};
