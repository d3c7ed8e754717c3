import { describe, expect, it } from 'vitest';
import { calendarDayOf } from '../../../src/values/calendar.js';
import { formatInstant, localDayOf, parseInstant, startOfDay } from '../../../src/values/instant.js';
import { at } from '../../support/builders.js';

describe('parseInstant', () => {
  it.each([
    ['2026-11-22T09:30:00Z', 0],
    ['2026-11-22T23:30:00+14:00', 840],
    ['2026-11-21T22:30:00-11:00', -660],
    ['2026-11-22T15:15:00+05:45', 345],
    ['2026-11-21T19:30:00-14:00', -840],
    ['2026-11-22T09:30:00+00:00', 0],
  ])('reads %s as one moment with its own offset', (text, offsetMinutes) => {
    expect(parseInstant(text)).toEqual({ epochMs: Date.UTC(2026, 10, 22, 9, 30), offsetMinutes });
  });

  it.each([
    ['2026-11-22T09:30:00.2Z', 200],
    ['2026-11-22T09:30:00.25Z', 250],
    ['2026-11-22T09:30:00.007Z', 7],
    ['2026-11-22T09:30:00.999999999Z', 999],
  ])('cuts %s to the millisecond', (text, ms) => {
    expect(at(text).epochMs % 1000).toBe(ms);
  });

  it('takes the leap day, the last second of a day and the first year', () => {
    const texts = ['2024-02-29T00:00:00Z', '2026-11-22T23:59:59Z', '1900-01-01T00:00:00Z'];
    expect(texts.map(parseInstant)).not.toContain(null);
  });

  it.each([
    ['no offset', '2026-11-22T09:30:00'],
    ['a date alone', '2026-11-22'],
    ['24 hours', '2026-11-22T24:00:00Z'],
    ['60 minutes', '2026-11-22T09:60:00Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['30 February', '2026-02-30T09:30:00Z'],
    ['29 February of a common year', '2026-02-29T09:30:00Z'],
    ['month 13', '2026-13-01T09:30:00Z'],
    ['month 0', '2026-00-01T09:30:00Z'],
    ['day 0', '2026-11-00T09:30:00Z'],
    ['the year 1899', '1899-12-31T23:59:59Z'],
    ['an offset beyond 14 hours', '2026-11-22T09:30:00+14:01'],
    ['an offset beyond -14 hours', '2026-11-22T09:30:00-14:01'],
    ['an offset of 60 minutes', '2026-11-22T09:30:00+05:60'],
    ['an offset without a colon', '2026-11-22T09:30:00+0545'],
    ['small letters', '2026-11-22t09:30:00z'],
    ['a blank for the T', '2026-11-22 09:30:00Z'],
    ['no seconds', '2026-11-22T09:30Z'],
    ['a fraction without digits', '2026-11-22T09:30:00.Z'],
    ['ten digits of a second', '2026-11-22T09:30:00.0123456789Z'],
    ['a line break at the end', '2026-11-22T09:30:00Z\n'],
    ['a five-digit year', '12026-11-22T09:30:00Z'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('formatInstant', () => {
  it.each([
    '2026-11-22T09:30:00Z',
    '2026-11-22T23:30:00+14:00',
    '2026-11-21T22:30:00-11:00',
    '2026-11-22T15:15:00+05:45',
    '2026-11-22T09:30:00.250Z',
    '2026-11-22T00:00:00.007-03:30',
    '1900-01-01T00:00:00Z',
    '1969-12-31T23:59:59.999Z',
    '2024-02-29T23:59:59+01:00',
    '9999-12-31T23:59:59.999Z',
  ])('writes %s back as it was read', (text) => {
    expect(formatInstant(at(text))).toBe(text);
  });

  it('writes milliseconds with three digits, and only where there are some', () => {
    expect(formatInstant(at('2026-11-22T09:30:00.1Z'))).toBe('2026-11-22T09:30:00.100Z');
    expect(formatInstant(at('2026-11-22T09:30:00.000Z'))).toBe('2026-11-22T09:30:00Z');
  });

  it('has one text for an offset of nought', () => {
    expect(formatInstant(at('2026-11-22T09:30:00-00:00'))).toBe('2026-11-22T09:30:00Z');
  });
});

describe('the day of an instant', () => {
  it.each([
    ['2026-11-22T23:59:59.999Z', 22],
    ['2026-11-22T00:00:00Z', 22],
    ['2026-11-23T01:00:00+14:00', 23],
    ['2026-11-21T20:00:00-11:00', 21],
  ])('of %s is that of its own offset', (text, day) => {
    expect(calendarDayOf(localDayOf(at(text))).day).toBe(day);
  });

  it('begins at midnight of the offset', () => {
    const instant = at('2026-11-22T15:15:00+05:45');
    const start = startOfDay(localDayOf(instant), instant.offsetMinutes);
    expect(formatInstant({ ...instant, epochMs: start })).toBe('2026-11-22T00:00:00+05:45');
  });
});
