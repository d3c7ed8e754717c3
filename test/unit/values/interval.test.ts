import { describe, expect, it } from 'vitest';
import {
  compareInterval,
  exactly,
  hullOf,
  isExact,
  meanOf,
  passes,
  productOf,
  ratioOf,
  round6,
  sumOf,
  type Comparison,
  type Interval,
} from '../../../src/values/interval.js';
import type { Truth } from '../../../src/values/truth.js';

const between = (low: number, high: number): Interval => ({ low, high });

describe('passes', () => {
  it.each<[Comparison, boolean, boolean, boolean]>([
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ])('%s is %s just below, %s at and %s just above a threshold', (op, below, same, above) => {
    expect([passes(159.999999, op, 160), passes(160, op, 160), passes(160.000001, op, 160)]).toEqual([
      below,
      same,
      above,
    ]);
  });
});

describe('an interval compared with 160', () => {
  it.each<[Comparison, Interval, Truth]>([
    ['>=', between(160, 170), 'true'],
    ['>', between(160, 170), 'unknown'],
    ['>=', between(150, 160), 'unknown'],
    ['>', between(150, 160), 'false'],
    ['<', between(150, 160), 'unknown'],
    ['<=', between(150, 160), 'true'],
    ['<', between(160, 170), 'false'],
    ['<=', between(160, 170), 'unknown'],
    ['>=', between(50, 300), 'unknown'],
    ['>=', exactly(160), 'true'],
    ['<', exactly(160), 'false'],
  ])('%s %j is %s', (op, interval, truth) => {
    expect(compareInterval(interval, op, 160)).toBe(truth);
  });
});

describe('isExact', () => {
  it('holds only where both ends are one number', () => {
    expect([isExact(exactly(5)), isExact(between(5, 5.000001))]).toEqual([true, false]);
  });
});

describe('the hull', () => {
  it('holds every interval and no more', () => {
    expect(hullOf([between(3, 5), between(-1, 0), exactly(4)])).toEqual(between(-1, 5));
  });
});

describe('round6', () => {
  it.each([
    ['keeps what has six decimals', 1.234567, 1.234567],
    ['rounds down below the half', 1.2345674999, 1.234567],
    ['rounds up above the half', 1.2345675001, 1.234568],
    // The exact value of the double decides, not the text that it is written as.
    ['rounds 1.0000015 down, whose double lies below the half', 1.0000015, 1.000001],
    ['rounds 1.0000025 down, whose double lies below the half', 1.0000025, 1.000002],
    ['rounds 1.0000035 up, whose double lies above the half', 1.0000035, 1.000004],
    ['rounds 5e-7 down, whose double lies below the half', 5e-7, 0],
    ['rounds a half that a double can hold away from zero', 2 ** -7, 0.007813],
    ['keeps a whole number', 160, 160],
    ['keeps a large number', 123456789.25, 123456789.25],
    ['makes a tiny negative number plain nought', -1e-9, 0],
    ['rounds negative numbers like positive ones', -1.2345675001, -1.234568],
    ['rounds a negative half away from zero', -(2 ** -7), -0.007813],
  ])('%s', (_what, value, rounded) => {
    expect(round6(value)).toBe(rounded);
  });

  it('never makes a negative nought', () => {
    expect(Object.is(round6(-0), 0)).toBe(true);
    expect(Object.is(round6(-4e-7), 0)).toBe(true);
  });

  it('mends the sum of a tenth and a fifth', () => {
    expect(round6(0.1 + 0.2)).toBe(0.3);
  });
});

describe('arithmetic of intervals', () => {
  it('adds lows and highs', () => {
    expect(sumOf([between(1, 2), between(-3, 4), exactly(0.5)])).toEqual(between(-1.5, 6.5));
  });

  it('rounds a sum once, after the whole fold', () => {
    expect(sumOf([exactly(3e-7), exactly(3e-7)])).toEqual(exactly(0.000001));
  });

  it('takes the least and greatest of the four products', () => {
    expect(productOf([between(-2, 3), between(-5, 4)])).toEqual(between(-15, 12));
  });

  it('turns an interval round when it multiplies by minus one', () => {
    expect(productOf([exactly(-1), between(2, 7)])).toEqual(between(-7, -2));
  });

  it('folds a product from the left', () => {
    expect(productOf([between(1, 2), exactly(3), between(-1, 1)])).toEqual(between(-6, 6));
  });

  it('leaves a product of one factor as it is', () => {
    expect(productOf([between(-2, 3)])).toEqual(between(-2, 3));
  });

  it('takes the least and greatest of the four quotients', () => {
    expect(ratioOf(between(-6, 12), between(2, 3))).toEqual(between(-3, 6));
  });

  it('rounds a quotient to six decimals', () => {
    expect(ratioOf(exactly(2), exactly(3))).toEqual(exactly(0.666667));
  });

  it('takes the mean of lows and of highs', () => {
    expect(meanOf([between(160, 160), between(20, 300)])).toEqual(between(90, 230));
  });

  it('rounds a mean to six decimals', () => {
    expect(meanOf([exactly(1), exactly(1), exactly(2)])).toEqual(exactly(1.333333));
  });
});
