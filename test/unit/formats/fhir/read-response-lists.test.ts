import { describe, expect, it } from 'vitest';
import type { FactValue } from '../../../../src/screening/facts.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { known, pressureAt } from '../../../support/builders.js';
import { aResponse, answered, CODES, optionOf, quantity, readAt, said } from '../../../support/responses.js';

const UNREADABLE: FactValue = { kind: 'unknown', reason: 'unreadable' };

const { yes, no, notSure, declined } = CODES;

const medicine = (code: string): JsonObject => optionOf('medicines', code);
const whole = answered('medicines.complete', yes);

describe('a list is read', () => {
  it.each<[string, readonly JsonObject[], FactValue]>([
    [
      'whole',
      [answered('medicines', medicine('6813'), medicine('1819')), whole],
      known.codes(['1819', '6813']),
    ],
    [
      'as not whole, where nobody said so',
      [answered('medicines', medicine('6813'))],
      known.codes(['6813'], false),
    ],
    ...[no, notSure, declined].map(
      (code) =>
        [
          `as not whole, where ${code.code} was said`,
          [answered('medicines', medicine('6813')), answered('medicines.complete', code)],
          known.codes(['6813'], false),
        ] as [string, readonly JsonObject[], FactValue],
    ),
    ['as empty', [whole], known.codes([])],
    ['as empty with something left out', [answered('medicines.complete', no)], known.codes([], false)],
    ['as unknown', [answered('medicines.complete', notSure)], known.askedUnknown],
    ['as declined', [answered('medicines.complete', declined)], known.declined],
  ])('%s', (_what, items, value) => {
    expect(said(...items)).toEqual({ said: [['medicines', value]], remarks: [] });
  });

  it('with the place of its answers', () => {
    const { claims } = readAt(aResponse([answered('medicines', medicine('6813')), whole]));
    expect(claims.map(({ from }) => from.pointer)).toEqual(['/item/0/answer']);
  });
});

describe('an open list keeps what it can place, and is not whole,', () => {
  it.each<[string, JsonObject, string, readonly string[]]>([
    ['where there are words', { valueString: 'Jane takes 1819' }, 'uncoded', []],
    ['where there is a code without a code', { valueCoding: { display: 'Jane' } }, 'uncoded', []],
    ['where a code of its system is no option', { valueCoding: medicine('161') }, 'unplaced-code', ['161']],
    [
      'where an option has the code in another system',
      { valueCoding: { system: 'http://snomed.info/sct', code: '1819' } },
      'unplaced-code',
      ['http://snomed.info/sct|1819'],
    ],
    ['where a code has no system', { valueCoding: { code: '1819' } }, 'unplaced-code', ['|1819']],
    ['where a code is too long', { valueCoding: { system: 'urn:x', code: 'x'.repeat(128) } }, 'uncoded', []],
    ['where an answer is bad', { valueDecimal: 5 }, 'unreadable', []],
  ])('%s', (_what, answer, remark, unmapped) => {
    const read = readAt(aResponse([answered('medicines', medicine('6813'), answer), whole]));
    expect(read.claims.map((claim) => claim.said)).toEqual([
      known.codes(['6813', ...unmapped].toSorted(), false),
    ]);
    expect(read.remarks.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      `${remark} /item/0/answer/1`,
    ]);
    expect(read.unmapped).toEqual(unmapped);
    expect(JSON.stringify(read)).not.toContain('Jane');
  });

  it('where it stands twice, or where the answer about the whole is bad', () => {
    const twice = said(
      answered('medicines', medicine('6813')),
      answered('medicines', medicine('1819')),
      whole,
    );
    expect(twice).toEqual({
      said: [['medicines', known.codes(['1819', '6813'], false)]],
      remarks: ['unreadable /item/1'],
    });
    const bad = said(answered('medicines', medicine('6813')), answered('medicines.complete', yes, yes));
    expect(bad).toEqual({
      said: [['medicines', known.codes(['6813'], false)]],
      remarks: ['unreadable /item/1/answer/0'],
    });
  });

  it('though only words are in it', () => {
    const { said: claims } = said(answered('medicines', { valueString: 'x' }), whole);
    expect(claims).toEqual([['medicines', known.codes([], false)]]);
  });
});

describe('a list of which nothing can be read is unknown', () => {
  it.each<[string, readonly JsonObject[]]>([
    [
      'a code outside a closed list',
      [answered('allergies', optionOf('allergies', 'dust')), answered('allergies.complete', yes)],
    ],
    [
      'words in a closed list',
      [answered('allergies', { valueString: 'nuts' }), answered('allergies.complete', yes)],
    ],
    [
      'an empty list with a bad answer about the whole',
      [answered('allergies.complete', { valueBoolean: true })],
    ],
  ])('%s', (_what, items) => {
    const read = said(...items);
    expect(read.said).toEqual([['allergies', UNREADABLE]]);
    expect(read.remarks).toHaveLength(1);
  });

  it('one of more than 500 codes', () => {
    const many = Array.from({ length: 501 }, (_, index) => medicine(String(index)));
    const read = readAt(aResponse([answered('medicines', ...many), whole]));
    expect(read.claims.map((claim) => claim.said)).toEqual([UNREADABLE]);
    expect(read.remarks[0]?.code).toBe('unreadable');
  });

  it('but a closed list keeps the options beside a bad answer', () => {
    const items = [
      answered('allergies', optionOf('allergies', 'latex'), optionOf('allergies', 'dust')),
      answered('allergies.complete', yes),
    ];
    expect(said(...items)).toEqual({
      said: [['allergies', known.codes(['latex'], false)]],
      remarks: ['unreadable /item/0/answer/1'],
    });
  });
});

const TAKEN_AT = '2026-11-20T10:00:00Z';
const time = (text: string): JsonObject => answered('pressure.takenAt', { valueDateTime: text });
const part = (name: string, ...answers: readonly JsonObject[]): JsonObject =>
  answered(`pressure.reading.${name}`, ...answers);
const mercury = (value: number): JsonObject => quantity(value, 'mm[Hg]');
const group = (...item: readonly JsonObject[]): JsonObject => ({ linkId: 'pressure', item });

const one = group(time(TAKEN_AT), part('systolic', mercury(168)), part('diastolic', quantity(12, 'kPa')));

const reading = (systolic: number | null, diastolic: number | null) =>
  ['pressure', { kind: 'reading', reading: pressureAt(TAKEN_AT, systolic, diastolic) }] as const;

describe('a series is read', () => {
  it('reading by reading, each with its place, in any offset and unit', () => {
    const day = group(time('2026-11-19'), part('systolic', mercury(150)));
    const { claims, remarks } = readAt(aResponse([one, day, group()]));
    expect(claims.map((claim) => [claim.from.pointer, claim.said])).toEqual([
      ['/item/0', { kind: 'reading', reading: pressureAt(TAKEN_AT, 168, 90.007651) }],
      ['/item/1', { kind: 'reading', reading: pressureAt('2026-11-19', 150, null) }],
    ]);
    expect(remarks).toEqual([]);
  });

  it('though there is a reason as well', () => {
    expect(said(one, answered('pressure.unknown', declined)).said).toHaveLength(1);
  });

  it.each<[string, readonly JsonObject[], readonly string[]]>([
    ['that only has a time', [], []],
    [
      'with a number out of its range',
      [part('systolic', mercury(1500))],
      ['unreadable /item/0/item/1/answer/0'],
    ],
    [
      'with a unit that is none',
      [part('systolic', quantity(1, 'mmHg'))],
      ['unreadable /item/0/item/1/answer/0'],
    ],
    [
      'with a number twice',
      [part('systolic', mercury(160), mercury(160))],
      ['unreadable /item/0/item/1/answer/0'],
    ],
    [
      'with two items of one number',
      [part('systolic', mercury(160)), part('systolic', mercury(120))],
      ['unreadable /item/0/item/1/answer/0'],
    ],
    [
      'with numbers that cannot stand together',
      [part('systolic', mercury(80)), part('diastolic', mercury(120))],
      ['unreadable /item/0'],
    ],
  ])('%s, which stays at its time', (_what, parts, remarks) => {
    expect(said(group(time(TAKEN_AT), ...parts))).toEqual({ said: [reading(null, null)], remarks });
  });
});

describe('a whole series is unknown', () => {
  it.each<[string, JsonObject, string]>([
    ['with a number and no time', group(part('systolic', mercury(168))), '/item/1'],
    ['with a time without an offset', group(time('2026-11-20T10:00:00')), '/item/1'],
    ['with a time in the future', group(time('2026-11-22T12:00:01Z')), '/item/1'],
    ['with a time that does not exist', group(time('2026-02-30')), '/item/1'],
    ['with two times', group(time(TAKEN_AT), time(TAKEN_AT)), '/item/1'],
    ['with a bad part and no time', group(part('systolic', { valueString: '168/96' })), '/item/1'],
    ['with an answer to the group itself', answered('pressure', { valueString: '168/96' }), '/item/1'],
    ['with a number outside its group', part('systolic', mercury(168)), '/item/1'],
  ])('%s', (_what, bad, pointer) => {
    expect(said(one, bad)).toEqual({
      said: [['pressure', UNREADABLE]],
      remarks: [`unreadable ${pointer}`],
    });
  });

  it('of more than 200 readings', () => {
    const many = Array.from({ length: 201 }, () => one);
    expect(said(...many)).toEqual({ said: [['pressure', UNREADABLE]], remarks: ['unreadable /item/200'] });
    expect(said(...many.slice(1)).said).toHaveLength(200);
  });
});
