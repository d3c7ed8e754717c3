import type { Criterion, FactTest } from '../criterion.js';
import { quantityInWords } from './value-words.js';

const testInWords = (test: FactTest): string => {
  const name = `\`${test.fact}\``;
  if ('is' in test) return `${name} is ${String(test.is)}`;
  if ('in' in test) return `${name} in ${test.in.join(', ')}`;
  if ('includesAny' in test) return `${name} includes any of ${test.includesAny.join(', ')}`;
  return 'elapsed' in test
    ? `${name} elapsed ${test.elapsed} ${test.duration}`
    : `${name} ${test.compare} ${quantityInWords(test.value, test.unit)}`;
};

const joined = (parts: readonly Criterion[]): string => parts.map(criterionInWords).join('; ');

/** A criterion in words: ``all of (`angina` is true; `age` >= 65 a)``. */
export const criterionInWords = (criterion: Criterion): string => {
  if ('all' in criterion) return `all of (${joined(criterion.all)})`;
  if ('any' in criterion) return `any of (${joined(criterion.any)})`;
  if ('not' in criterion) return `not (${criterionInWords(criterion.not)})`;
  if ('of' in criterion) return `at least ${String(criterion.atLeast)} of (${joined(criterion.of)})`;
  return testInWords(criterion);
};
