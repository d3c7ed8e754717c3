import { describe, expect, it } from 'vitest';
import type { Products } from '../../../../src/formats/fhir/products.js';
import type { FactsRead } from '../../../../src/screening/intake.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import {
  bundleOf,
  concept,
  condition,
  medication,
  observation,
  patient,
  plain,
  pressure,
  quantity,
  readBundle,
} from '../../../support/records.js';

// What goes wrong in the field between the systems of hospitals, one row each, with what must come of it. The tests of each resource go deeper.

const unknown = (reason: string) => ({ kind: 'unknown', reason });
const YES = { kind: 'boolean', value: true };
const UNREADABLE = unknown('unreadable');
const TIME = '2026-11-20T10:00:00Z';
const bloodPressure = (systolic: number | null, diastolic: number | null) => ({
  bloodPressure: { kind: 'series', readings: [{ takenAt: TIME, values: { systolic, diastolic } }] },
});
const NO_PRESSURE = bloodPressure(null, null);
const UNREADABLE_PRESSURE = { bloodPressure: UNREADABLE };
const list = (...codes: readonly string[]) => ({ medications: { kind: 'codeList', codes, complete: false } });

const ASTHMA = condition('snomed:195967001');
const MERCURY = 'mm[Hg]';

/** A table that knows a product and a branded form of phenelzine, and the ingredient by nothing. */
const products: Products = (code) =>
  new Map([
    ['999001', ['8123']],
    ['999003', ['8123']],
  ]).get(code) ?? null;

const component = (code: string, value: JsonObject): JsonObject => ({
  code: concept(`loinc:${code}`),
  valueQuantity: value,
});
const systolicIn = (value: JsonObject): JsonObject =>
  pressure(0, 80, { component: [component('8480-6', value), component('8462-4', quantity(80, MERCURY))] });
const coded = (...coding: readonly JsonObject[]): JsonObject => ({ code: { coding } });
const SNOMED = 'http://snomed.info/sct';
const medicine = (more: JsonObject): JsonObject =>
  medication('rxnorm:8123', { medicationCodeableConcept: undefined as never, ...more });

type Row = readonly [
  trap: string,
  records: readonly JsonValue[],
  facts: Readonly<Record<string, unknown>>,
  remarks: readonly string[],
];

const UNITS: readonly Row[] = [
  [
    '`mmHg`, which is no unit of UCUM but means one',
    [systolicIn(quantity(120, 'mmHg'))],
    bloodPressure(120, 80),
    [],
  ],
  ['kilopascals are converted', [systolicIn(quantity(16, 'kPa'))], bloodPressure(120.010201, 80), []],
  [
    'code without its system: the words decide',
    [systolicIn({ value: 120, code: MERCURY, unit: 'mmHg' })],
    bloodPressure(120, 80),
    [],
  ],
  ['words that nobody knows', [systolicIn({ value: 120, unit: 'points' })], bloodPressure(null, 80), []],
  ['no unit at all', [systolicIn({ value: 120 })], bloodPressure(null, 80), []],
];

const PRESSURES: readonly Row[] = [
  ['a pressure as a text', [observation('loinc:85354-9', { valueString: '120/80' })], NO_PRESSURE, []],
  ['components that are swapped: diastolic above systolic', [pressure(80, 120)], NO_PRESSURE, []],
  ['nought', [pressure(0, 80)], bloodPressure(null, 80), []],
  ['a negative number', [pressure(-120, 80)], bloodPressure(null, 80), []],
  [
    'entered in error',
    [pressure(120, 80, { status: 'entered-in-error' })],
    { bloodPressure: undefined },
    ['withdrawn'],
  ],
  ['cancelled', [pressure(120, 80, { status: 'cancelled' })], { bloodPressure: undefined }, ['withdrawn']],
  ['preliminary', [pressure(120, 80, { status: 'preliminary' })], NO_PRESSURE, ['not-final']],
  [
    'a time in the future',
    [pressure(120, 80, { effectiveDateTime: '2026-11-23T10:00:00Z' })],
    UNREADABLE_PRESSURE,
    ['unreadable'],
  ],
  [
    'a time without a zone',
    [pressure(120, 80, { effectiveDateTime: '2026-11-20T10:00:00' })],
    UNREADABLE_PRESSURE,
    ['unreadable'],
  ],
  [
    'a period: its end counts',
    [
      pressure(120, 80, {
        effectiveDateTime: undefined as never,
        effectivePeriod: { start: '2026-11-20T09:00:00Z', end: TIME },
      }),
    ],
    bloodPressure(120, 80),
    [],
  ],
  [
    '`hasMember` in place of components',
    [
      observation('loinc:85354-9', { hasMember: [{ reference: 'Observation/o-loinc-8480-6' }] }),
      observation('loinc:8480-6', { valueQuantity: quantity(120, MERCURY) }),
    ],
    bloodPressure(120, null),
    [],
  ],
];

const CODES: readonly Row[] = [
  [
    'words that the dictionary has raise the question',
    [condition('snomed:1', { code: { text: 'asthma' } })],
    { asthma: unknown('asked-unknown') },
    ['uncoded'],
  ],
  [
    'words clear nothing',
    [condition('snomed:1', { code: { text: 'no asthma, never had' } })],
    { asthma: unknown('asked-unknown') },
    ['uncoded'],
  ],
  [
    'several codings: one that is known is enough',
    [
      condition(
        'snomed:1',
        coded({ system: 'urn:local', code: 'A1' }, { system: SNOMED, code: '195967001' }),
      ),
    ],
    { asthma: YES },
    [],
  ],
  [
    'a known code of a system that nobody knows',
    [condition('snomed:1', coded({ system: 'urn:local', code: '195967001' }))],
    { asthma: undefined },
    [],
  ],
  [
    'a display with a space of no width',
    [condition('snomed:1', coded({ system: SNOMED, code: '195967001', display: 'Asth\u200bma' }))],
    { asthma: YES },
    [],
  ],
  [
    'a display is never what is matched',
    [condition('snomed:1', coded({ system: SNOMED, code: '1', display: 'Asthma' }))],
    { asthma: undefined },
    [],
  ],
  [
    'an edition of SNOMED CT',
    [
      condition(
        'snomed:1',
        coded({ system: SNOMED, code: '195967001', version: 'http://snomed.info/sct/731000124108' }),
      ),
    ],
    { asthma: YES },
    [],
  ],
  ['a header of ICD-10-CM', [condition('icd10cm:J45')], { asthma: YES }, []],
  ['a code of ICD-10-CM that is out of use', [condition('icd10cm:M54.5')], { asthma: undefined }, []],
];

const MEDICINES: readonly Row[] = [
  ['an ingredient', [medication('rxnorm:8123')], list('8123'), []],
  ['a product', [medication('rxnorm:999001')], list('8123'), []],
  ['a form by its brand', [medication('rxnorm:999003')], list('8123'), []],
  [
    'a product that no table places: the list is not whole',
    [medication('rxnorm:238083')],
    list(),
    ['unplaced-code'],
  ],
  [
    'a medicine that the order contains',
    [
      medicine({
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: concept('rxnorm:8123') }],
      }),
    ],
    list('8123'),
    [],
  ],
  [
    'a medicine that stands beside it',
    [
      medicine({ medicationReference: { reference: 'Medication/m' } }),
      { resourceType: 'Medication', id: 'm', code: concept('rxnorm:8123') },
    ],
    list('8123'),
    [],
  ],
  [
    'a medicine that did not come',
    [medicine({ medicationReference: { reference: 'Medication/m' } })],
    { medications: UNREADABLE },
    ['unreadable'],
  ],
];

const RESOURCES: readonly Row[] = [
  [
    'an extension that modifies and that nobody knows',
    [condition('snomed:195967001', { modifierExtension: [{ url: 'urn:x' }] })],
    { asthma: UNREADABLE },
    ['not-understood'],
  ],
  [
    'a record of another patient',
    [condition('snomed:195967001', { subject: { reference: 'Patient/pt-2' } })],
    { asthma: undefined },
    ['other-patient'],
  ],
  ['one event twice', [ASTHMA, { ...ASTHMA, id: 'again' }], { asthma: YES }, []],
  ['one reading twice', [pressure(120, 80), pressure(120, 80, { id: 'again' })], bloodPressure(120, 80), []],
];

const read = (records: readonly JsonValue[], more: JsonObject = {}): FactsRead =>
  readBundle(plain(bundleOf([patient(), ...records], more)), { products });

const codes = ({ dataQuality }: FactsRead): readonly string[] => dataQuality.map(({ code }) => code);

describe.each([
  ['units', UNITS],
  ['blood pressures', PRESSURES],
  ['codes and words', CODES],
  ['medicines', MEDICINES],
  ['records', RESOURCES],
] as const)('the traps of %s', (_kind, rows) => {
  it.each(rows)('%s', (_trap, records, facts, remarks) => {
    const came = read(records);
    expect(came.issues).toEqual([]);
    for (const [fact, value] of Object.entries(facts)) expect(came.facts[fact]).toEqual(value);
    expect(codes(came)).toEqual(remarks);
  });
});

describe('the traps of references', () => {
  const URN = 'urn:uuid:5c7ad1fb-3e1b-4b1d-9d33-3a4b5a0f7c11';
  it.each([
    ['relative', 'https://ehr.example/fhir/Patient/pt-1', 'Patient/pt-1', YES],
    ['absolute', 'https://ehr.example/fhir/Patient/pt-1', 'https://ehr.example/fhir/Patient/pt-1', YES],
    ['of a urn', URN, URN, YES],
    ['to a urn that nothing stands under', 'https://ehr.example/fhir/Patient/pt-1', URN, UNREADABLE],
  ])('a reference that is %s', (_how, fullUrl, reference, value) => {
    const entry = [
      { fullUrl, resource: patient() },
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        resource: { ...ASTHMA, subject: { reference } },
      },
    ];
    expect(readBundle(bundleOf([], { entry })).facts.asthma).toEqual(value);
  });
});

describe('the traps of a Bundle that is not whole', () => {
  const outcome = { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } };
  it.each([
    ['a next page', { link: [{ relation: 'next', url: 'https://ehr.example/fhir?page=2' }] }],
    ['more in all than came', { total: 9 }],
    ['a number of all that cannot be read', { total: '9' }],
    [
      'more in all than came, beside something that cannot be told to be found or included',
      {
        total: 2,
        entry: [{ resource: patient() }, { resource: condition('icd10cm:M54.5'), search: 'include' }],
      },
    ],
    ['an outcome among the entries', { entry: [{ resource: patient() }, outcome] }],
  ])('%s: nothing that is said reassures', (_trap, more) => {
    const bundle = bundleOf([patient()], { type: 'searchset', ...more });
    const given = [{ fact: 'asthma', value: false, pointer: '/given/asthma' }];
    const came = readBundle(bundle, { given });
    expect(came.facts.asthma).toEqual(UNREADABLE);
    expect(codes(came)).toContain('cut-off');
  });
});
