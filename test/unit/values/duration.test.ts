import { describe, expect, it } from 'vitest';
import { calendarDayOf, dayNumberOf } from '../../../src/values/calendar.js';
import {
  addToDay,
  DURATION_PATTERN,
  ELAPSED_PATTERN,
  elapsedMs,
  isInDays,
  parseDuration,
} from '../../../src/values/duration.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

describe('parseDuration', () => {
  it.each([
    ['P42D', 'day', 42],
    ['P6W', 'week', 6],
    ['P12M', 'month', 12],
    ['P1Y', 'year', 1],
    ['PT24H', 'hour', 24],
    ['PT30M', 'minute', 30],
    ['P9999D', 'day', 9999],
  ])('reads %s', (text, unit, count) => {
    expect(parseDuration(text)).toEqual({ unit, count });
  });

  it.each(['P', 'PT', '42D', 'P1Y2M', 'P1DT2H', 'PT30S', 'P-1D', 'p1d', 'P1.5D', ''])(
    'throws at %j, which no checked rule holds',
    (text) => {
      expect(() => parseDuration(text)).toThrow(RangeError);
    },
  );
});

describe('the forms of a duration', () => {
  it.each(['P1D', 'P9999Y', 'P6M', 'P6W', 'PT1H', 'PT90M'])('%s is one', (text) => {
    expect(DURATION_PATTERN.test(text)).toBe(true);
  });

  it.each(['P0D', 'P01D', 'P10000D', 'PT1D', 'P1H', 'PT1W', 'P1Y6M', 'P1D ', ' P1D'])(
    '%j is none',
    (text) => {
      expect(DURATION_PATTERN.test(text)).toBe(false);
    },
  );

  it('are elapsed time but for months and years', () => {
    const texts = ['P30D', 'P6W', 'PT24H', 'PT30M', 'P6M', 'P1Y'];
    expect(texts.map((text) => ELAPSED_PATTERN.test(text))).toEqual([true, true, true, true, false, false]);
  });
});

describe('isInDays', () => {
  it('holds for days, weeks, months and years only', () => {
    const texts = ['P1D', 'P1W', 'P1M', 'P1Y', 'PT24H', 'PT1440M'];
    expect(texts.map((text) => isInDays(parseDuration(text)))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('addToDay', () => {
  it.each([
    ['P42D', { year: 2024, month: 4, day: 11 }],
    ['P6W', { year: 2024, month: 4, day: 11 }],
    ['P1M', { year: 2024, month: 3, day: 29 }],
    ['P12M', { year: 2025, month: 2, day: 28 }],
    ['P1Y', { year: 2025, month: 2, day: 28 }],
    ['P4Y', { year: 2028, month: 2, day: 29 }],
  ])('%s after 29 February 2024', (text, day) => {
    const leapDay = dayNumberOf({ year: 2024, month: 2, day: 29 });
    expect(calendarDayOf(addToDay(leapDay, parseDuration(text)))).toEqual(day);
  });

  it.each(['PT24H', 'PT30M'])('throws for %s, which has no day', (text) => {
    expect(() => addToDay(0, parseDuration(text))).toThrow(RangeError);
  });
});

describe('elapsedMs', () => {
  it.each([
    ['PT30M', 30 * MINUTE],
    ['PT24H', DAY],
    ['P30D', 30 * DAY],
    ['P6W', 42 * DAY],
  ])('%s is %i milliseconds', (text, ms) => {
    expect(elapsedMs(parseDuration(text))).toBe(ms);
  });

  it.each(['P1M', 'P1Y'])('throws for %s, which has no length of its own', (text) => {
    expect(() => elapsedMs(parseDuration(text))).toThrow(RangeError);
  });
});
