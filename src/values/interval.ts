import { truthOf, type Truth } from './truth.js';

/**
 * All that is known of a number: it lies from `low` to `high`, both ends included. A number that is known has equal ends.
 * INVARIANT: both ends are finite and `low <= high`.
 */
export type Interval = { readonly low: number; readonly high: number };

/** The four comparisons of the rule language. */
export type Comparison = '<' | '<=' | '>' | '>=';

/** The interval of a number that is known. */
export const exactly = (value: number): Interval => ({ low: value, high: value });

/** Whether the number is known. */
export const isExact = (interval: Interval): boolean => interval.low === interval.high;

/** The least interval that holds all of the given ones (at least one). */
export const hullOf = (intervals: readonly Interval[]): Interval => ({
  low: Math.min(...intervals.map((interval) => interval.low)),
  high: Math.max(...intervals.map((interval) => interval.high)),
});

/** Whether one number passes a comparison with another. */
export const passes = (left: number, op: Comparison, right: number): boolean => {
  switch (op) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
};

/**
 * Compares all that is known of a number with a threshold: true if every number of the interval passes, false if none does,
 * else unknown.
 */
export const compareInterval = (interval: Interval, op: Comparison, threshold: number): Truth => {
  const low = passes(interval.low, op, threshold);
  const high = passes(interval.high, op, threshold);
  return low === high ? truthOf(low) : 'unknown';
};

/**
 * Rounds to the multiple of 0.000001 that is nearest to the exact value of the double, halves away from zero: the precision of every
 * derived or converted number, on any machine.
 * INVARIANT: it keeps order, so rounding both ends of an interval keeps every number of it inside.
 */
export const round6 = (value: number): number => {
  const size = Number(Math.abs(value).toFixed(6));
  return value < 0 && size > 0 ? -size : size;
};

const rounded = (low: number, high: number): Interval => ({ low: round6(low), high: round6(high) });

/** The sum, added in the order given. */
export const sumOf = (terms: readonly Interval[]): Interval =>
  rounded(
    terms.reduce((total, term) => total + term.low, 0),
    terms.reduce((total, term) => total + term.high, 0),
  );

const cornersOf = (left: Interval, right: Interval, combine: (a: number, b: number) => number): Interval => {
  const corners = [
    combine(left.low, right.low),
    combine(left.low, right.high),
    combine(left.high, right.low),
    combine(left.high, right.high),
  ];
  return { low: Math.min(...corners), high: Math.max(...corners) };
};

/** The product, folded from the left; of one factor that factor. */
export const productOf = (factors: readonly Interval[]): Interval => {
  const product = factors.reduce((left, right) => cornersOf(left, right, (a, b) => a * b), exactly(1));
  return rounded(product.low, product.high);
};

/** The quotient. The divisor must lie above 0, which `rules check` sees to. */
export const ratioOf = (dividend: Interval, divisor: Interval): Interval => {
  const ratio = cornersOf(dividend, divisor, (a, b) => a / b);
  return rounded(ratio.low, ratio.high);
};

/** The mean of numbers that all count. */
export const meanOf = (terms: readonly Interval[]): Interval => {
  const low = terms.reduce((total, term) => total + term.low, 0) / terms.length;
  const high = terms.reduce((total, term) => total + term.high, 0) / terms.length;
  return rounded(low, high);
};
