import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/values/truth.js';
import { aFact, elapsed, known } from '../../support/builders.js';
import { truthOf } from './small-screen.js';

type Case = { readonly op: string; readonly duration: string; readonly date: string; readonly asOf: string };

const truth = ({ op, duration, date, asOf }: Case): Truth | undefined =>
  truthOf({
    facts: [aFact.date('attack')],
    criterion: elapsed('attack', op, duration),
    sent: { attack: known.date(date) },
    asOf,
  });

describe('42 days after 1 November are 13 December', () => {
  it.each([
    ['<', 'true', 'false', 'false'],
    ['<=', 'true', 'true', 'false'],
    ['>', 'false', 'false', 'true'],
    ['>=', 'false', 'true', 'true'],
  ])('elapsed %s is %s the day before, %s on the day, %s the day after', (op, before, on, after) => {
    const days = ['2026-12-12T23:59:59Z', '2026-12-13T00:00:00Z', '2026-12-14T00:00:00Z'];
    const truths = days.map((asOf) => truth({ op, duration: 'P42D', date: '2026-11-01', asOf }));
    expect(truths).toEqual([before, on, after]);
  });
});

describe('the day of asOf', () => {
  it.each([
    ['2026-12-13T23:30:00+14:00', 'true'],
    ['2026-12-14T00:30:00+14:00', 'false'],
    ['2026-12-13T23:30:00-11:00', 'true'],
    ['2026-12-14T05:45:00+05:45', 'false'],
  ])('is that of its own offset: %s', (asOf, expected) => {
    expect(truth({ op: '<=', duration: 'P42D', date: '2026-11-01', asOf })).toBe(expected);
  });
});

describe('months and years', () => {
  it.each([
    ['keep the day of the month', 'P6M', '2026-05-22', '2026-11-21T12:00:00Z', 'true'],
    ['keep the day of the month, which is over then', 'P6M', '2026-05-22', '2026-11-22T12:00:00Z', 'false'],
    ['take the last day of a shorter month', 'P1M', '2026-01-31', '2026-02-27T12:00:00Z', 'true'],
    ['take that day, which is over then', 'P1M', '2026-01-31', '2026-02-28T12:00:00Z', 'false'],
    ['go from a leap day to 28 February', 'P12M', '2024-02-29', '2025-02-27T12:00:00Z', 'true'],
    [
      'go from a leap day to 28 February, which is over then',
      'P1Y',
      '2024-02-29',
      '2025-02-28T12:00:00Z',
      'false',
    ],
  ])('%s', (_what, duration, date, asOf, expected) => {
    expect(truth({ op: '<', duration, date, asOf })).toBe(expected);
  });
});

describe('a partial date', () => {
  it.each([
    ['in the month, all of it recent', '2026-11', 'true'],
    ['in the month, of which the first days are not recent', '2026-10', 'unknown'],
    ['in the month, all of it long ago', '2026-09', 'false'],
    ['in the year, of which some days are recent', '2026', 'unknown'],
    ['in the year, all of it long ago', '2025', 'false'],
  ])('known to be %s', (_what, date, expected) => {
    expect(truth({ op: '<=', duration: 'P42D', date, asOf: '2026-11-22T12:00:00Z' })).toBe(expected);
  });
});
