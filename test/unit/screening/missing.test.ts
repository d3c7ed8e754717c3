import { describe, expect, it } from 'vitest';
import type { Facts, FactValue } from '../../../src/screening/facts.js';
import type { Missing } from '../../../src/screening/missing.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aFact, aRule, compare, elapsed, is, known, pressureAt } from '../../support/builders.js';
import { screened, screenedBy } from './small-screen.js';

const reading = { series: 'pressure', component: 'systolic', within: 'P30D' };

const facts = [
  ...['a', 'b', 'c', 'd'].map((id) => aFact.boolean(id)),
  aFact.number('age', { unit: 'a', range: { min: 0, max: 130 } }),
  aFact.codeList('drugs', ['x', 'y']),
  aFact.date('attack'),
  aFact.pressure('pressure'),
  aFact.derived('mean', { mean: { ...reading, sitting: 'PT1H', minReadings: 2 } }, { unit: 'mm[Hg]' }),
  aFact.derived('recent', { latest: { ...reading, within: 'P7D' } }, { unit: 'mm[Hg]' }),
  aFact.derived('score', {
    sum: [{ points: { fact: 'a', true: 2, false: 0 } }, { points: { fact: 'b', true: 1, false: 0 } }],
  }),
];

const { yes, no, declined, askedUnknown } = known;

const missingFor = (criterion: JsonObject, sent: Facts): readonly Missing[] =>
  screenedBy({ facts, criterion, sent }).missing;

/** What a missing fact says of itself, apart from the rules that ask for it. */
const askedFor = (criterion: JsonObject, sent: Facts): readonly object[] =>
  missingFor(criterion, sent).map(({ fact, reason, need }) => ({ fact, reason, need }));

const high = compare('mean', '>=', 160, 'mm[Hg]');

const needsTwo = { readings: 2, within: 'P30D' };

describe('the reason why a fact is missing', () => {
  it('is not-asked where it was not sent', () => {
    expect(missingFor(is('a'), {})).toEqual([
      { fact: 'a', reason: 'not-asked', couldMake: 'review', rules: ['asked'] },
    ]);
  });

  it.each(['asked-unknown', 'declined', 'unreadable', 'conflicting'] as const)('is %s as sent', (reason) => {
    const sent: FactValue = { kind: 'unknown', reason };
    expect(askedFor(is('a'), { a: sent })).toEqual([{ fact: 'a', reason, need: undefined }]);
  });

  it('is incomplete-list where a list is not complete, and a complete one is needed', () => {
    const test = { fact: 'drugs', includesAny: ['x'] };
    expect(askedFor(test, { drugs: known.codes(['y'], false) })).toEqual([
      { fact: 'drugs', reason: 'incomplete-list', need: { complete: true } },
    ]);
  });

  it('is imprecise where a date is known to the month, and a day is needed', () => {
    expect(askedFor(elapsed('attack', '<=', 'P42D'), { attack: known.date('2026-10') })).toEqual([
      { fact: 'attack', reason: 'imprecise', need: { precision: 'day' } },
    ]);
  });

  it('is imprecise where a number is known in part', () => {
    const age: FactValue = { kind: 'number', low: 60, high: 70 };
    expect(askedFor(compare('age', '>=', 65, 'a'), { age })).toEqual([
      { fact: 'age', reason: 'imprecise', need: undefined },
    ]);
  });
});

describe('the reason why readings are missing', () => {
  it('is not-asked, with how many in what time', () => {
    expect(askedFor(high, {})).toEqual([{ fact: 'pressure', reason: 'not-asked', need: needsTwo }]);
  });

  it('is what was sent, with how many in what time', () => {
    expect(askedFor(high, { pressure: declined })).toEqual([
      { fact: 'pressure', reason: 'declined', need: needsTwo },
    ]);
  });

  it('is stale where all have left their window', () => {
    const pressure = known.series(pressureAt('2026-10-01T10:00:00Z', 120));
    expect(askedFor(high, { pressure })).toEqual([{ fact: 'pressure', reason: 'stale', need: needsTwo }]);
  });

  it('is too-few where one is there and two are needed', () => {
    const pressure = known.series(pressureAt('2026-11-20T10:00:00Z', 120));
    expect(askedFor(high, { pressure })).toEqual([{ fact: 'pressure', reason: 'too-few', need: needsTwo }]);
  });

  it('is too-few where none was taken at all', () => {
    expect(askedFor(high, { pressure: known.series() })).toMatchObject([{ reason: 'too-few' }]);
  });

  it('is unreadable where one of them cannot be read', () => {
    const pressure = known.series(
      pressureAt('2026-11-20T10:00:00Z', 158),
      pressureAt('2026-11-20T10:05:00Z', null),
    );
    expect(askedFor(high, { pressure })).toEqual([
      { fact: 'pressure', reason: 'unreadable', need: needsTwo },
    ]);
  });

  it('is imprecise where only dates tell which is the latest', () => {
    const pressure = known.series(pressureAt('2026-11', 120), pressureAt('2026-11-20', 170));
    const latest = compare('recent', '>=', 160, 'mm[Hg]');
    expect(askedFor(latest, { pressure })).toEqual([
      { fact: 'pressure', reason: 'imprecise', need: { readings: 1, within: 'P7D', precision: 'time' } },
    ]);
  });

  it('asks once for what meets the needs of every rule', () => {
    const both = { any: [high, compare('recent', '>=', 200, 'mm[Hg]')] };
    expect(askedFor(both, {})).toEqual([
      { fact: 'pressure', reason: 'not-asked', need: { readings: 2, within: 'P7D' } },
    ]);
  });
});

describe('what is missing', () => {
  it('is only what is left once the known values are put in', () => {
    const criterion = { any: [{ all: [is('a'), is('b')] }, { all: [is('c'), is('d')] }] };
    expect(askedFor(criterion, { a: no, c: yes })).toMatchObject([{ fact: 'd' }]);
  });

  it('holds the unknown parts of a score, and not the known ones', () => {
    expect(askedFor(compare('score', '>=', 3), { a: yes })).toMatchObject([{ fact: 'b' }]);
  });

  it('is nothing where a score is decided already', () => {
    expect(missingFor(compare('score', '>=', 3), { a: no })).toEqual([]);
  });
});

describe('rules no more severe than the floor', () => {
  const rules = [aRule('true-already', 'relative', is('a')), aRule('another', 'relative', is('b'))];

  it('make nothing missing: the verdict is final', () => {
    const { verdict, missing, alsoUseful } = screened({ facts, rules, sent: { a: yes } });
    expect([verdict, missing]).toEqual(['review', []]);
    expect(alsoUseful).toMatchObject([{ fact: 'b', couldMake: 'review', rules: ['another'] }]);
  });

  it('are no part of what is missing for a worse one', () => {
    const worse = aRule('worse', 'absolute', is('c'));
    const { missing } = screened({ facts, rules: [...rules, worse], sent: { a: yes } });
    expect(missing).toEqual([{ fact: 'c', reason: 'not-asked', couldMake: 'ineligible', rules: ['worse'] }]);
  });

  it('that are precautions make a fact useful only', () => {
    const precaution = aRule('careful', 'precaution', is('b'));
    const { verdict, missing, alsoUseful } = screened({ facts, rules: [precaution], sent: {} });
    expect([verdict, missing]).toEqual(['eligible', []]);
    expect(alsoUseful).toMatchObject([{ fact: 'b', couldMake: 'precaution' }]);
  });

  it('name no fact as useful that is missing anyway', () => {
    const both = [aRule('worse', 'absolute', is('b')), aRule('careful', 'precaution', is('b'))];
    const { missing, alsoUseful } = screened({ facts, rules: both, sent: {} });
    expect([missing.map(({ fact }) => fact), alsoUseful]).toEqual([['b'], []]);
  });
});

describe('the order of what is missing', () => {
  const orderOf = (rules: readonly JsonObject[], sent: Facts): readonly string[] =>
    screened({ facts, rules, sent }).missing.map(({ fact }) => fact);

  it('is worst effect first', () => {
    const rules = [aRule('one', 'relative', is('a')), aRule('two', 'absolute', is('b'))];
    expect(orderOf(rules, {})).toEqual(['b', 'a']);
  });

  it('is then what stands in more rules first', () => {
    const rules = [
      aRule('one', 'relative', is('a')),
      aRule('two', 'relative', is('b')),
      aRule('three', 'relative', { all: [is('b'), is('c')] }),
    ];
    expect(orderOf(rules, {})).toEqual(['b', 'a', 'c']);
  });

  it('is then what was asked already last', () => {
    const rules = ['a', 'b', 'c', 'd'].map((id) => aRule(id, 'relative', is(id)));
    const unreadable: FactValue = { kind: 'unknown', reason: 'unreadable' };
    const sent = { a: declined, b: unreadable, c: askedUnknown };
    expect(orderOf(rules, sent)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('is last the order of the dictionary, whatever that of the rules', () => {
    const rules = ['d', 'b', 'a', 'c'].map((id) => aRule(id, 'relative', is(id)));
    expect(orderOf(rules, {})).toEqual(['a', 'b', 'c', 'd']);
  });

  it('names the rules of a fact in rule order, with the worst that they could do', () => {
    const rules = [aRule('late', 'relative', is('a')), aRule('early', 'absolute', is('a'))];
    expect(screened({ facts, rules, sent: {} }).missing).toMatchObject([
      { fact: 'a', couldMake: 'ineligible', rules: ['late', 'early'] },
    ]);
  });
});
