import { describe, expect, it } from 'vitest';
import { naiveScreen, type NaiveFact, type NaiveScreening, type Truth } from './naive.js';

const NOON = '2026-11-22T12:00:00Z';
const yes = { kind: 'boolean', value: true };
const no = { kind: 'boolean', value: false };
const declined = { kind: 'unknown', reason: 'declined' };
const exactly = (n: number) => ({ kind: 'number', low: n, high: n });
const date = (value: string) => ({ kind: 'date', value });
const is = (fact: string, value = true) => ({ fact, is: value });

const bp = {
  systolic: { unit: 'mm[Hg]', range: { min: 40, max: 300 } },
  diastolic: { range: { min: 20, max: 200 } },
};
const derived = (id: string, derive: object) => ({ id, type: 'derived', derive });
const agg = { series: 'bp', component: 'systolic', within: 'P30D' };
const FACTS = [
  ...['adult', 'a', 'b', 'c'].map((id) => ({ id, type: 'boolean' })),
  { id: 'cardiac', type: 'boolean', gate: ['angina', 'failure'] },
  { id: 'angina', type: 'boolean' },
  { id: 'failure', type: 'boolean' },
  { id: 'age', type: 'number', unit: 'a', range: { min: 0, max: 130 } },
  { id: 'route', type: 'code', options: [{ code: 'oral' }, { code: 'iv' }, { code: 'nasal' }] },
  { id: 'medicines', type: 'codeList', open: true, options: [] },
  { id: 'surgery', type: 'date' },
  { id: 'bp', type: 'series', components: bp },
  derived('latest', { latest: agg }),
  derived('mean', { mean: { ...agg, sitting: 'PT1H', minReadings: 2 } }),
  derived('highest', { highest: agg }),
  derived('readings', { count: { series: 'bp', within: 'P30D' } }),
  derived('monthOld', { count: { series: 'bp', within: 'P1M' } }),
  derived('score', {
    sum: [
      { points: { fact: 'a', true: 2, false: 0 } },
      { points: { fact: 'route', answers: { oral: 0, iv: 3, nasal: 1 } } },
      { points: { fact: 'age', bands: [{ points: 0 }, { from: 65, points: 1 }, { above: 75, points: 4 }] } },
    ],
  }),
  derived('rate', {
    ratio: [{ number: 1, unit: '1' }, { sum: [{ fact: 'age' }, { number: 1, unit: 'a' }] }],
  }),
];
type Facts = Record<string, NaiveFact>;
const rule = (id: string, severity: string, criterion: object) => ({ id, severity, criterion });
const screen = (
  rules: object[],
  facts: Facts,
  asOf = NOON,
  criterion: object = is('adult'),
): NaiveScreening =>
  naiveScreen({ scope: { criterion }, facts: FACTS, rules }, { adult: yes, ...facts }, asOf);
const truth = (criterion: object, facts: Facts, asOf = NOON): Truth | undefined =>
  screen([rule('r', 'precaution', criterion)], facts, asOf).truths.r;
const compare = (fact: string, op: string, value: number) => ({ fact, compare: op, value, unit: '1' });
const reading = (takenAt: string, systolic: number | null) => ({
  takenAt,
  values: { systolic, diastolic: null },
});
const series = (...readings: object[]) => ({ kind: 'series', readings });

describe('naiveScreen', () => {
  it('is Kleene', () => {
    const facts = { a: yes, b: no };
    expect(truth({ all: [is('a'), is('c')] }, facts)).toBe('unknown');
    expect(truth({ all: [is('b'), is('c')] }, facts)).toBe('false');
    expect(truth({ any: [is('a'), is('c')] }, facts)).toBe('true');
    expect(truth({ not: is('c') }, facts)).toBe('unknown');
    expect(truth({ atLeast: 2, of: [is('a'), is('b'), is('c')] }, facts)).toBe('unknown');
    expect(truth({ atLeast: 3, of: [is('a'), is('b'), is('c')] }, facts)).toBe('false');
    expect(truth({ atLeast: 1, of: [is('a'), is('b'), is('c')] }, facts)).toBe('true');
    expect(truth({ any: [is('c'), is('c', false)] }, facts)).toBe('unknown');
  });

  it('decides on an interval score before every item is known', () => {
    const facts = { a: yes, route: { kind: 'code', value: 'iv' } };
    expect(truth(compare('score', '>=', 5), facts)).toBe('true');
    expect(truth(compare('score', '>=', 6), facts)).toBe('unknown');
    expect(truth(compare('score', '>', 9), facts)).toBe('false');
    expect(truth(compare('score', '>=', 10), { ...facts, age: exactly(75) })).toBe('false');
    expect(screen([rule('r', 'absolute', compare('score', '>=', 6))], facts).missing).toEqual([
      { fact: 'age', couldMake: 'ineligible', rules: ['r'] },
    ]);
  });

  it('takes the bands at and above their bounds', () => {
    const at = (age: number) => ({ a: no, route: { kind: 'code', value: 'oral' }, age: exactly(age) });
    expect(truth(compare('score', '<', 1), at(64.9))).toBe('true');
    expect(truth(compare('score', '<=', 1), at(75))).toBe('true');
    expect(truth(compare('score', '>=', 4), at(75.1))).toBe('true');
  });

  it('rounds a ratio to 6 decimals', () => {
    expect(truth(compare('rate', '<=', 0.333333), { age: exactly(2) })).toBe('true');
    expect(truth(compare('rate', '>', 1), {})).toBe('false');
  });

  it('lets no older reading take the place of an unreadable latest one', () => {
    const facts = { bp: series(reading('2026-11-20T10:00:00Z', 120), reading('2026-11-21T10:00:00Z', null)) };
    expect(truth(compare('latest', '>', 160), facts)).toBe('unknown');
    expect(truth(compare('highest', '>=', 120), facts)).toBe('true');
    expect(truth(compare('highest', '>', 120), facts)).toBe('unknown');
    expect(truth(compare('readings', '>=', 1), facts)).toBe('true');
    expect(truth(compare('readings', '>=', 2), facts)).toBe('unknown');
    const stale = { bp: series(reading('2026-10-23T12:00:00Z', 120)) };
    expect(truth(compare('latest', '>', 160), stale)).toBe('unknown');
    expect(truth(compare('latest', '>', 160), { bp: series(reading('2026-10-23T12:00:00.001Z', 120)) })).toBe(
      'false',
    );
  });

  it('takes the mean of the latest sitting', () => {
    const [early, first, second] = ['2026-11-20T08:00:00Z', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'];
    const facts = (v: number | null) => ({
      bp: series(reading(early, 300), reading(first, 150), reading(second, v)),
    });
    expect(truth(compare('mean', '>=', 160), facts(170))).toBe('true');
    expect(truth(compare('mean', '>', 160), facts(170))).toBe('false');
    expect(truth(compare('mean', '>', 225), facts(null))).toBe('false');
    expect(truth(compare('mean', '<', 95), facts(null))).toBe('false');
    expect(truth(compare('mean', '>', 160), { bp: series(reading(first, 150)) })).toBe('unknown');
  });

  it('takes the whole interval where a dated reading may or may not be a member', () => {
    const facts = { bp: series(reading('2026-11', 200), reading('2026-11-20T10:00:00Z', 120)) };
    expect(truth(compare('latest', '>', 210), facts)).toBe('unknown');
    expect(truth(compare('highest', '<=', 200), facts)).toBe('true');
    expect(truth(compare('readings', '>=', 2), { bp: series(reading('2026-10', 200)) })).toBe('false');
    expect(truth(compare('readings', '>=', 1), { bp: series(reading('2026-10', 200)) })).toBe('unknown');
    expect(truth(compare('readings', '>=', 1), { bp: series(reading('2026-10-23', 200)) })).toBe('true');
  });

  it('reads a list as a set that may not be complete', () => {
    const test = { fact: 'medicines', includesAny: ['8123', '9'] };
    const medicines = (codes: string[], complete: boolean) => ({
      medicines: { kind: 'codeList', codes, complete },
    });
    expect(truth(test, medicines(['1', '8123'], false))).toBe('true');
    expect(truth(test, medicines(['1'], false))).toBe('unknown');
    expect(truth(test, medicines(['1'], true))).toBe('false');
    expect(truth(test, {})).toBe('unknown');
  });

  it('fills from a gate only what was not sent', () => {
    expect(truth(is('angina'), { cardiac: no })).toBe('false');
    expect(truth(is('angina'), { cardiac: no, angina: declined })).toBe('unknown');
    expect(truth(is('angina'), { cardiac: no, angina: yes })).toBe('true');
    expect(truth(is('angina'), { cardiac: yes })).toBe('unknown');
    const facts = (of: Facts) => screen([rule('r', 'absolute', is('angina'))], of).missing.map((m) => m.fact);
    expect(facts({})).toEqual(['cardiac', 'angina']);
    expect(facts({ angina: declined })).toEqual(['angina']);
    expect(facts({ cardiac: declined })).toEqual(['angina', 'cardiac']);
    expect(facts({ cardiac: yes })).toEqual(['angina']);
  });

  it('judges elapsed time by the day of asOf in its own offset', () => {
    const test = { fact: 'surgery', elapsed: '<', duration: 'P30D' };
    const facts = { surgery: date('2026-10-24') };
    expect(truth(test, facts, '2026-11-22T23:59:59.999+14:00')).toBe('true');
    expect(truth(test, facts, '2026-11-23T00:00:00+14:00')).toBe('false');
    expect(truth(test, facts, '2026-11-22T10:00:00Z')).toBe('true');
    expect(truth(test, facts, '2026-11-22T23:00:00-11:00')).toBe('true');
    expect(truth({ ...test, elapsed: '<=' }, facts, '2026-11-23T00:00:00+14:00')).toBe('true');
  });

  it('takes the last day of a shorter month', () => {
    const test = (duration: string) => ({ fact: 'surgery', elapsed: '>=', duration });
    expect(truth(test('P1M'), { surgery: date('2026-01-31') }, '2026-02-28T00:00:00Z')).toBe('true');
    expect(truth(test('P1M'), { surgery: date('2026-01-31') }, '2026-02-27T23:59:59Z')).toBe('false');
    expect(truth(test('P1Y'), { surgery: date('2024-02-29') }, '2025-02-28T00:00:00Z')).toBe('true');
    expect(truth(test('P4Y'), { surgery: date('2024-02-29') }, '2028-02-28T00:00:00Z')).toBe('false');
    expect(truth(test('P13M'), { surgery: date('2025-12-31') }, '2027-01-31T00:00:00Z')).toBe('true');
  });

  it('counts a window of months in the offset of asOf', () => {
    const facts = { bp: series(reading('2026-01-30T20:00:00Z', 120)) }; // the 31st at +05:00
    const one = compare('monthOld', '>=', 1);
    expect(truth(one, facts, '2026-02-28T19:59:59.999Z')).toBe('true');
    expect(truth(one, facts, '2026-02-28T20:00:00Z')).toBe('false');
    expect(truth(one, facts, '2026-02-28T00:59:59.999+05:00')).toBe('true');
    expect(truth(one, facts, '2026-02-28T01:00:00+05:00')).toBe('false');
  });

  it('leaves a test on a partial date unknown unless every day agrees', () => {
    const test = { fact: 'surgery', elapsed: '<', duration: 'P2M' };
    expect(truth(test, { surgery: date('2026-10') })).toBe('true');
    expect(truth(test, { surgery: date('2026-09') })).toBe('unknown');
    expect(truth(test, { surgery: date('2026') })).toBe('unknown');
    expect(truth(test, { surgery: date('2025') })).toBe('false');
  });

  it('bounds the verdict', () => {
    const rules = [
      rule('x', 'absolute', is('a')),
      rule('y', 'relative', is('b')),
      rule('z', 'precaution', is('c')),
    ];
    const bounds = (facts: Facts) => {
      const { floor, ceiling, verdict } = screen(rules, facts);
      return [floor, ceiling, verdict];
    };
    expect(bounds({ a: no, b: no, adult: declined })).toEqual(['eligible', 'review', 'incomplete']); // by the scope
    expect(bounds({ a: no, b: no, c: yes })).toEqual(['eligible', 'eligible', 'eligible']);
    expect(bounds({ a: no, b: yes, c: declined })).toEqual(['review', 'review', 'review']);
    expect(bounds({ b: yes, c: no })).toEqual(['review', 'ineligible', 'incomplete']);
    expect(bounds({ a: yes })).toEqual(['ineligible', 'ineligible', 'ineligible']);
  });

  it('puts the scope before all rules', () => {
    const out = screen([rule('x', 'absolute', is('a'))], { a: no }, NOON, compare('age', '>=', 18));
    expect(Object.entries(out.truths)).toEqual([
      ['outside-scope', 'unknown'],
      ['x', 'false'],
    ]);
    expect(out.missing).toEqual([{ fact: 'age', couldMake: 'review', rules: ['outside-scope'] }]);
  });

  it('orders what is missing, and keeps the rest apart', () => {
    const rules = [
      rule('p', 'precaution', { any: [is('c'), compare('age', '>', 70)] }),
      rule('q', 'relative', { any: [is('b'), is('c'), { fact: 'route', in: ['iv'] }] }),
      rule('r', 'relative', { all: [is('c'), is('cardiac')] }),
      rule('s', 'absolute', { fact: 'surgery', elapsed: '<', duration: 'P1M' }),
      rule('t', 'absolute', is('angina')),
    ];
    const out = screen(rules, { a: yes, angina: no, b: declined });
    expect(out.missing).toEqual([
      { fact: 'surgery', couldMake: 'ineligible', rules: ['s'] },
      { fact: 'c', couldMake: 'review', rules: ['q', 'r'] },
      { fact: 'cardiac', couldMake: 'review', rules: ['r'] },
      { fact: 'route', couldMake: 'review', rules: ['q'] },
      { fact: 'b', couldMake: 'review', rules: ['q'] },
    ]);
    expect(out.alsoUseful).toEqual([{ fact: 'age', couldMake: 'precaution', rules: ['p'] }]);
    const reviewed = screen(rules, { a: yes, angina: no, b: yes });
    expect(reviewed.missing.map((m) => m.fact)).toEqual(['surgery']);
    expect(reviewed.alsoUseful).toEqual([
      { fact: 'c', couldMake: 'review', rules: ['p', 'r'] },
      { fact: 'cardiac', couldMake: 'review', rules: ['r'] },
      { fact: 'age', couldMake: 'precaution', rules: ['p'] },
    ]);
  });
});
