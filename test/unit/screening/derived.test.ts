import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/screening/facts.js';
import type { JsonObject } from '../../../src/values/json.js';
import type { Truth } from '../../../src/values/truth.js';
import { aFact, compare, known } from '../../support/builders.js';
import { truthOf } from './small-screen.js';

const facts = [
  aFact.boolean('a'),
  aFact.code('route', ['oral', 'nasal', 'topical']),
  aFact.number('age', { unit: 'a', range: { min: 0, max: 130 } }),
  aFact.number('dose', { unit: 'mg', range: { min: 0, max: 500 } }),
  aFact.number('weight', { unit: 'kg', range: { min: 1, max: 400 } }),
  aFact.derived('perKilo', { ratio: [{ fact: 'dose' }, { fact: 'weight' }] }, { unit: 'mg/kg' }),
  aFact.derived('banded', {
    points: { fact: 'age', bands: [{ points: 0 }, { from: 65, points: 1 }, { above: 75, points: 4 }] },
  }),
  aFact.derived('score', {
    sum: [
      { points: { fact: 'a', true: 2, false: 0 } },
      { points: { fact: 'route', answers: { oral: 0, nasal: 3, topical: 1 } } },
      { fact: 'banded' },
    ],
  }),
  aFact.derived('rest', {
    sum: [{ number: 9, unit: '1' }, { product: [{ number: -1, unit: '1' }, { fact: 'score' }] }],
  }),
];

const truth = (criterion: JsonObject, sent: Facts): Truth | undefined => truthOf({ facts, criterion, sent });

const { yes, no } = known;

describe('points of a number', () => {
  it.each([
    [64.9, 0],
    [65, 1],
    [75, 1],
    [75.1, 4],
  ])('at %d are %i', (age, points) => {
    const sent = { age: known.number(age) };
    expect(truth(compare('banded', '>=', Math.max(points, 0.5)), sent)).toBe(points > 0 ? 'true' : 'false');
    expect(truth(compare('banded', '<=', Math.min(points, 3)), sent)).toBe(points < 4 ? 'true' : 'false');
  });

  it('known in part are those of every band that it touches', () => {
    const sent: Facts = { age: { kind: 'number', low: 60, high: 75 } };
    expect(truth(compare('banded', '<', 4), sent)).toBe('true');
    expect(truth(compare('banded', '<', 1), sent)).toBe('unknown');
  });
});

describe('a score', () => {
  const atLeastSix = compare('score', '>=', 6);

  it('is unknown while its parts could still go either way', () => {
    expect(truth(atLeastSix, { a: yes })).toBe('unknown');
  });

  it('is decided as soon as the known parts reach the limit', () => {
    expect(truth(atLeastSix, { a: yes, age: known.number(80) })).toBe('true');
  });

  it('is decided as soon as the unknown parts cannot reach the limit', () => {
    expect(truth(atLeastSix, { a: no, age: known.number(40) })).toBe('false');
  });

  it('takes every answer of a code that is unknown into account', () => {
    const sent = { a: no, age: known.number(70) };
    expect(truth(compare('score', '>=', 4), sent)).toBe('unknown');
    expect(truth(compare('score', '>', 4), sent)).toBe('false');
  });

  it('taken from a number turns its interval round', () => {
    expect(truth(compare('rest', '<=', 3), { a: yes, age: known.number(80) })).toBe('true');
    expect(truth(compare('rest', '<=', 3), { a: yes })).toBe('unknown');
  });
});

describe('a dose by weight', () => {
  const high = compare('perKilo', '>=', 0.5, 'mg/kg');

  it.each([
    [35, 70, 'true'],
    [34.9999, 70, 'false'],
    [50, 100, 'true'],
  ])('of %d mg and %d kg is at the limit: %s', (dose, weight, expected) => {
    expect(truth(high, { dose: known.number(dose), weight: known.number(weight) })).toBe(expected);
  });

  it('is judged by the physical range of what is not known', () => {
    expect(truth(high, { dose: known.number(200) })).toBe('true');
    expect(truth(high, { dose: known.number(199) })).toBe('unknown');
  });
});
