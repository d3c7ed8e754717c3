import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/values/json.js';
import { known, pressureAt } from '../../support/builders.js';
import { faultsOf, readSmall, valueOf } from './read-small.js';

const reading: JsonObject = { systolic: 168, diastolic: 96, takenAt: '2026-11-20T10:00:00Z' };

const without = (key: string): JsonObject =>
  Object.fromEntries(Object.entries(reading).filter(([name]) => name !== key));

describe('a reading is read', () => {
  it.each<[string, JsonObject, ReturnType<typeof pressureAt>]>([
    ['in the unit of the dictionary', {}, pressureAt('2026-11-20T10:00:00Z', 168, 96)],
    ['with that unit named', { unit: 'mm[Hg]' }, pressureAt('2026-11-20T10:00:00Z', 168, 96)],
    [
      'in kPa, to six decimals',
      { systolic: 22.4, diastolic: 12.8, unit: 'kPa' },
      pressureAt('2026-11-20T10:00:00Z', 168.014281, 96.008161),
    ],
    [
      'with a component that could not be read',
      { diastolic: null },
      pressureAt('2026-11-20T10:00:00Z', 168, null),
    ],
    [
      'at its moment in UTC, cut to the millisecond',
      { takenAt: '2026-11-20T23:30:00.1239+14:00' },
      pressureAt('2026-11-20T09:30:00.123Z', 168, 96),
    ],
    [
      'at the very moment of asOf',
      { takenAt: '2026-11-22T12:00:00Z' },
      pressureAt('2026-11-22T12:00:00Z', 168, 96),
    ],
    ['on a day', { takenAt: '2026-11-22' }, pressureAt('2026-11-22', 168, 96)],
    ['in a month', { takenAt: '2026-11' }, pressureAt('2026-11', 168, 96)],
    ['in a year', { takenAt: '2026' }, pressureAt('2026', 168, 96)],
    [
      'of which nothing could be read, in its place',
      { systolic: null, diastolic: null },
      pressureAt('2026-11-20T10:00:00Z', null, null),
    ],
  ])('%s', (_what, change, expected) => {
    expect(valueOf('pressure', [{ ...reading, ...change }])).toEqual(known.series(expected));
  });

  it('of a series that is empty as a series without readings', () => {
    expect(valueOf('pressure', [])).toEqual(known.series());
  });
});

describe('a reading is refused', () => {
  it.each<[string, JsonValue, string[]]>([
    ['with text for a number', { ...reading, systolic: '168' }, ['wrong-type /facts/pressure/0/systolic']],
    [
      'with a quantity for a number',
      { ...reading, systolic: { value: 168, unit: 'mm[Hg]' } },
      ['wrong-type /facts/pressure/0/systolic'],
    ],
    [
      'outside the physical range',
      { ...reading, systolic: 1500 },
      ['out-of-range /facts/pressure/0/systolic'],
    ],
    [
      'outside the range once converted',
      { ...reading, systolic: 168, unit: 'kPa', diastolic: 12 },
      ['out-of-range /facts/pressure/0/systolic'],
    ],
    ['with systolic at diastolic', { ...reading, diastolic: 168 }, ['out-of-range /facts/pressure/0']],
    ['with systolic below diastolic', { ...reading, diastolic: 170 }, ['out-of-range /facts/pressure/0']],
    [
      'in a unit that is not accepted',
      { ...reading, unit: 'mmHg' },
      ['unit-not-accepted /facts/pressure/0/unit'],
    ],
    ['with null for a unit', { ...reading, unit: null }, ['unit-not-accepted /facts/pressure/0/unit']],
    ['without its time', without('takenAt'), ['missing-key /facts/pressure/0']],
    ['without a component', without('diastolic'), ['missing-key /facts/pressure/0']],
    ['with an unknown key', { ...reading, pulse: 70 }, ['unknown-key /facts/pressure/0/pulse']],
    [
      'with a key named like a member of every object',
      { ...reading, toString: 70 },
      ['unknown-key /facts/pressure/0/toString'],
    ],
    [
      'after asOf by a millisecond',
      { ...reading, takenAt: '2026-11-22T12:00:00.001Z' },
      ['after-as-of /facts/pressure/0/takenAt'],
    ],
    ['on a day after asOf', { ...reading, takenAt: '2026-11-23' }, ['after-as-of /facts/pressure/0/takenAt']],
    [
      'at a time without an offset',
      { ...reading, takenAt: '2026-11-20T10:00:00' },
      ['not-a-time /facts/pressure/0/takenAt'],
    ],
    [
      'at a time that does not exist',
      { ...reading, takenAt: '2026-02-30T10:00:00Z' },
      ['not-a-time /facts/pressure/0/takenAt'],
    ],
    ['at no time', { ...reading, takenAt: null }, ['not-a-time /facts/pressure/0/takenAt']],
    ['as nothing', null, ['wrong-type /facts/pressure/0']],
    [
      'with four faults, all told',
      { systolic: 'high', takenAt: 'noon', pulse: 70 },
      [
        'unknown-key /facts/pressure/0/pulse',
        'not-a-time /facts/pressure/0/takenAt',
        'wrong-type /facts/pressure/0/systolic',
        'missing-key /facts/pressure/0',
      ],
    ],
  ])('%s', (_what, sent, faults) => {
    expect(faultsOf({ pressure: [sent] })).toEqual(faults);
  });

  it('at its own place among others', () => {
    const sent = [reading, { ...reading, takenAt: '2026-11-20T10:05:00Z', systolic: 1500 }];
    expect(faultsOf({ pressure: sent })).toEqual(['out-of-range /facts/pressure/1/systolic']);
  });

  it('as one of more than 200', () => {
    const many = Array.from({ length: 201 }, () => reading);
    expect(faultsOf({ pressure: many })).toEqual(['too-long /facts/pressure']);
    expect(faultsOf({ pressure: many.slice(1) })).toEqual([]);
  });
});

describe('readings of one time', () => {
  const same = { ...reading };

  it('that are equal are one, and the answer says so', () => {
    const read = readSmall({ pressure: [reading, same] });
    expect(read.facts.pressure).toEqual(known.series(pressureAt('2026-11-20T10:00:00Z', 168, 96)));
    expect(read.dataQuality).toMatchObject([{ pointer: '/facts/pressure', code: 'duplicate-reading' }]);
  });

  it('that differ are one, unknown where they differ, and the answer says so', () => {
    const read = readSmall({ pressure: [reading, { ...same, systolic: 128 }] });
    expect(read.facts.pressure).toEqual(known.series(pressureAt('2026-11-20T10:00:00Z', null, 96)));
    expect(read.dataQuality).toMatchObject([{ pointer: '/facts/pressure', code: 'conflicting-readings' }]);
  });

  it('of which one could not be read are unknown there', () => {
    const read = readSmall({ pressure: [reading, { ...same, diastolic: null }] });
    expect(read.facts.pressure).toEqual(known.series(pressureAt('2026-11-20T10:00:00Z', 168, null)));
  });

  it('are one, though written in other offsets', () => {
    const elsewhere = { ...same, takenAt: '2026-11-20T05:00:00-05:00' };
    expect(readSmall({ pressure: [reading, elsewhere] }).dataQuality).toHaveLength(1);
  });

  it('and readings of other times stay apart', () => {
    const later = { ...same, takenAt: '2026-11-20T10:00:00.001Z' };
    const read = readSmall({ pressure: [later, reading] });
    expect(read.dataQuality).toEqual([]);
    expect(read.facts.pressure).toEqual(readSmall({ pressure: [reading, later] }).facts.pressure);
  });
});
