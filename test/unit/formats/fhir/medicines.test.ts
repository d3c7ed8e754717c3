import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/values/json.js';
import type { Products } from '../../../../src/formats/fhir/products.js';
import {
  allergy,
  BODY,
  bundleOf,
  clinical,
  concept,
  medication,
  patient,
  plain,
  readBundle,
  readWith,
} from '../../../support/records.js';

const list = (codes: readonly string[]) => ({ kind: 'codeList', codes, complete: false });
const PHENELZINE = 'rxnorm:8123';

/** A product of phenelzine, one of nothing that the rules ask for, and no other. */
const products: Products = (product) =>
  new Map([
    ['999001', ['8123']],
    ['999002', ['161']],
  ]).get(product) ?? null;

const inBundle = (...entries: readonly JsonObject[]) =>
  readBundle(bundleOf([patient(), ...entries.map(plain)]), { products });

type Row = readonly [
  what: string,
  records: readonly JsonObject[],
  value: unknown,
  remarks: readonly string[],
];

const rows: readonly Row[] = [
  ['one that is taken', [medication(PHENELZINE)], list(['8123']), []],
  ['one that is on hold', [medication(PHENELZINE, { status: 'on-hold' })], list(['8123']), []],
  [
    'one that was stopped three weeks ago',
    [medication(PHENELZINE, { status: 'stopped' })],
    list(['8123']),
    [],
  ],
  [
    'one that was stopped long ago',
    [medication(PHENELZINE, { status: 'stopped', authoredOn: '2025-01-01' })],
    undefined,
    [],
  ],
  [
    'one that was stopped nobody knows when',
    [medication(PHENELZINE, { status: 'completed', authoredOn: undefined as never })],
    { kind: 'unknown', reason: 'unreadable' },
    ['unreadable'],
  ],
  [
    'one that ends in the future',
    [
      medication(PHENELZINE, {
        status: 'completed',
        dispenseRequest: { validityPeriod: { end: '2027-01-01' } },
      }),
    ],
    { kind: 'unknown', reason: 'unreadable' },
    ['unreadable'],
  ],
  ['one that must not be given', [medication(PHENELZINE, { doNotPerform: true })], undefined, []],
  ['a draft', [medication(PHENELZINE, { status: 'draft' })], undefined, []],
  ['one that was cancelled', [medication(PHENELZINE, { status: 'cancelled' })], undefined, ['withdrawn']],
  [
    'one whose status is not known',
    [medication(PHENELZINE, { status: 'unknown' })],
    { kind: 'unknown', reason: 'unreadable' },
    ['unreadable'],
  ],
  [
    'a statement that it is not taken',
    [{ ...medication(PHENELZINE, { status: 'not-taken' }), resourceType: 'MedicationStatement' }],
    undefined,
    [],
  ],
  [
    'a statement that it is',
    [{ ...medication(PHENELZINE), resourceType: 'MedicationStatement' }],
    list(['8123']),
    [],
  ],
  ['a product', [medication('rxnorm:999001')], list(['8123']), []],
  ['a product of something harmless', [medication('rxnorm:999002')], undefined, []],
  ['a product that no table has', [medication('rxnorm:238083')], list([]), ['unplaced-code']],
  [
    'a name without a code',
    [medication(PHENELZINE, { medicationCodeableConcept: { text: 'phenelzine' } })],
    list([]),
    ['unplaced-code'],
  ],
  [
    'one that it contains',
    [
      medication(PHENELZINE, {
        medicationCodeableConcept: undefined as never,
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: concept(PHENELZINE) }],
      }),
    ],
    list(['8123']),
    [],
  ],
  [
    'one that came beside it',
    [
      medication(PHENELZINE, {
        medicationCodeableConcept: undefined as never,
        medicationReference: { reference: 'Medication/m' },
      }),
      { resourceType: 'Medication', id: 'm', code: concept(PHENELZINE) },
    ],
    list(['8123']),
    [],
  ],
  [
    'one that did not come',
    [
      medication(PHENELZINE, {
        medicationCodeableConcept: undefined as never,
        medicationReference: { reference: 'Medication/m' },
      }),
    ],
    { kind: 'unknown', reason: 'unreadable' },
    ['unreadable'],
  ],
  [
    'no medicine at all',
    [medication(PHENELZINE, { medicationCodeableConcept: undefined as never })],
    { kind: 'unknown', reason: 'unreadable' },
    ['unreadable'],
  ],
];

describe('a medicine', () => {
  it.each(rows)('%s', (_what, records, value, remarks) => {
    const read = inBundle(...records);
    expect(read.facts.medications).toEqual(value);
    expect(read.dataQuality.map(({ code }) => code)).toEqual(remarks);
  });

  it('whose product no table has is told', () => {
    expect(inBundle(medication('rxnorm:238083')).unmapped).toEqual([
      'http://www.nlm.nih.gov/research/umls/rxnorm|238083',
    ]);
  });
});

describe('an allergy', () => {
  const REACTION = { kind: 'boolean', value: true };
  it.each([
    ['to ketamine', allergy('rxnorm:6130'), REACTION],
    [
      'to ketamine, not confirmed, as most are',
      allergy('rxnorm:6130', {
        verificationStatus: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
              code: 'unconfirmed',
            },
          ],
        },
      }),
      REACTION,
    ],
    [
      'to ketamine, long over',
      allergy('rxnorm:6130', {
        clinicalStatus: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'resolved' },
          ],
        },
      }),
      REACTION,
    ],
    [
      'that was refuted',
      allergy('rxnorm:6130', {
        verificationStatus: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
              code: 'refuted',
            },
          ],
        },
      }),
      undefined,
    ],
    [
      'to a substance of a reaction',
      allergy('snomed:1', { reaction: [{ substance: concept('rxnorm:2119365') }] }),
      REACTION,
    ],
    ['to something else', allergy('rxnorm:7980'), undefined],
    ['no known allergy', allergy('snomed:716186003'), undefined],
    ['that nobody asked about', allergy('snomed:1631000175102'), undefined],
    [
      'with a status of another resource',
      allergy('rxnorm:6130', { clinicalStatus: clinical('active') }),
      { kind: 'unknown', reason: 'unreadable' },
    ],
  ] as const)('%s', (_what, record, value) => {
    expect(readWith(plain(record)).facts.ketamineReaction).toEqual(value);
  });
});

describe('an allergy under a dictionary that names no substance', () => {
  const facts = BODY.facts.map((fact) =>
    fact.type === 'boolean'
      ? { ...fact, codes: (fact.codes ?? []).filter(({ system }) => system !== 'rxnorm') }
      : fact,
  );
  const body = { ...BODY, facts };

  it('leaves a no to the questions on allergies in doubt', () => {
    const given = [{ fact: 'ketamineReaction', value: false, pointer: '/given' }];
    const read = readBundle(bundleOf([patient(), allergy('rxnorm:6130')]), { body, given });
    expect(read.facts.ketamineReaction).toEqual({ kind: 'unknown', reason: 'asked-unknown' });
    expect(read.unmapped).toEqual(['http://www.nlm.nih.gov/research/umls/rxnorm|6130']);
  });
});

describe('a Patient', () => {
  it.each([
    ['1972-03-01', 54, 54],
    ['1972-11-22', 54, 54],
    ['1972-11-23', 53, 53],
    ['1972-11', 53, 54],
    ['1972', 53, 54],
    ['2008-11', 17, 18],
    ['2004-02-29', 22, 22],
    ['2026', 0, 0],
  ])('born %s is of an age from %d to %d', (birthDate, low, high) => {
    expect(readBundle(bundleOf([patient({ birthDate })])).facts.age).toEqual({ kind: 'number', low, high });
  });

  it.each(['2027-01-01', '1850', 'yesterday', 7])('born %s is of no age that is known', (birthDate) => {
    expect(readBundle(bundleOf([patient({ birthDate })])).facts.age).toEqual({
      kind: 'unknown',
      reason: 'unreadable',
    });
  });

  it('that has died is told', () => {
    expect(readBundle(bundleOf([patient({ deceasedDateTime: '2026-01-01' })])).dataQuality).toMatchObject([
      { code: 'deceased' },
    ]);
  });
});
