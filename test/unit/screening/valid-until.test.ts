import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/screening/facts.js';
import { formatInstant, type Instant } from '../../../src/values/instant.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aFact, aRule, compare, elapsed, is, known, pressureAt } from '../../support/builders.js';
import { NOON, screened } from './small-screen.js';

const mean = { series: 'pressure', component: 'systolic', within: 'P30D', sitting: 'PT1H', minReadings: 2 };

const facts = [
  aFact.boolean('a'),
  aFact.date('attack'),
  aFact.pressure('pressure'),
  aFact.derived('meanSystolic', { mean }, { unit: 'mm[Hg]' }),
];

const high = compare('meanSystolic', '>=', 160, 'mm[Hg]');

const textOf = (instant: Instant | null): string | null => (instant === null ? null : formatInstant(instant));

const untilOf = (rule: JsonObject, sent: Facts, asOf = NOON): string | null => {
  return textOf(screened({ facts, rules: [rule], sent, asOf }).validUntil);
};

/** The two readings of the contract. */
const pressure = known.series(
  pressureAt('2026-11-20T10:00:00Z', 168, 96),
  pressureAt('2026-11-20T10:05:00Z', 164, 98),
);

describe('an answer that rests on readings', () => {
  const rule = aRule('high', 'relative', high);

  it('holds until the first of two that are needed leaves its window', () => {
    expect(untilOf(rule, { pressure })).toBe('2026-12-20T10:00:00Z');
  });

  it('is judged otherwise at that millisecond, and not before', () => {
    const verdictAt = (asOf: string): string =>
      screened({ facts, rules: [rule], sent: { pressure }, asOf }).verdict;
    expect(verdictAt('2026-12-20T09:59:59.999Z')).toBe('review');
    expect(verdictAt('2026-12-20T10:00:00Z')).toBe('incomplete');
  });

  it('says when in its own offset', () => {
    expect(untilOf(rule, { pressure }, '2026-11-22T23:30:00+14:00')).toBe('2026-12-21T00:00:00+14:00');
  });

  it('holds for ever where the readings are stale already', () => {
    expect(untilOf(rule, { pressure }, '2027-02-01T00:00:00Z')).toBeNull();
  });

  it('passes over a turn at which the verdict stays', () => {
    const third = known.series(...pressure.readings, pressureAt('2026-11-20T10:10:00Z', 166, 97));
    expect(untilOf(rule, { pressure: third })).toBe('2026-12-20T10:05:00Z');
  });

  it('does not end where only a precaution changes', () => {
    expect(untilOf(aRule('high', 'precaution', high), { pressure })).toBeNull();
  });

  it('does not end where another rule has decided', () => {
    const rules = [rule, aRule('absolute', 'absolute', is('a'))];
    const { validUntil } = screened({ facts, rules, sent: { pressure, a: known.yes } });
    expect(validUntil).toBeNull();
  });

  it('ends where a bound changes, though it stays incomplete', () => {
    const rules = [rule, aRule('absolute', 'absolute', is('a'))];
    const { verdict, validUntil } = screened({ facts, rules, sent: { pressure } });
    expect([verdict, textOf(validUntil)]).toEqual(['incomplete', '2026-12-20T10:00:00Z']);
  });
});

describe('an answer that rests on readings through other numbers', () => {
  const bands = [{ points: 0 }, { from: 160, points: 2 }];
  const through = [
    ...facts,
    aFact.derived('points', { points: { fact: 'meanSystolic', bands } }),
    aFact.derived('same', { fact: 'meanSystolic' }, { unit: 'mm[Hg]' }),
    aFact.derived('total', { sum: [{ fact: 'points' }, { number: 1, unit: '1' }] }),
  ];

  it.each([
    ['the points of a band', compare('points', '>=', 2)],
    ['a number that is the same', compare('same', '>=', 160, 'mm[Hg]')],
    ['a sum of points', compare('total', '>=', 3)],
  ])('holds as long: %s', (_what, criterion) => {
    const rules = [aRule('high', 'relative', criterion)];
    const { verdict, validUntil } = screened({ facts: through, rules, sent: { pressure } });
    expect([verdict, textOf(validUntil)]).toEqual(['review', '2026-12-20T10:00:00Z']);
  });
});

describe('an answer that rests on the date of a reading', () => {
  const latest = { series: 'pressure', component: 'systolic', within: 'P30D' };
  const dated = [aFact.pressure('pressure'), aFact.derived('latestSystolic', { latest }, { unit: 'mm[Hg]' })];
  const rules = [aRule('high', 'relative', compare('latestSystolic', '>=', 160, 'mm[Hg]'))];

  it('holds to the end of the last day of its window', () => {
    const sent = { pressure: known.series(pressureAt('2026-11-20', 170)) };
    expect(textOf(screened({ facts: dated, rules, sent }).validUntil)).toBe('2026-12-21T00:00:00Z');
  });

  it('holds only until the first day on which it may be over, where the date is a month', () => {
    const sent = { pressure: known.series(pressureAt('2026-11', 170)) };
    expect(textOf(screened({ facts: dated, rules, sent }).validUntil)).toBe('2026-12-02T00:00:00Z');
  });
});

describe('an answer that rests on a date', () => {
  const sent = { attack: known.date('2026-11-01') };

  it.each([
    ['<', '2026-12-13T00:00:00Z'],
    ['<=', '2026-12-14T00:00:00Z'],
    ['>', '2026-12-14T00:00:00Z'],
    ['>=', '2026-12-13T00:00:00Z'],
  ])('by elapsed %s P42D changes at %s', (op, until) => {
    expect(untilOf(aRule('recent', 'relative', elapsed('attack', op, 'P42D')), sent)).toBe(until);
  });

  it('changes at midnight of its own offset', () => {
    const rule = aRule('recent', 'absolute', elapsed('attack', '<=', 'P42D'));
    expect(untilOf(rule, sent, '2026-11-22T09:30:00-11:00')).toBe('2026-12-14T00:00:00-11:00');
  });

  it('changes first where the date begins to be unknown', () => {
    const rule = aRule('recent', 'absolute', elapsed('attack', '<=', 'P42D'));
    expect(untilOf(rule, { attack: known.date('2026-11') })).toBe('2026-12-14T00:00:00Z');
  });

  it('changes never once the time is over', () => {
    const rule = aRule('recent', 'absolute', elapsed('attack', '<=', 'P42D'));
    expect(untilOf(rule, { attack: known.date('2020') })).toBeNull();
  });

  it('changes never where nothing was sent', () => {
    expect(untilOf(aRule('recent', 'absolute', elapsed('attack', '<=', 'P42D')), {})).toBeNull();
  });
});
