import { describe, expect, it } from 'vitest';
import type { RuleSetBody } from '../../../src/rules/rule-set.js';
import { carryFacts, type CarriedFacts } from '../../../src/screening/carry-facts.js';
import type { FactValue } from '../../../src/screening/facts.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aFact, aRule, aRuleSet, aSetOf, is, known, pressureAt, ruleSetOf } from '../../support/builders.js';

const setOf = (...facts: readonly JsonObject[]): RuleSetBody =>
  aSetOf(facts, [aRule('one', 'relative', is('adult'))]);

/** What becomes of one fact, `it`. */
const carriedOf = (value: FactValue, from: JsonObject, to: JsonObject): CarriedFacts =>
  carryFacts({ it: value }, setOf(from), setOf(to));

const unreadable = { kind: 'unknown', reason: 'unreadable' };

const LOST = { facts: { it: unreadable }, notUnderstood: [], changedType: ['it'] };

const asItWas = (value: FactValue): CarriedFacts => ({
  facts: { it: value },
  notUnderstood: [],
  changedType: [],
});

const weight = (more: JsonObject = {}): JsonObject =>
  aFact.number('it', { unit: 'kg', range: { min: 20, max: 300 }, ...more });

const derived = aFact.derived('it', { points: { fact: 'adult', true: 1, false: 0 } });

const pressureIn = (unit: string): JsonObject => ({
  systolic: { unit, range: { min: 20, max: 300 } },
  diastolic: { unit, range: { min: 20, max: 300 } },
});

describe('a fact that another version declares otherwise', () => {
  it.each<readonly [string, FactValue, JsonObject, JsonObject]>([
    ['a yes that is a code now', known.yes, aFact.boolean('it'), aFact.code('it', ['yes', 'no'])],
    [
      'a code that is a yes or no now',
      known.code('yes'),
      aFact.code('it', ['yes', 'no']),
      aFact.boolean('it'),
    ],
    ['a number that is computed now', known.number(80), weight(), derived],
    ['a number in another unit', known.number(80), weight(), weight({ unit: 'g' })],
    ['a number outside the limits', known.number(250), weight(), weight({ range: { min: 20, max: 200 } })],
    [
      'a range that leaves the limits',
      { kind: 'number', low: 190, high: 210 },
      weight(),
      weight({ range: { min: 20, max: 200 } }),
    ],
    ['a number that must be whole', known.number(80.5), weight(), weight({ integer: true })],
    [
      'a code that is no option',
      known.code('nose'),
      aFact.code('it', ['oral', 'nose']),
      aFact.code('it', ['oral', 'skin']),
    ],
    [
      'a list with a code that is no option',
      known.codes(['nuts']),
      aFact.codeList('it', ['latex', 'nuts']),
      aFact.codeList('it', ['latex']),
    ],
    [
      'an open list that is closed now',
      known.codes(['9']),
      aFact.codeList('it', ['8'], { open: true }),
      aFact.codeList('it', ['8']),
    ],
    [
      'a series of another unit',
      known.series(pressureAt('2026-11-20', 124)),
      aFact.pressure('it'),
      aFact.pressure('it', { components: pressureIn('kPa') }),
    ],
    [
      'a series with fewer components',
      known.series(pressureAt('2026-11-20', 124)),
      aFact.pressure('it'),
      aFact.pressure('it', { components: { systolic: pressureIn('mm[Hg]').systolic ?? null }, ordered: [] }),
    ],
    ['a date that is a series now', known.date('2026-11'), aFact.date('it'), aFact.pressure('it')],
  ])('is unknown, unreadable, and named: %s', (_what, value, from, to) => {
    expect(carriedOf(value, from, to)).toEqual(LOST);
  });

  it('stays unknown for its own reason, and is not named', () => {
    expect(carriedOf(known.declined, weight(), derived)).toEqual(asItWas(known.declined));
    expect(carriedOf(known.askedUnknown, aFact.boolean('it'), weight())).toEqual(asItWas(known.askedUnknown));
  });
});

describe('a fact that another version does not declare', () => {
  it('is named, known or not, in the order of the ids', () => {
    const from = setOf(aFact.boolean('zeta'), aFact.boolean('alpha'), aFact.boolean('it'));
    expect(
      carryFacts({ zeta: known.yes, it: known.no, alpha: known.declined }, from, setOf(aFact.boolean('it'))),
    ).toEqual({
      ...asItWas(known.no),
      notUnderstood: ['alpha', 'zeta'],
    });
  });

  it('is unreadable where the version that decided has no such fact either, as only a changed log can have', () => {
    expect(carryFacts({ it: known.yes }, setOf(), setOf(aFact.boolean('it')))).toEqual(LOST);
  });
});

describe('a fact that another version declares as it was', () => {
  it.each<readonly [string, FactValue, JsonObject, JsonObject]>([
    ['reworded', known.yes, aFact.boolean('it'), aFact.boolean('it', { question: 'And what of it?' })],
    ['with wider limits', known.number(80), weight(), weight({ range: { min: 1, max: 500 } })],
    ['at the limit', known.number(80), weight(), weight({ range: { min: 80, max: 90 } })],
    [
      'with another option beside',
      known.code('oral'),
      aFact.code('it', ['oral', 'skin']),
      aFact.code('it', ['oral', 'skin', 'nose']),
    ],
    [
      'with readings that could not be read',
      known.series(pressureAt('2026-11-20', null)),
      aFact.pressure('it'),
      aFact.pressure('it'),
    ],
    ['with a partial date', known.date('2026-11'), aFact.date('it'), aFact.date('it')],
  ])('is carried as it was: %s', (_what, value, from, to) => {
    expect(carriedOf(value, from, to)).toEqual(asItWas(value));
  });
});

describe('a number of a reading that cannot be true by another version', () => {
  const narrow = aFact.pressure('it', {
    components: {
      systolic: { unit: 'mm[Hg]', range: { min: 20, max: 250 } },
      diastolic: { unit: 'mm[Hg]', range: { min: 20, max: 300 } },
    },
  });

  it('is null at its time, and the fact is named', () => {
    const [high, low] = [pressureAt('2026-11-20', 260, 90), pressureAt('2026-11-21', 120, 70)];
    expect(carriedOf(known.series(high, low), aFact.pressure('it'), narrow)).toEqual({
      ...asItWas(known.series(pressureAt('2026-11-20', null, 90), low)),
      changedType: ['it'],
    });
  });

  it('is null with the other one where they stand in a wrong order', () => {
    const from = aFact.pressure('it', { ordered: [] });
    expect(carriedOf(known.series(pressureAt('2026-11-20', 80, 80)), from, aFact.pressure('it'))).toEqual({
      ...asItWas(known.series(pressureAt('2026-11-20', null, null))),
      changedType: ['it'],
    });
  });
});

describe('a complete list', () => {
  const open = (...codes: readonly string[]): JsonObject => aFact.codeList('it', codes, { open: true });
  const closed = (...codes: readonly string[]): JsonObject => aFact.codeList('it', codes);

  it.each<readonly [string, readonly string[], JsonObject, JsonObject]>([
    ['holds a code that is no option any more', ['9'], open('8', '9'), open('8')],
    ['holds a code that was checked against fewer options', ['zz'], open('8'), open('8', '9')],
    ['was closed, and another option has come', ['8'], closed('8'), closed('8', '9')],
    ['was closed without an option, and is open now', ['8'], closed('8'), open('8', '9')],
  ])('is not complete any more where it %s', (_what, codes, from, to) => {
    expect(carriedOf(known.codes(codes), from, to)).toEqual({
      ...asItWas(known.codes(codes, false)),
      changedType: ['it'],
    });
  });

  it.each<readonly [string, readonly string[], JsonObject, JsonObject]>([
    ['is open, and every code is an option', ['8'], open('8'), open('8', '9')],
    ['holds a code that was checked against every option', ['zz'], open('8', '9'), open('8')],
    ['is closed, and the other option has gone', ['8'], closed('8', '9'), closed('8')],
  ])('stays complete where it %s', (_what, codes, from, to) => {
    expect(carriedOf(known.codes(codes), from, to)).toEqual(asItWas(known.codes(codes)));
  });

  it('is not made of one that was incomplete', () => {
    expect(carriedOf(known.codes(['9'], false), open('8'), open('8', '9'))).toEqual(
      asItWas(known.codes(['9'], false)),
    );
  });
});

describe('a gate that was answered no', () => {
  const gated = (...gate: readonly string[]): RuleSetBody => {
    const unspecified = { all: [is('it'), { not: { any: gate.map((id) => is(id)) } }] };
    const facts = [
      aFact.boolean('adult'),
      aFact.boolean('it', { gate }),
      aFact.boolean('angina'),
      aFact.boolean('valve'),
    ];
    return ruleSetOf(aRuleSet({ facts, rules: [aRule('unspecified', 'relative', unspecified)] })).body;
  };

  it('does not settle a particular that it had not', () => {
    expect(carryFacts({ it: known.no }, gated('angina'), gated('angina', 'valve')).facts).toEqual({
      it: known.no,
      valve: { kind: 'unknown', reason: 'not-asked' },
    });
  });

  it('leaves alone what was sent of it', () => {
    const facts = { it: known.no, valve: known.declined };
    expect(carryFacts(facts, gated('angina'), gated('angina', 'valve')).facts).toEqual(facts);
  });

  it('still settles what it had', () => {
    const facts = { it: known.no };
    expect(carryFacts(facts, gated('angina', 'valve'), gated('angina')).facts).toEqual(facts);
  });
});
