import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/screening/facts.js';
import { intervalOfNumber } from '../../../src/screening/evaluate-derivation.js';
import { situationAt } from '../../../src/screening/situation.js';
import { indexFacts } from '../../../src/rules/dictionary.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aFact, aRule, aSetOf, at, is, known, pressureAt } from '../../support/builders.js';
import { NOON } from './small-screen.js';

type Asked = { readonly within?: string; readonly sitting?: string; readonly minReadings?: number };

/** The interval of an aggregate of the systolic pressure, as `[low, high]`. The range of the pressure is 20 to 300. */
const intervalOf = (
  aggregate: 'latest' | 'mean' | 'highest' | 'count',
  asked: Asked,
  readings: readonly Reading[] | null,
  asOf = NOON,
): readonly [number, number] => {
  const component = aggregate === 'count' ? {} : { component: 'systolic' };
  const derive: JsonObject = { [aggregate]: { series: 'pressure', within: 'P30D', ...component, ...asked } };
  const unit = aggregate === 'count' ? '1' : 'mm[Hg]';
  const facts = [aFact.pressure('pressure'), aFact.derived('asked', derive, { unit })];
  const body = aSetOf(facts, [aRule('any', 'relative', is('adult'))]);
  const sent = readings === null ? {} : { pressure: known.series(...readings) };
  const { low, high } = intervalOfNumber(situationAt(indexFacts(body.facts), sent, at(asOf)), 'asked');
  return [low, high];
};

const ANY = [20, 300];
const sitting = { sitting: 'PT1H' };

const ten = pressureAt('2026-11-20T10:00:00Z', 160);
const fivePast = pressureAt('2026-11-20T10:05:00Z', 170);
const eleven = pressureAt('2026-11-20T11:00:00Z', 150);
const unread = pressureAt('2026-11-20T10:05:00Z', null);
const old = pressureAt('2026-10-01T10:00:00Z', 190);

describe('the window', () => {
  it.each([
    ['P30D', '2026-12-20T09:59:59.999Z', [160, 160]],
    ['P30D', '2026-12-20T10:00:00Z', ANY],
    ['PT24H', '2026-11-21T09:59:59.999Z', [160, 160]],
    ['PT24H', '2026-11-21T10:00:00Z', ANY],
    ['P1W', '2026-11-27T09:59:59.999Z', [160, 160]],
    ['P1W', '2026-11-27T10:00:00Z', ANY],
  ])('of %s at %s leaves %j', (within, asOf, interval) => {
    expect(intervalOf('mean', { within }, [ten], asOf)).toEqual(interval);
  });

  it.each([
    ['2026-12-20T23:59:59Z', [160, 160]],
    ['2026-12-21T00:00:00Z', ANY],
  ])('of 30 days takes in the whole last day of a date: at %s %j', (asOf, interval) => {
    expect(intervalOf('mean', {}, [pressureAt('2026-11-20', 160)], asOf)).toEqual(interval);
  });

  it('of hours leaves a date unknown while its day may be in it', () => {
    const dated = [pressureAt('2026-11-20', 160)];
    const at24h = (asOf: string): readonly number[] => intervalOf('count', { within: 'PT24H' }, dated, asOf);
    expect(at24h('2026-11-20T23:00:00Z')).toEqual([1, 1]);
    expect(at24h('2026-11-21T12:00:00Z')).toEqual([0, 1]);
    expect(at24h('2026-11-22T00:00:00Z')).toEqual([0, 0]);
  });

  it('counts the day of a date in the offset of asOf', () => {
    const dated = [pressureAt('2026-11-20', 160)];
    expect(intervalOf('mean', {}, dated, '2026-12-21T01:00:00+14:00')).toEqual(ANY);
    expect(intervalOf('mean', {}, dated, '2026-12-20T23:00:00-11:00')).toEqual([160, 160]);
  });
});

describe('the sitting', () => {
  it('takes in readings up to its length before the latest', () => {
    expect(intervalOf('mean', sitting, [ten, fivePast, eleven])).toEqual([160, 160]);
  });

  it('leaves out what lies a millisecond further back', () => {
    const early = pressureAt('2026-11-20T09:59:59.999Z', 190);
    expect(intervalOf('highest', sitting, [early, eleven])).toEqual([150, 150]);
  });

  it('ends with the latest reading, though that cannot be read', () => {
    const late = pressureAt('2026-11-21T10:00:00Z', null);
    expect(intervalOf('mean', sitting, [ten, fivePast, late])).toEqual(ANY);
  });

  it('is not known to hold a reading whose day alone is known', () => {
    const dated = pressureAt('2026-11-20', 100);
    expect(intervalOf('highest', sitting, [dated, ten])).toEqual(ANY);
    expect(intervalOf('count', sitting, [dated, ten])).toEqual([0, 2]);
  });

  it('does not look at the order in which readings stand', () => {
    expect(intervalOf('mean', sitting, [eleven, ten, fivePast])).toEqual([160, 160]);
  });
});

describe('latest', () => {
  it('is the last reading alone', () => {
    expect(intervalOf('latest', {}, [ten, eleven, fivePast])).toEqual([150, 150]);
  });

  it('is any number where the last reading cannot be read, and no older one takes its place', () => {
    expect(intervalOf('latest', {}, [ten, unread])).toEqual(ANY);
  });

  it('is any number where two dates may be the last', () => {
    expect(intervalOf('latest', {}, [pressureAt('2026-11', 120), pressureAt('2026-11-20', 130)])).toEqual(
      ANY,
    );
  });

  it('is known where the day alone tells which is the last', () => {
    expect(intervalOf('latest', {}, [pressureAt('2026-11-19', 120), ten])).toEqual([160, 160]);
  });
});

describe('mean', () => {
  it('is that of the readings that count', () => {
    expect(intervalOf('mean', sitting, [old, ten, fivePast])).toEqual([165, 165]);
  });

  it('lies between what it could be where one cannot be read', () => {
    expect(intervalOf('mean', sitting, [ten, unread])).toEqual([90, 230]);
  });

  it.each([
    [1, [165, 165]],
    [2, [165, 165]],
    [3, ANY],
  ])('with at least %i readings of two is %j', (minReadings, interval) => {
    expect(intervalOf('mean', { ...sitting, minReadings }, [ten, fivePast])).toEqual(interval);
  });

  it('counts a reading that cannot be read towards its least number', () => {
    expect(intervalOf('mean', { ...sitting, minReadings: 2 }, [ten, unread])).toEqual([90, 230]);
  });

  it('lies between all that may count where it is not known which do', () => {
    const readings = [ten, pressureAt('2026-11-20T10:01:00Z', 150), pressureAt('2026-11-20', 140)];
    const interval = intervalOf('mean', { within: 'PT48H' }, readings, '2026-11-22T09:00:00Z');
    expect(interval).toEqual([140, 160]);
  });
});

describe('highest', () => {
  it('is the greatest of the readings that count', () => {
    expect(intervalOf('highest', sitting, [old, ten, fivePast])).toEqual([170, 170]);
  });

  it('may be that of a reading which may count', () => {
    const readings = [ten, pressureAt('2026-11-20', 190)];
    const interval = intervalOf('highest', { within: 'PT48H' }, readings, '2026-11-22T09:00:00Z');
    expect(interval).toEqual([160, 190]);
  });

  it('is at least the greatest that is known where one cannot be read', () => {
    expect(intervalOf('highest', sitting, [ten, unread])).toEqual([160, 300]);
  });
});

describe('count', () => {
  it('is of the readings in the window', () => {
    expect(intervalOf('count', {}, [old, ten, fivePast])).toEqual([2, 2]);
  });

  it('is not sure of one that cannot be read at all', () => {
    const blank: Reading = { ...unread, values: { systolic: null, diastolic: null } };
    expect(intervalOf('count', {}, [ten, blank])).toEqual([1, 2]);
    expect(intervalOf('count', {}, [ten, unread])).toEqual([2, 2]);
  });

  it('is nought where none was taken, and anything where it was not asked', () => {
    expect(intervalOf('count', {}, [])).toEqual([0, 0]);
    expect(intervalOf('count', {}, null)).toEqual([0, 200]);
  });
});

describe('a series that was not sent, or is empty', () => {
  it.each(['latest', 'mean', 'highest'] as const)('leaves %s anything', (aggregate) => {
    expect(intervalOf(aggregate, {}, null)).toEqual(ANY);
    expect(intervalOf(aggregate, {}, [])).toEqual(ANY);
  });
});
