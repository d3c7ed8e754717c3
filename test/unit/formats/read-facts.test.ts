import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/values/json.js';
import { known } from '../../support/builders.js';
import { faultsOf, readSmall } from './read-small.js';

const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;

describe('a fact that there is not', () => {
  it.each(['anginna', 'Angina', 'angina ', 'heart.disease', '', 'outside-scope'])('%j is refused', (id) => {
    expect(faultsOf({ [id]: true })).toEqual([`unknown-fact /facts/${id}`]);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'])(
    'named %s, like a member of every object, is refused',
    (id) => {
      expect(faultsOf(parsed(`{"${id}":true}`))).toEqual([`unknown-fact /facts/${id}`]);
    },
  );

  it('is named by an escaped pointer', () => {
    expect(faultsOf({ 'a/b~c': true })).toEqual(['unknown-fact /facts/a~1b~0c']);
  });

  it('that is asked and unknown is refused too: a typing error is never "not asked"', () => {
    expect(faultsOf({ anginna: { unknown: 'declined' } })).toEqual(['unknown-fact /facts/anginna']);
  });

  it('that is null is refused all the same: a typing error never reads as not asked', () => {
    expect(faultsOf({ anginna: null })).toEqual(['unknown-fact /facts/anginna']);
  });
});

describe('a derived fact', () => {
  it.each<[JsonValue]>([[166], [{ unknown: 'declined' }], ['166']])('sent as %j is refused', (value) => {
    expect(faultsOf({ meanSystolic: value })).toEqual(['derived-fact /facts/meanSystolic']);
  });
});

describe('a contradiction', () => {
  it('of a gate and its particular is told at both places', () => {
    expect(faultsOf({ heartDisease: false, angina: true })).toEqual([
      'contradiction /facts/angina',
      'contradiction /facts/heartDisease',
    ]);
  });

  it('of a whole and its detail is told at both places', () => {
    expect(faultsOf({ angina: false, lastAttack: '2026-07' })).toEqual([
      'contradiction /facts/lastAttack',
      'contradiction /facts/angina',
    ]);
  });

  it('of a gate and a number above nought is one', () => {
    expect(faultsOf({ heartDisease: false, urgency: 1 })).toHaveLength(2);
  });

  it.each<[string, JsonObject]>([
    ['a gate that is false and a particular that is false', { heartDisease: false, angina: false }],
    [
      'a gate that is false and a particular that is unknown',
      { heartDisease: false, angina: { unknown: 'declined' } },
    ],
    ['a gate that is true and a particular that is false', { heartDisease: true, angina: false }],
    [
      'a gate that is unknown and a particular that is true',
      { heartDisease: { unknown: 'declined' }, angina: true },
    ],
    ['a gate that was not sent and a particular that is true', { angina: true }],
    ['a whole that is false and a detail that is nought', { heartDisease: false, urgency: 0 }],
    ['a whole that is unknown and a detail', { angina: { unknown: 'declined' }, lastAttack: '2026-07' }],
    [
      'a whole that is false and a detail that is unknown',
      { angina: false, lastAttack: { unknown: 'declined' } },
    ],
  ])('is not %s', (_what, facts) => {
    expect(faultsOf(facts)).toEqual([]);
  });

  it('is looked for beside other faults', () => {
    expect(faultsOf({ age: '54', heartDisease: false, angina: true })).toEqual([
      'wrong-type /facts/age',
      'contradiction /facts/angina',
      'contradiction /facts/heartDisease',
    ]);
  });
});

describe('many faults', () => {
  it('are told all at once, each with its place', () => {
    const faults = faultsOf({
      age: '54',
      anginna: true,
      route: 'nasal',
      medicines: ['6813', 7],
      lastAttack: '2027',
      pressure: [{ systolic: 90, diastolic: 96, takenAt: '2026-11-20T10:00:00Z' }, 5],
      urgency: 2.5,
      heartFailure: { unknown: 'lazy' },
      score: 5,
    });
    expect(faults.toSorted()).toEqual([
      'after-as-of /facts/lastAttack',
      'derived-fact /facts/score',
      'out-of-range /facts/pressure/0',
      'unknown-code /facts/route',
      'unknown-fact /facts/anginna',
      'unknown-reason /facts/heartFailure/unknown',
      'wrong-type /facts/age',
      'wrong-type /facts/medicines/1',
      'wrong-type /facts/pressure/1',
      'wrong-type /facts/urgency',
    ]);
  });

  it('never tell a value that was sent', () => {
    const canary = 'canary-4711';
    const { issues } = readSmall({
      age: canary,
      route: canary,
      allergies: [canary],
      lastAttack: canary,
      pressure: [{ takenAt: canary, systolic: canary, diastolic: canary, unit: canary }],
      angina: { unknown: canary },
      urgency: { value: canary, unit: canary },
    });
    expect(issues.length).toBeGreaterThan(6);
    expect(JSON.stringify(issues)).not.toContain(canary);
  });
});

describe('codes that an open list cannot place', () => {
  const read = readSmall({ medicines: { codes: ['9999', '6813', '8123'], complete: true } });

  it('make it incomplete, and stay in it', () => {
    expect(read.facts.medicines).toEqual(known.codes(['6813', '8123', '9999'], false));
  });

  it('are named once each, and in the data quality', () => {
    expect(read.unmapped).toEqual(['8123', '9999']);
    expect(read.dataQuality.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'unplaced-code /facts/medicines',
      'unplaced-code /facts/medicines',
    ]);
  });

  it('are none where every code is known', () => {
    const placed = readSmall({ medicines: ['6813'] });
    expect([placed.facts.medicines, placed.unmapped, placed.dataQuality]).toEqual([
      known.codes(['6813']),
      [],
      [],
    ]);
  });
});
