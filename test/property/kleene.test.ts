import { expect } from 'vitest';
import { allOf, anyOf, atLeastOf, not, type Truth } from '../../src/values/truth.js';
import { exhaustively, laws } from './law.js';

/** Truth as a number: all is the least, any the greatest, not the mirror, and `at least k` the k-th from the top. */
const RANKS: Readonly<Record<Truth, number>> = { false: 0, unknown: 1, true: 2 };
const TRUTHS: readonly Truth[] = ['false', 'unknown', 'true'];

const truthAt = (rank: number): Truth => TRUTHS[rank] ?? 'unknown';

const ranksOf = (truths: readonly Truth[]): readonly number[] => truths.map((truth) => RANKS[truth]);

/** Every list of truths of a length. */
const listsOf = (length: number): readonly (readonly Truth[])[] =>
  length === 0 ? [[]] : listsOf(length - 1).flatMap((list) => TRUTHS.map((truth) => [...list, truth]));

const LISTS = [1, 2, 3, 4, 5].flatMap(listsOf);

/** Every list with every number of its operands that may be asked for. */
const ASKED = LISTS.flatMap((list) => list.map((_, index) => ({ list, least: index + 1 })));

/** Every way to learn what is unknown in a list. */
const completionsOf = (list: readonly Truth[]): readonly (readonly Truth[])[] =>
  list.reduce<readonly (readonly Truth[])[]>(
    (done, truth) =>
      done.flatMap((start) =>
        (truth === 'unknown' ? (['true', 'false'] as const) : [truth]).map((value) => [...start, value]),
      ),
    [[]],
  );

laws('in Kleene logic', () => {
  exhaustively('all is the least of its operands', () => {
    for (const list of LISTS) expect(allOf(list)).toBe(truthAt(Math.min(...ranksOf(list))));
    return LISTS.length;
  });

  exhaustively('any is the greatest of its operands', () => {
    for (const list of LISTS) expect(anyOf(list)).toBe(truthAt(Math.max(...ranksOf(list))));
    return LISTS.length;
  });

  exhaustively('not changes true and false and leaves unknown', () => {
    for (const truth of TRUTHS) expect(not(truth)).toBe(truthAt(2 - RANKS[truth]));
    return TRUTHS.length;
  });

  exhaustively('at least k is the k-th greatest of its operands', () => {
    for (const { list, least } of ASKED) {
      const ranked = ranksOf(list).toSorted((a, b) => b - a);
      expect(atLeastOf(least, list)).toBe(truthAt(ranked[least - 1] ?? 0));
    }
    return ASKED.length;
  });

  exhaustively('all is at least all of them, any is at least one', () => {
    for (const list of LISTS) {
      expect(atLeastOf(list.length, list)).toBe(allOf(list));
      expect(atLeastOf(1, list)).toBe(anyOf(list));
    }
    return LISTS.length;
  });

  exhaustively('the laws of De Morgan hold', () => {
    for (const list of LISTS) {
      expect(not(allOf(list))).toBe(anyOf(list.map(not)));
      expect(not(anyOf(list))).toBe(allOf(list.map(not)));
    }
    return LISTS.length;
  });

  exhaustively('not at least k is at least n - k + 1 of the negations', () => {
    for (const { list, least } of ASKED)
      expect(not(atLeastOf(least, list))).toBe(atLeastOf(list.length - least + 1, list.map(not)));
    return ASKED.length;
  });

  exhaustively('what is known stays whatever is learned, and what is unknown can still go both ways', () => {
    for (const { list, least } of ASKED) {
      const outcomes = new Set(completionsOf(list).map((known) => atLeastOf(least, known)));
      const truth = atLeastOf(least, list);
      expect(outcomes).toEqual(new Set(truth === 'unknown' ? ['true', 'false'] : [truth]));
    }
    return ASKED.length;
  });
});
