import type { Comparison } from '../../values/interval.js';
import {
  isFactTest,
  type All,
  type Any,
  type AtLeast,
  type Criterion,
  type FactTest,
  type Not,
} from '../criterion.js';

/** A criterion in which one thing was flipped, and what that is, in words. */
export type Mutant = { readonly criterion: Criterion; readonly inWords: string };

/** What a comparison is flipped to: its neighbour at the very threshold, and its opposite. */
const FLIPPED: Readonly<Record<Comparison, readonly Comparison[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
};

const withoutEach = (codes: readonly string[]): readonly (readonly string[])[] =>
  codes.length < 2 ? [] : codes.map((code) => codes.filter((other) => other !== code));

const mutantsOfTest = (test: FactTest): readonly Mutant[] => {
  const flip = (criterion: FactTest, inWords: string): Mutant => ({
    criterion,
    inWords: `\`${test.fact}\`: ${inWords}`,
  });
  if ('is' in test) return [flip({ ...test, is: !test.is }, `is ${String(!test.is)}`)];
  if ('in' in test)
    return withoutEach(test.in).map((codes) => flip({ ...test, in: codes }, `in ${codes.join(', ')}`));
  if ('compare' in test)
    return FLIPPED[test.compare].map((compare) =>
      flip({ ...test, compare }, `${compare} ${String(test.value)} for ${test.compare}`),
    );
  if ('elapsed' in test)
    return FLIPPED[test.elapsed].map((elapsed) =>
      flip({ ...test, elapsed }, `elapsed ${elapsed} ${test.duration} for ${test.elapsed}`),
    );
  return [];
};

/** Mutants of one part, each with the other parts as they are. */
const mutantsOfParts = (
  parts: readonly Criterion[],
  whole: (parts: readonly Criterion[]) => Criterion,
): readonly Mutant[] =>
  parts.flatMap((part, index) =>
    mutantsOf(part).map(({ criterion, inWords }) => ({
      criterion: whole(parts.with(index, criterion)),
      inWords,
    })),
  );

const mutantsOfAll = ({ all }: All): readonly Mutant[] => [
  ...(all.length > 1 ? [{ criterion: { any: all }, inWords: 'any for all' }] : []),
  ...mutantsOfParts(all, (parts) => ({ all: parts })),
];

const mutantsOfAny = ({ any }: Any): readonly Mutant[] => [
  ...(any.length > 1 ? [{ criterion: { all: any }, inWords: 'all for any' }] : []),
  ...mutantsOfParts(any, (parts) => ({ any: parts })),
];

const mutantsOfNot = ({ not }: Not): readonly Mutant[] => [
  { criterion: not, inWords: 'without its not' },
  ...mutantsOfParts([not], ([part = not]) => ({ not: part })),
];

const mutantsOfAtLeast = ({ atLeast, of }: AtLeast): readonly Mutant[] => [
  ...[atLeast - 1, atLeast + 1]
    .filter((count) => count > 0 && count <= of.length)
    .map((count) => ({
      criterion: { atLeast: count, of },
      inWords: `at least ${String(count)} for ${String(atLeast)}`,
    })),
  ...mutantsOfParts(of, (parts) => ({ atLeast, of: parts })),
];

/**
 * Every criterion that differs from this one in one comparison, one operator, one count or one option. The cases of a rule must tell each of
 * them from the rule.
 */
export const mutantsOf = (criterion: Criterion): readonly Mutant[] => {
  if (isFactTest(criterion)) return mutantsOfTest(criterion);
  if ('all' in criterion) return mutantsOfAll(criterion);
  if ('any' in criterion) return mutantsOfAny(criterion);
  return 'not' in criterion ? mutantsOfNot(criterion) : mutantsOfAtLeast(criterion);
};
