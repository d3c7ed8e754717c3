import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../../../src/values/calendar.js';
import { parsePartialDate } from '../../../src/values/partial-date.js';

const dayOf = (year: number, month: number, day: number): number => dayNumberOf({ year, month, day });

describe('a partial date', () => {
  it('of a day is that day', () => {
    const day = dayOf(2026, 11, 22);
    expect(parsePartialDate('2026-11-22')).toEqual({ first: day, last: day });
  });

  it('of a month runs from its first day to its last', () => {
    expect(parsePartialDate('2026-11')).toEqual({ first: dayOf(2026, 11, 1), last: dayOf(2026, 11, 30) });
  });

  it('of February of a leap year ends on the 29th', () => {
    expect(parsePartialDate('2024-02')).toEqual({ first: dayOf(2024, 2, 1), last: dayOf(2024, 2, 29) });
  });

  it('of a year runs from January to December', () => {
    expect(parsePartialDate('2026')).toEqual({ first: dayOf(2026, 1, 1), last: dayOf(2026, 12, 31) });
  });

  it('may be 29 February of a leap year, and 1 January 1900', () => {
    expect(parsePartialDate('2024-02-29')).not.toBeNull();
    expect(parsePartialDate('1900-01-01')).not.toBeNull();
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2026-04-31',
    '2026-11-00',
    '2026-11-32',
    '2026-00',
    '2026-13',
    '2026-13-01',
    '1899',
    '1899-12-31',
    '0000',
    '26-11-22',
    '2026-1-2',
    '2026-11-22T00:00:00Z',
    '2026-11-22 ',
    '2026-11-22\n',
    ' 2026',
    '2026-',
    '20261122',
    '2026/11/22',
    '',
  ])('is not %j', (text) => {
    expect(parsePartialDate(text)).toBeNull();
  });
});
