import { describe, expect, it } from 'vitest';
import { allOf, anyOf, atLeastOf, not, truthOf, type Truth } from '../../../src/values/truth.js';

const T = 'true';
const F = 'false';
const U = 'unknown';

describe('not', () => {
  it.each<[Truth, Truth]>([
    [T, F],
    [F, T],
    [U, U],
  ])('makes %s %s', (truth, negated) => {
    expect(not(truth)).toBe(negated);
  });
});

/** Kleene's strong tables: left, right, and what `all` and `any` make of them. */
const TABLES: readonly (readonly [Truth, Truth, Truth, Truth])[] = [
  [T, T, T, T],
  [T, F, F, T],
  [T, U, U, T],
  [F, T, F, T],
  [F, F, F, F],
  [F, U, F, U],
  [U, T, U, T],
  [U, F, F, U],
  [U, U, U, U],
];

describe.each(TABLES)('of %s and %s', (left, right, all, any) => {
  it(`all is ${all}`, () => {
    expect(allOf([left, right])).toBe(all);
  });

  it(`any is ${any}`, () => {
    expect(anyOf([left, right])).toBe(any);
  });

  it('atLeast two is all, and atLeast one is any', () => {
    expect(atLeastOf(2, [left, right])).toBe(all);
    expect(atLeastOf(1, [left, right])).toBe(any);
  });
});

describe('of nothing at all', () => {
  it('all is true and any is false', () => {
    expect([allOf([]), anyOf([])]).toEqual([T, F]);
  });

  it('atLeast none is true and atLeast one is false', () => {
    expect([atLeastOf(0, []), atLeastOf(1, [])]).toEqual([T, F]);
  });
});

describe('atLeast two of three', () => {
  it.each<[Truth[], Truth]>([
    [[T, T, U], T],
    [[T, T, F], T],
    [[T, U, F], U],
    [[T, U, U], U],
    [[U, U, F], U],
    [[T, F, F], F],
    [[U, F, F], F],
    [[F, F, F], F],
  ])('%j is %s', (operands, truth) => {
    expect(atLeastOf(2, operands)).toBe(truth);
  });
});

describe('truthOf', () => {
  it('turns what is decided into a truth', () => {
    expect([truthOf(true), truthOf(false)]).toEqual([T, F]);
  });
});
