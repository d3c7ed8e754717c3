import { describe, expect, it } from 'vitest';
import { addMonths, calendarDayOf, dayNumberOf, lastDayOfMonth } from '../../../src/values/calendar.js';

const dayOf = (text: string): number => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return dayNumberOf({ year, month, day });
};

const textOf = (day: number): string => {
  const { year, month, day: ofMonth } = calendarDayOf(day);
  return [year, month, ofMonth].join('-');
};

describe('dayNumberOf', () => {
  it('counts from 1970-01-01', () => {
    expect([dayOf('1969-12-31'), dayOf('1970-01-01'), dayOf('1970-01-02')]).toEqual([-1, 0, 1]);
  });

  it('counts the leap day', () => {
    expect(dayOf('2024-03-01') - dayOf('2024-02-28')).toBe(2);
    expect(dayOf('2026-03-01') - dayOf('2026-02-28')).toBe(1);
  });

  it.each(['1900-01-01', '1969-12-31', '2000-02-29', '2026-11-22', '9999-12-31'])(
    'is undone by calendarDayOf for %s',
    (text) => {
      expect(textOf(dayOf(text))).toBe(text.replaceAll('-0', '-'));
    },
  );
});

describe('the last day of a month', () => {
  it.each([
    [2026, 1, 31],
    [2026, 2, 28],
    [2024, 2, 29],
    [1900, 2, 28],
    [2000, 2, 29],
    [2100, 2, 28],
    [2026, 4, 30],
    [2026, 12, 31],
  ])('%i-%i has %i days', (year, month, days) => {
    expect(lastDayOfMonth(year, month)).toBe(days);
  });
});

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-2-28'],
    ['2024-01-31', 1, '2024-2-29'],
    ['2026-01-30', 1, '2026-2-28'],
    ['2026-02-28', 1, '2026-3-28'],
    ['2026-05-31', 6, '2026-11-30'],
    ['2026-11-22', 1, '2026-12-22'],
    ['2026-12-31', 2, '2027-2-28'],
    ['2024-02-29', 12, '2025-2-28'],
    ['2024-02-29', 48, '2028-2-29'],
    ['2023-02-28', 12, '2024-2-28'],
    ['2026-11-22', 14, '2028-1-22'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(textOf(addMonths(dayOf(from), months))).toBe(to);
  });
});
