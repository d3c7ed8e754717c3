import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/screening/evidence.js';
import type { Facts } from '../../../src/screening/facts.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aFact, compare, elapsed, is, known, pressureAt } from '../../support/builders.js';
import { screenedBy } from './small-screen.js';

const pressure = (aggregate: string, more: JsonObject = {}): JsonObject => ({
  [aggregate]: { series: 'pressure', component: 'systolic', within: 'P30D', ...more },
});

const facts = [
  ...['a', 'b', 'c'].map((id) => aFact.boolean(id)),
  aFact.number('age', { unit: 'a', range: { min: 0, max: 130 } }),
  aFact.code('route', ['oral', 'nasal', 'topical']),
  aFact.codeList('drugs', ['x', 'y', 'z']),
  aFact.date('attack'),
  aFact.pressure('pressure'),
  aFact.derived('mean', pressure('mean', { sitting: 'PT1H' }), { unit: 'mm[Hg]', label: 'mean systolic' }),
  aFact.derived('readings', { count: { series: 'pressure', within: 'P30D' } }),
  aFact.derived('score', {
    sum: [
      { points: { fact: 'a', true: 2, false: 0 } },
      { points: { fact: 'route', answers: { oral: 0, nasal: 3, topical: 0 } } },
      { points: { fact: 'age', bands: [{ points: 0 }, { from: 65, points: 1 }] } },
    ],
  }),
  aFact.derived('risk', { product: [{ fact: 'score' }, { number: 2, unit: '1' }] }),
];

const of = (criterion: JsonObject, sent: Facts): readonly Evidence[] =>
  screenedBy({ facts, criterion, sent }).reasons[0]?.evidence ?? [];

const testsOf = (criterion: JsonObject, sent: Facts): readonly string[] =>
  of(criterion, sent).map(({ test }) => test);

const { yes, no } = known;

describe('the evidence', () => {
  it('of any is what was true of it, and nothing else', () => {
    expect(testsOf({ any: [is('a'), is('b'), is('c')] }, { a: no, c: yes })).toEqual(['c is true']);
  });

  it('of all is every part', () => {
    expect(testsOf({ all: [is('a'), is('b', false)] }, { a: yes, b: no })).toEqual([
      'a is true',
      'b is false',
    ]);
  });

  it('of not says so', () => {
    expect(of({ not: is('a') }, { a: no })).toEqual([{ fact: 'a', value: false, test: 'not: a is true' }]);
  });

  it('of not any is every part that is false', () => {
    const tests = testsOf({ not: { any: [is('a'), is('b')] } }, { a: no, b: no });
    expect(tests).toEqual(['not: a is true', 'not: b is true']);
  });

  it('of not all is one part that is false', () => {
    expect(testsOf({ not: { all: [is('a'), is('b')] } }, { a: no })).toEqual(['not: a is true']);
  });

  it('of a not inside a not is the test itself', () => {
    expect(testsOf({ not: { not: is('a') } }, { a: yes })).toEqual(['a is true']);
  });

  it('of atLeast is every part that is true', () => {
    const criterion = { atLeast: 2, of: [is('a'), is('b'), is('c')] };
    expect(testsOf(criterion, { a: yes, c: yes })).toEqual(['a is true', 'c is true']);
  });

  it('stands in the order of the text, each piece once', () => {
    const criterion = { all: [is('b'), { any: [is('a'), is('b')] }] };
    expect(testsOf(criterion, { a: yes, b: yes })).toEqual(['b is true', 'a is true']);
  });
});

describe('the value that is shown', () => {
  it('of a number has its unit', () => {
    expect(of(compare('age', '>=', 65, 'a'), { age: known.number(70) })).toEqual([
      { fact: 'age', value: 70, unit: 'a', test: 'age >= 65' },
    ]);
  });

  it('of a number that is known in part has both ends', () => {
    const [evidence] = of(compare('age', '>=', 65, 'a'), { age: { kind: 'number', low: 66, high: 70 } });
    expect(evidence?.value).toEqual({ low: 66, high: 70 });
  });

  it('of a code is the code', () => {
    expect(of({ fact: 'route', in: ['nasal', 'oral'] }, { route: known.code('oral') })).toEqual([
      { fact: 'route', value: 'oral', test: 'route in nasal, oral' },
    ]);
  });

  it('of a list is its codes', () => {
    expect(of({ fact: 'drugs', includesAny: ['x', 'z'] }, { drugs: known.codes(['y', 'z']) })).toEqual([
      { fact: 'drugs', value: ['y', 'z'], test: 'drugs includes any of x, z' },
    ]);
  });

  it('of a date is as it was sent', () => {
    expect(of(elapsed('attack', '<=', 'P42D'), { attack: known.date('2026-11') })).toEqual([
      { fact: 'attack', value: '2026-11', test: 'attack elapsed <= P42D' },
    ]);
  });
});

describe('the evidence from a derived number', () => {
  const readings = known.series(
    pressureAt('2026-11-20T10:00:00Z', 168),
    pressureAt('2026-11-20T10:05:00Z', 164),
  );

  it('names the series, the number that was made of it, and its label', () => {
    expect(of(compare('mean', '>=', 160, 'mm[Hg]'), { pressure: readings })).toEqual([
      {
        fact: 'pressure',
        value: 166,
        unit: 'mm[Hg]',
        test: 'mean systolic >= 160',
        derived: { fact: 'mean', value: 166, unit: 'mm[Hg]' },
      },
    ]);
  });

  it('of a count has no unit of a component', () => {
    const [evidence] = of(compare('readings', '>=', 2), { pressure: readings });
    expect([evidence?.value, evidence?.unit]).toEqual([2, undefined]);
  });

  it('names every known part of a score, with the score between its ends', () => {
    const evidence = of(compare('score', '>=', 5), { a: yes, route: known.code('nasal') });
    expect(evidence.map(({ fact, value }) => [fact, value])).toEqual([
      ['a', true],
      ['route', 'nasal'],
    ]);
    expect(evidence[0]?.derived).toEqual({ fact: 'score', value: { low: 5, high: 6 }, unit: '1' });
  });

  it('of a derived number goes down to what was sent', () => {
    const sent = { a: yes, route: known.code('nasal'), age: known.number(70) };
    const evidence = of(compare('risk', '>=', 12), sent);
    expect(evidence.map(({ fact }) => fact)).toEqual(['a', 'route', 'age']);
    expect(evidence[2]).toMatchObject({ value: 70, unit: 'a', derived: { fact: 'risk', value: 12 } });
  });
});
