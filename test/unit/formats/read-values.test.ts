import { describe, expect, it } from 'vitest';
import type { FactValue } from '../../../src/screening/facts.js';
import type { JsonValue } from '../../../src/values/json.js';
import { known } from '../../support/builders.js';
import { faultsOf, readSmall, valueOf } from './read-small.js';

describe('a fact is read', () => {
  it.each<[string, string, JsonValue, FactValue]>([
    ['a boolean that is true', 'angina', true, known.yes],
    ['a boolean that is false', 'angina', false, known.no],
    ['a number in its own unit', 'age', 54.5, known.number(54.5)],
    ['a number with its unit', 'age', { value: 54, unit: 'a' }, known.number(54)],
    ['a number in another unit', 'pulse', { value: 1.1, unit: '/s' }, known.number(66)],
    ['a number at its least', 'age', 0, known.number(0)],
    ['a number at its greatest', 'age', 130, known.number(130)],
    ['a negative nought as nought', 'age', -0, known.number(0)],
    ['a whole number', 'urgency', 5, known.number(5)],
    ['a code', 'route', 'oral', known.code('oral')],
    [
      'a list that says it is complete',
      'allergies',
      { codes: ['nuts'], complete: true },
      known.codes(['nuts']),
    ],
    ['a list that is not complete', 'allergies', { codes: [], complete: false }, known.codes([], false)],
    ['a bare list, which is complete', 'allergies', ['nuts', 'latex'], known.codes(['latex', 'nuts'])],
    ['a code sent twice, once', 'allergies', ['nuts', 'nuts'], known.codes(['nuts'])],
    ['a day', 'lastAttack', '2026-11-22', known.date('2026-11-22')],
    ['a month', 'lastAttack', '2026-11', known.date('2026-11')],
    ['a year', 'lastAttack', '2026', known.date('2026')],
  ])('%s', (_what, id, sent, value) => {
    expect(valueOf(id, sent)).toEqual(value);
  });

  it.each(['asked-unknown', 'declined', 'unreadable', 'conflicting'])('as unknown: %s', (reason) => {
    expect(valueOf('angina', { unknown: reason })).toEqual({ kind: 'unknown', reason });
  });

  it('of any type as unknown', () => {
    const ids = ['angina', 'age', 'route', 'allergies', 'lastAttack', 'pressure'];
    const sent = Object.fromEntries(ids.map((id) => [id, { unknown: 'declined' }] as const));
    expect(Object.values(readSmall(sent).facts)).toEqual(ids.map(() => known.declined));
  });

  it('as not asked where it is null, like one that was left out', () => {
    expect(readSmall({ angina: null, age: null, pressure: null })).toEqual(readSmall({}));
  });
});

const WRONG: readonly (readonly [string, readonly JsonValue[], string])[] = [
  ['angina', ['true', 1, 0, '', 'yes', [], [true], {}, { value: true }], 'wrong-type'],
  ['age', ['54', ' ', '', true, false, [54], {}, { value: 54 }], 'wrong-type'],
  ['route', [1, true, ['oral'], {}, { code: 'oral' }], 'wrong-type'],
  ['allergies', ['nuts', 1, true, [1], [''], [null], ['x'.repeat(129)], [['nuts']]], 'wrong-type'],
  ['lastAttack', [20261122, true, ['2026'], {}, '', ' ', 'yesterday', '2026-02-30'], 'not-a-date'],
  ['pressure', ['168/96', 168, true, {}, [168], ['168/96'], [null], [[]]], 'wrong-type'],
];

describe.each(WRONG)('%s of a wrong type', (id, values, code) => {
  it.each(values.map((value) => [value]))('%j is refused and never coerced', (value) => {
    const [fault] = faultsOf({ [id]: value });
    expect(fault).toMatch(new RegExp(`^${code} /facts/${id}(/|$)`));
    expect(readSmall({ [id]: value }).facts).toEqual({});
  });
});

describe('a number is refused', () => {
  it.each<[string, string, JsonValue, string]>([
    ['below its range', 'age', -0.001, 'out-of-range /facts/age'],
    ['above its range', 'age', 130.5, 'out-of-range /facts/age'],
    ['above its range once converted', 'pulse', { value: 6, unit: '/s' }, 'out-of-range /facts/pulse'],
    [
      'in a unit of its own kind that has no factor',
      'age',
      { value: 600, unit: 'mo' },
      'unit-not-accepted /facts/age',
    ],
    ['in a unit that is none', 'age', { value: 54, unit: 'years' }, 'unit-not-accepted /facts/age'],
    [
      'in a unit named like a member of every object',
      'pulse',
      { value: 54, unit: 'constructor' },
      'unit-not-accepted /facts/pulse',
    ],
    ['with a value that is text', 'age', { value: '54', unit: 'a' }, 'wrong-type /facts/age/value'],
    ['with a unit that is a number', 'age', { value: 54, unit: 1 }, 'wrong-type /facts/age/unit'],
    ['without its unit', 'age', { value: 54 }, 'wrong-type /facts/age/unit'],
    ['with another key', 'age', { value: 54, unit: 'a', at: 'noon' }, 'unknown-key /facts/age'],
    ['with a fraction where it is whole', 'urgency', 2.5, 'wrong-type /facts/urgency'],
  ])('%s', (_what, id, sent, fault) => {
    expect(faultsOf({ [id]: sent })).toEqual([fault]);
  });
});

describe('a code is refused', () => {
  it.each<[string, string, JsonValue, string]>([
    ['that is no option', 'route', 'nasal', 'unknown-code /facts/route'],
    ['in other letters', 'route', 'Oral', 'unknown-code /facts/route'],
    ['with a blank', 'route', 'oral ', 'unknown-code /facts/route'],
    ['in a bare closed list', 'allergies', ['nuts', 'dust'], 'unknown-code /facts/allergies/1'],
    [
      'in a closed list',
      'allergies',
      { codes: ['dust'], complete: false },
      'unknown-code /facts/allergies/codes/0',
    ],
    ['named like a member of every object', 'route', 'constructor', 'unknown-code /facts/route'],
  ])('%s', (_what, id, sent, fault) => {
    expect(faultsOf({ [id]: sent })).toEqual([fault]);
  });
});

describe('a list is refused', () => {
  it.each<[string, JsonValue, string[]]>([
    ['that does not say whether it is complete', { codes: [] }, ['wrong-type /facts/allergies/complete']],
    ['without its codes', { complete: true }, ['wrong-type /facts/allergies/codes']],
    ['that says it in text', { codes: [], complete: 'true' }, ['wrong-type /facts/allergies/complete']],
    ['with a misspelt key', { codes: [], complete: true, codez: [] }, ['unknown-key /facts/allergies']],
    [
      'with three faults',
      { codes: 'nuts', complet: true },
      [
        'wrong-type /facts/allergies/codes',
        'wrong-type /facts/allergies/complete',
        'unknown-key /facts/allergies',
      ],
    ],
  ])('%s', (_what, sent, faults) => {
    expect(faultsOf({ allergies: sent })).toEqual(faults);
  });

  it('of more than 500 codes', () => {
    const codes = Array.from({ length: 501 }, (_, index) => String(index));
    expect(faultsOf({ medicines: codes })).toEqual(['too-long /facts/medicines']);
    expect(faultsOf({ medicines: { codes, complete: true } })).toEqual(['too-long /facts/medicines/codes']);
    expect(faultsOf({ medicines: codes.slice(1) })).toEqual([]);
  });
});

describe('codes of an open list that the sender has checked', () => {
  it('leave it complete, and stay in the facts', () => {
    const { facts, unmapped } = readSmall({
      medicines: { codes: ['1819'], complete: true, checked: ['6809', '161'] },
    });
    expect(facts).toEqual({
      medicines: { kind: 'codeList', codes: ['161', '1819', '6809'], complete: true },
    });
    expect(unmapped).toEqual([]);
  });

  it('do not place the others, nor complete a list that is not', () => {
    const some = readSmall({ medicines: { codes: ['161', '6809'], complete: true, checked: ['6809'] } });
    expect(some.facts).toMatchObject({ medicines: { complete: false } });
    expect(some.unmapped).toEqual(['161']);
    const open = readSmall({ medicines: { codes: [], complete: false, checked: ['6809'] } });
    expect(open.facts).toMatchObject({ medicines: { complete: false } });
  });

  it.each<[string, JsonValue, string]>([
    [
      'are options',
      { codes: [], complete: true, checked: ['1819'] },
      'contradiction /facts/medicines/checked/0',
    ],
    ['are no codes', { codes: [], complete: true, checked: [6809] }, 'wrong-type /facts/medicines/checked/0'],
    ['are no list', { codes: [], complete: true, checked: '6809' }, 'wrong-type /facts/medicines/checked'],
  ])('are refused where they %s', (_what, sent, fault) => {
    expect(faultsOf({ medicines: sent })).toEqual([fault]);
  });

  it('are refused in a closed list', () => {
    expect(faultsOf({ allergies: { codes: [], complete: true, checked: [] } })).toEqual([
      'unknown-key /facts/allergies',
    ]);
  });
});

describe('a date is refused', () => {
  it.each([
    ['after the day of asOf', '2026-11-23', 'after-as-of'],
    ['in a month after asOf', '2026-12', 'after-as-of'],
    ['in a year after asOf', '2027', 'after-as-of'],
    ['with a time', '2026-11-20T10:00:00Z', 'not-a-date'],
    ['of a common year with 29 February', '2025-02-29', 'not-a-date'],
    ['before 1900', '1899-12-31', 'not-a-date'],
  ])('%s', (_what, sent, code) => {
    expect(faultsOf({ lastAttack: sent })).toEqual([`${code} /facts/lastAttack`]);
  });
});

describe('an unknown fact is refused', () => {
  it.each<[string, JsonValue, string]>([
    ['with a bad reason', { unknown: 'lazy' }, 'unknown-reason /facts/angina/unknown'],
    [
      'with a reason that only the service gives',
      { unknown: 'stale' },
      'unknown-reason /facts/angina/unknown',
    ],
    [
      'with not-asked, which is left out instead',
      { unknown: 'not-asked' },
      'unknown-reason /facts/angina/unknown',
    ],
    ['with true for a reason', { unknown: true }, 'unknown-reason /facts/angina/unknown'],
    ['with null for a reason', { unknown: null }, 'unknown-reason /facts/angina/unknown'],
    ['with a value as well', { unknown: 'declined', value: true }, 'unknown-key /facts/angina'],
  ])('%s', (_what, sent, fault) => {
    expect(faultsOf({ angina: sent })).toEqual([fault]);
  });
});
