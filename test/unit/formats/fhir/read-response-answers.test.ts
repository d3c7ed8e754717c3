import { describe, expect, it } from 'vitest';
import type { FactValue } from '../../../../src/screening/facts.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { known } from '../../../support/builders.js';
import { aResponse, answered, CODES, optionOf, quantity, readAt, said } from '../../../support/responses.js';

const UNREADABLE: FactValue = { kind: 'unknown', reason: 'unreadable' };
const CONFLICTING: FactValue = { kind: 'unknown', reason: 'conflicting' };

const { yes, no, notSure, declined } = CODES;

describe('an answer is read', () => {
  it.each<[string, string, JsonObject, FactValue]>([
    ['yes', 'adult', yes, known.yes],
    ['no', 'adult', no, known.no],
    ['not sure', 'adult', notSure, known.askedUnknown],
    ['declined', 'adult', declined, known.declined],
    ['an option', 'route', optionOf('route', 'oral'), known.code('oral')],
    [
      'an option with other words',
      'route',
      { ...optionOf('route', 'oral'), display: 'x' },
      known.code('oral'),
    ],
    ['not sure of a choice', 'route', notSure, known.askedUnknown],
    ['a number', 'age', { valueDecimal: 54.5 }, known.number(54.5)],
    ['a whole number', 'urgency', { valueInteger: 5 }, known.number(5)],
    ['a quantity in another unit', 'pulse', quantity(1.1, '/s'), known.number(66)],
    ['a day', 'lastAttack', { valueDate: '2026-11-22' }, known.date('2026-11-22')],
    ['a month', 'lastAttack', { valueDate: '2026-11' }, known.date('2026-11')],
    ['an extension beside it', 'age', { valueDecimal: 54, extension: [{ url: 'urn:x' }] }, known.number(54)],
  ])('%s', (_what, id, answer, value) => {
    const whole = ['lastAttack', 'urgency'].includes(id)
      ? [answered('heartDisease', yes), answered('angina', yes)]
      : [];
    const read = said(...whole, answered(id, answer));
    expect(read.said).toContainEqual([id, value]);
    expect(read.remarks).toEqual([]);
  });

  it.each(['age', 'lastAttack', 'pressure', 'pulse'])('why there is none to %s', (id) => {
    const read = said(answered('angina', yes), answered(`${id}.unknown`, declined));
    expect(read.said).toContainEqual([id, known.declined]);
  });

  it('wherever it stands: in groups, in answers, in an item that is no question', () => {
    const inAnswer = {
      linkId: 'adult',
      answer: [{ valueCoding: yes, item: [answered('age', { valueDecimal: 54 })] }],
    };
    const { claims, remarks } = readAt(
      aResponse([
        { linkId: 'domain:heart', item: [inAnswer] },
        { linkId: 'x', item: [answered('route', notSure)] },
      ]),
      '/entry/3/resource',
    );
    expect(claims.map(({ from }) => from)).toEqual([
      {
        fact: 'adult',
        pointer: '/entry/3/resource/item/0/item/0/answer/0',
        resource: 'QuestionnaireResponse/form-1',
      },
      {
        fact: 'age',
        pointer: '/entry/3/resource/item/0/item/0/answer/0/item/0/answer/0',
        resource: 'QuestionnaireResponse/form-1',
      },
      {
        fact: 'route',
        pointer: '/entry/3/resource/item/1/item/0/answer/0',
        resource: 'QuestionnaireResponse/form-1',
      },
    ]);
    expect(remarks).toMatchObject([{ code: 'unknown-question', pointer: '/entry/3/resource/item/1' }]);
  });
});

const BAD: readonly (readonly [string, string, JsonObject])[] = [
  ['a yes of the wrong type', 'adult', { valueBoolean: true }],
  ['a yes as text', 'adult', { valueString: 'Yes' }],
  ['a code without its system', 'adult', { valueCoding: { code: 'Y' } }],
  ['a code of another system', 'adult', { valueCoding: { ...yes, system: 'urn:x' } }],
  ['a code in other letters', 'adult', { valueCoding: { ...yes, code: 'y' } }],
  ['no option', 'route', { valueCoding: optionOf('route', 'nasal') }],
  ['an option of another fact', 'route', { valueCoding: optionOf('allergies', 'latex') }],
  ['yes to what is no yes-or-no question', 'route', { valueCoding: yes }],
  ['two values', 'age', { valueDecimal: 54, valueInteger: 54 }],
  ['no value', 'age', {}],
  ['a value that is absent', 'age', { _valueDecimal: { extension: [{ url: 'urn:absent' }] } }],
  ['a number of the wrong type', 'age', { valueInteger: 54 }],
  ['a number as text', 'age', { valueDecimal: '54' }],
  ['a number out of its range', 'age', { valueDecimal: 130.5 }],
  ['a fraction of a whole number', 'urgency', { valueInteger: 2.5 }],
  ['a quantity without a unit', 'pulse', { valueQuantity: { value: 66 } }],
  ['a quantity whose unit is words', 'pulse', { valueQuantity: { value: 66, unit: '/min', code: '/min' } }],
  ['a unit of another system', 'pulse', { valueQuantity: { value: 66, system: 'urn:x', code: '/min' } }],
  ['a unit that is not accepted', 'pulse', quantity(66, '/h')],
  ['a quantity as text', 'pulse', quantity('66', '/min')],
  [
    'a quantity that only lies above',
    'pulse',
    { valueQuantity: { value: 66, comparator: '>', system: 'http://unitsofmeasure.org', code: '/min' } },
  ],
  ['a bare number where there are units', 'pulse', { valueDecimal: 66 }],
  ['a date that does not exist', 'lastAttack', { valueDate: '2026-02-30' }],
  ['a date in the future', 'lastAttack', { valueDate: '2026-11-23' }],
  ['a time for a date', 'lastAttack', { valueDateTime: '2026-11-20' }],
  ['a date with a time', 'lastAttack', { valueDate: '2026-11-20T10:00:00Z' }],
  ['a null', 'adult', { valueCoding: null }],
];

describe('an answer that is bad is unknown, never left out', () => {
  it.each(BAD)('%s', (_what, id, answer) => {
    const wholes = [answered('heartDisease', yes), answered('angina', yes)];
    const { said: claims, remarks } = said(...wholes, { linkId: id, answer: [answer] });
    expect(claims).toContainEqual([id, UNREADABLE]);
    expect(remarks).toEqual(['unreadable /item/2/answer/0']);
  });

  it.each<[string, JsonValue]>([
    ['an object', { valueCoding: yes }],
    ['null', null],
    ['a list of null', [null]],
    ['a list of text', ['Y']],
  ])('%s for a list of answers', (_what, answer) => {
    const read = said({ linkId: 'adult', answer });
    expect(read.said).toEqual([['adult', UNREADABLE]]);
    expect(read.remarks).toHaveLength(1);
  });

  it('in its reason', () => {
    expect(said(answered('age.unknown', yes)).said).toEqual([['age', UNREADABLE]]);
  });

  it('in a remark that does not tell it', () => {
    const { remarks } = readAt(aResponse([answered('age', { valueString: 'Jane Doe' })]));
    expect(remarks).toHaveLength(1);
    expect(JSON.stringify(remarks)).not.toContain('Doe');
  });
});

describe('two answers where one is taken', () => {
  it.each<[string, readonly JsonObject[], FactValue]>([
    ['that differ conflict', [yes, no], CONFLICTING],
    ['that are the same are unreadable', [no, no], UNREADABLE],
    ['of which one is bad are unreadable', [yes, { valueString: 'x' }], UNREADABLE],
  ])('%s', (_what, answers, value) => {
    const together = said(answered('adult', ...answers));
    const apart = said(...answers.map((answer) => answered('adult', answer)));
    for (const read of [together, apart]) {
      expect(read.said).toEqual([['adult', value]]);
      expect(read.remarks).toEqual(['unreadable /item/0/answer/0']);
    }
  });

  it('are one where a second item of the question has no answer', () => {
    expect(said(answered('adult', no), { linkId: 'adult' }).said).toEqual([['adult', known.no]]);
  });
});

describe('what is no question', () => {
  it.each<[string, JsonValue]>([
    ['an unknown item', answered('anginna', yes)],
    ['an item named like a member of every object', answered('constructor', yes)],
    ['a derived fact', answered('meanSystolic', { valueDecimal: 166 })],
    ['an item without a linkId', { answer: [{ valueCoding: yes }] }],
    ['no item', 'adult'],
    ['an answer to a group', answered('domain:heart', yes)],
  ])('%s is named, and nothing else is lost', (_what, item) => {
    const read = said(item, answered('adult', yes));
    expect(read.said).toEqual([['adult', known.yes]]);
    expect(read.remarks).toEqual(['unknown-question /item/0']);
  });
});
