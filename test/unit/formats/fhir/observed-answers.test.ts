import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/values/json.js';
import {
  concept,
  observation,
  pressure,
  quantity,
  readBundle,
  readWith,
  bundleOf,
  patient,
  plain,
} from '../../../support/records.js';

const unknown = (reason: string) => ({ kind: 'unknown', reason });
const TIME = '2026-11-20T10:00:00Z';
const UNREADABLE = unknown('unreadable');

type Answer = readonly [what: string, fact: string, records: readonly JsonObject[], value: unknown];

const bmi = (value: JsonObject, more: JsonObject = {}): JsonObject =>
  observation('loinc:39156-5', { valueQuantity: value, ...more });
const coded = (
  code: Parameters<typeof concept>[0],
  value: Parameters<typeof concept>[0],
  more: JsonObject = {},
): JsonObject => observation(code, { valueCodeableConcept: concept(value), ...more });

const answers: readonly Answer[] = [
  ['a number', 'bodyMassIndex', [bmi(quantity(31.5, 'kg/m2'))], { kind: 'number', low: 31.5, high: 31.5 }],
  [
    'less than a number',
    'bodyMassIndex',
    [bmi(quantity(31.5, 'kg/m2', { comparator: '<' }))],
    { kind: 'number', low: 5, high: 31.5 },
  ],
  [
    'the newest of several',
    'bodyMassIndex',
    [bmi(quantity(31.5, 'kg/m2')), bmi(quantity(29, 'kg/m2'), { effectiveDateTime: '2026-11-21' })],
    { kind: 'number', low: 29, high: 29 },
  ],
  [
    'one that is too old',
    'bodyMassIndex',
    [bmi(quantity(31.5, 'kg/m2'), { effectiveDateTime: '2020-11-21' })],
    unknown('stale'),
  ],
  [
    'the newest, which cannot be read',
    'bodyMassIndex',
    [bmi(quantity(31.5, 'kg/m2')), bmi(quantity(29, 'm'), { effectiveDateTime: '2026-11-21' })],
    UNREADABLE,
  ],
  [
    'an answer of PHQ-9',
    'suicidalThoughts',
    [coded('loinc:44260-8', 'loinc:LA6568-5')],
    { kind: 'code', value: 'not-at-all' },
  ],
  [
    'its score, which the dictionary does not know',
    'suicidalThoughts',
    [observation('loinc:44260-8', { valueInteger: 0 })],
    UNREADABLE,
  ],
  [
    'an answer of three weeks ago',
    'suicidalThoughts',
    [coded('loinc:44260-8', 'loinc:LA6568-5', { effectiveDateTime: '2026-11-01' })],
    unknown('stale'),
  ],
  [
    'a total without the item',
    'suicidalThoughts',
    [observation('loinc:44261-6', { valueInteger: 0 })],
    undefined,
  ],
  [
    'yes',
    'breastfeeding',
    [observation('loinc:63895-7', { valueBoolean: true })],
    { kind: 'boolean', value: true },
  ],
  [
    'no, said',
    'breastfeeding',
    [observation('loinc:63895-7', { valueBoolean: false })],
    { kind: 'boolean', value: false },
  ],
  [
    'no, as a code',
    'breastfeeding',
    [coded('loinc:63895-7', 'loinc:LA32-8')],
    { kind: 'boolean', value: false },
  ],
  [
    'the thing itself as the value',
    'breastfeeding',
    [coded('loinc:63895-7', 'snomed:413712001')],
    { kind: 'boolean', value: true },
  ],
  ['no value', 'breastfeeding', [observation('loinc:63895-7')], UNREADABLE],
  [
    'pregnant',
    'pregnancyChance',
    [coded('loinc:82810-3', 'snomed:77386006')],
    { kind: 'code', value: 'pregnant' },
  ],
  [
    'not pregnant, which does not say whether she could be',
    'pregnancyChance',
    [coded('loinc:82810-3', 'snomed:60001007')],
    UNREADABLE,
  ],
  [
    'a pregnancy test',
    'pregnancyTests',
    [coded('loinc:2106-3', 'snomed:260385009')],
    { kind: 'series', readings: [{ takenAt: TIME, values: { positive: 0 } }] },
  ],
  [
    'a test with a result that is neither',
    'pregnancyTests',
    [coded('loinc:2106-3', 'snomed:1')],
    { kind: 'series', readings: [{ takenAt: TIME, values: { positive: null } }] },
  ],
  [
    'a filtration rate without the surface',
    'kidneyTests',
    [observation('loinc:98979-8', { valueQuantity: quantity(80, 'mL/min') })],
    { kind: 'series', readings: [{ takenAt: TIME, values: { egfr: null } }] },
  ],
  [
    'a filtration rate',
    'kidneyTests',
    [observation('loinc:98979-8', { valueQuantity: quantity(80, 'mL/min/{1.73_m2}') })],
    { kind: 'series', readings: [{ takenAt: TIME, values: { egfr: 80 } }] },
  ],
  [
    'a liver test with the limit of its laboratory',
    'liverTests',
    [
      observation('loinc:1742-6', {
        valueQuantity: quantity(40, 'U/L'),
        referenceRange: [{ high: quantity(50, 'U/L') }],
      }),
    ],
    {
      kind: 'series',
      readings: [
        {
          takenAt: TIME,
          values: { alt: 40, altLimit: 50, ast: null, astLimit: null, alp: null, alpLimit: null },
        },
      ],
    },
  ],
  [
    'international units, which are others',
    'liverTests',
    [observation('loinc:1742-6', { valueQuantity: quantity(40, '[IU]/L') })],
    {
      kind: 'series',
      readings: [
        {
          takenAt: TIME,
          values: { alt: null, altLimit: null, ast: null, astLimit: null, alp: null, alpLimit: null },
        },
      ],
    },
  ],
  [
    'an observation of a fact that only diagnoses name',
    'asthma',
    [observation('snomed:195967001', { valueBoolean: true })],
    { kind: 'boolean', value: true },
  ],
];

describe('an Observation', () => {
  it.each(answers)('%s: %s', (_what, fact, records, value) => {
    expect(readWith(...records.map(plain)).facts[fact]).toEqual(value);
  });

  it('of a page of a search that goes on leaves nothing reassuring of its kind', () => {
    const read = readBundle(
      bundleOf([patient(), pressure(118, 76)], {
        type: 'searchset',
        link: [{ relation: 'next', url: 'https://ehr.example/next' }],
      }),
    );
    expect(read.facts.bloodPressure).toEqual(UNREADABLE);
    expect(read.dataQuality.map(({ code }) => code)).toEqual(['cut-off']);
  });
});
