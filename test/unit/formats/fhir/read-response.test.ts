import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { changed, known } from '../../../support/builders.js';
import {
  aResponse,
  answered,
  CODES,
  optionOf,
  quantity,
  readAt,
  said,
  saidBy,
} from '../../../support/responses.js';

const { yes, no, declined } = CODES;

const STALE = { kind: 'unknown', reason: 'stale' };
const UNREADABLE = { kind: 'unknown', reason: 'unreadable' };

const ADULT = [answered('adult', yes)];

describe('nothing is read of a response', () => {
  it.each<[string, JsonValue, string]>([
    ['that was entered in error', aResponse(ADULT, { status: 'entered-in-error' }), 'withdrawn /status'],
    ['that is still filled in', aResponse(ADULT, { status: 'in-progress' }), 'unreadable /status'],
    ['that was stopped', aResponse(ADULT, { status: 'stopped' }), 'unreadable /status'],
    ['of no status', aResponse(ADULT, { status: null }), 'unreadable /status'],
    ['to no questionnaire', aResponse(ADULT, { questionnaire: null }), 'unknown-question /questionnaire'],
    [
      'to the questionnaire of another set',
      aResponse(ADULT, { questionnaire: 'urn:ketamine-screening:questionnaire:small' }),
      'unknown-question /questionnaire',
    ],
    [
      'to that of another version',
      aResponse(ADULT, { questionnaire: 'urn:ketamine-screening:questionnaire:small-set|1.0.1' }),
      'unknown-question /questionnaire',
    ],
    ['that is another resource', aResponse(ADULT, { resourceType: 'Questionnaire' }), 'unreadable '],
    ['that is none', [], 'unreadable '],
  ])('%s', (_what, response, remark) => {
    expect(saidBy(response)).toEqual({ said: [], remarks: [remark] });
  });

  it('but of one that was amended, and of one that names no version', () => {
    for (const more of [
      { status: 'amended' },
      { questionnaire: 'urn:ketamine-screening:questionnaire:small-set' },
    ])
      expect(saidBy(aResponse(ADULT, more)).said).toEqual([['adult', known.yes]]);
  });
});

describe('the resource of a claim', () => {
  it.each<[JsonValue]>([[null], [7], ['a b'], ['x'.repeat(65)]])('is left out where the id is %j', (id) => {
    const { claims } = readAt(aResponse(ADULT, { id }));
    expect(claims.map(({ from }) => from)).toEqual([{ fact: 'adult', pointer: '/item/0/answer/0' }]);
  });
});

const particulars = (...item: readonly JsonObject[]): JsonObject => ({
  linkId: 'heartDisease.particulars',
  item,
});

describe('an answer that is hidden does not count', () => {
  it('under a gate that was answered no, in its group or beside it', () => {
    const nested = said(answered('heartDisease', no), particulars(answered('angina', yes)));
    expect(nested).toEqual({
      said: [['heartDisease', known.no]],
      remarks: ['hidden-answer /item/1/item/0'],
    });
    const flat = said(answered('angina', yes), answered('heartDisease', no));
    expect(flat).toEqual({ said: [['heartDisease', known.no]], remarks: ['hidden-answer /item/0'] });
  });

  it.each<[string, readonly JsonObject[]]>([
    ['has no answer', []],
    ['was not known', [answered('heartDisease', declined)]],
    ['was answered yes', [answered('heartDisease', yes)]],
    ['was answered twice', [answered('heartDisease', no, no)]],
    ['was answered no and yes', [answered('heartDisease', no), answered('heartDisease', yes)]],
    ['was answered in other words', [answered('heartDisease', { valueString: 'No' })]],
    ['was answered no in another system', [answered('heartDisease', { system: 'urn:x', code: 'N' })]],
  ])('but it does under a gate that %s', (_what, gate) => {
    const read = said(...gate, particulars(answered('angina', yes)));
    expect(read.said).toContainEqual(['angina', known.yes]);
    expect(read.remarks.join()).not.toContain('hidden');
  });

  const lastAttack = answered('lastAttack', { valueDate: '2026-11-01' });

  it.each<[string, readonly JsonObject[]]>([
    ['was not answered', []],
    ['was answered no', [answered('angina', no)]],
    ['is hidden itself, though it was answered yes', [answered('heartDisease', no), answered('angina', yes)]],
  ])('of a detail of what %s', (_what, whole) => {
    const read = said(...whole, lastAttack);
    expect(read.said).not.toContainEqual(['lastAttack', expect.anything()]);
    expect(read.remarks).toContain(`hidden-answer /item/${String(whole.length)}`);
  });

  it('of a detail of a detail whose own answer is hidden', () => {
    const yesAndSince = [answered('heavily', yes), answered('heavilySince', { valueDate: '2020' })];
    expect(said(answered('smoking', yes), ...yesAndSince).said).toHaveLength(3);
    expect(said(answered('smoking', no), ...yesAndSince)).toEqual({
      said: [['smoking', known.no]],
      remarks: ['hidden-answer /item/1', 'hidden-answer /item/2'],
    });
  });

  it('of a reason beside an answer, though that is bad', () => {
    const read = said(answered('age', { valueDecimal: 131 }), answered('age.unknown', declined));
    expect(read).toEqual({
      said: [['age', UNREADABLE]],
      remarks: ['unreadable /item/0/answer/0', 'hidden-answer /item/1'],
    });
  });
});

const ANSWERS: readonly JsonObject[] = [
  answered('adult', yes),
  answered('age', { valueDecimal: 54 }),
  answered('route', optionOf('route', 'oral')),
  answered('medicines', optionOf('medicines', '6813')),
  answered('heartDisease', declined),
  answered('angina', yes),
  answered('heartFailure', no),
  answered('lastAttack', { valueDate: '2026-01' }),
  {
    linkId: 'pressure',
    item: [
      answered('pressure.takenAt', { valueDateTime: '2026-09-01' }),
      answered('pressure.reading.systolic', quantity(168, 'mm[Hg]')),
    ],
  },
  answered('pulse', quantity(66, '/min')),
];

describe('an old response', () => {
  it('keeps a yes that is the worse answer, and readings, and nothing else', () => {
    const { said: claims, remarks } = saidBy(aResponse(ANSWERS, { authored: '2026-10-01' }));
    expect(claims).toMatchObject([
      ['adult', STALE],
      ['age', STALE],
      ['route', STALE],
      ['medicines', STALE],
      ['heartDisease', STALE],
      ['angina', known.yes],
      ['heartFailure', STALE],
      ['lastAttack', STALE],
      ['pressure', { kind: 'reading' }],
      ['pulse', STALE],
    ]);
    expect(remarks).toEqual(['stale /authored']);
  });

  it.each<[string, string, unknown]>([
    ['now', '2026-11-22T12:00:00Z', known.no],
    ['a moment less than 30 days ago', '2026-10-23T12:00:00.001Z', known.no],
    ['30 days ago', '2026-10-23T12:00:00Z', STALE],
    ['30 days ago, by the day', '2026-10-23', known.no],
    ['31 days ago, by the day', '2026-10-22', STALE],
    ['this month', '2026-11', known.no],
    ['this year', '2026', STALE],
    ['in five minutes, by a clock that is fast', '2026-11-22T12:05:00Z', known.no],
  ])('of %s', (_what, authored, value) => {
    const response = aResponse([answered('heartFailure', no)], { authored });
    expect(saidBy(response).said).toEqual([['heartFailure', value]]);
  });

  it('is one that does not say when it was filled in', () => {
    const filled = aResponse([answered('heartFailure', no), answered('angina', yes)]);
    expect(saidBy(changed(filled, '/authored'))).toEqual({
      said: [
        ['angina', known.yes],
        ['heartFailure', STALE],
      ],
      remarks: ['stale '],
    });
  });
});

describe('all that a response answers is unknown', () => {
  it.each<[string, JsonObject, string]>([
    ['where it is of the future', { authored: '2026-11-22T12:05:00.001Z' }, 'unreadable /authored'],
    ['where it is of tomorrow', { authored: '2026-11-23' }, 'unreadable /authored'],
    ['where its time has no offset', { authored: '2026-11-22T12:00:00' }, 'unreadable /authored'],
    ['where its time does not exist', { authored: '2026-02-30' }, 'unreadable /authored'],
    ['where its time is null', { authored: null }, 'unreadable /authored'],
    ['where there are implicit rules', { implicitRules: 'urn:x' }, 'not-understood '],
    ['where something may change its meaning', { modifierExtension: [] }, 'not-understood '],
    [
      'where something may change the meaning of a part of it',
      { subject: { identifier: [{ modifierExtension: [{ url: 'urn:x' }] }] } },
      'not-understood ',
    ],
  ])('%s', (_what, more, remark) => {
    const { said: claims, remarks } = saidBy(aResponse(ANSWERS, more));
    const ids = 'adult age route medicines heartDisease angina heartFailure lastAttack pressure pulse';
    expect(claims).toEqual(ids.split(' ').map((id) => [id, UNREADABLE]));
    expect(remarks).toEqual([remark]);
  });

  it('where one answer of it is not understood, even what another answer would hide', () => {
    const gate = { ...answered('heartDisease', no), modifierExtension: [{ url: 'urn:not' }] };
    expect(said(gate, answered('angina', yes)).said).toEqual([
      ['heartDisease', UNREADABLE],
      ['angina', UNREADABLE],
    ]);
  });
});
