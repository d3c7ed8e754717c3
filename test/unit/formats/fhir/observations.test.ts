import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/values/json.js';
import { concept, observation, pressure, quantity, readWith, plain } from '../../../support/records.js';

const unknown = (reason: string) => ({ kind: 'unknown', reason });
const TIME = '2026-11-20T10:00:00Z';
const UNREADABLE = unknown('unreadable');

const reading = (systolic: number | null, diastolic: number | null, takenAt = TIME) => ({
  takenAt,
  values: { systolic, diastolic },
});
const series = (...readings: readonly object[]) => ({ kind: 'series', readings });
const NULLS = series(reading(null, null));

const systolic = (value: JsonObject, more: JsonObject = {}): JsonObject =>
  observation('loinc:8480-6', { ...value, ...more });
const diastolic = (value: JsonObject, more: JsonObject = {}): JsonObject =>
  observation('loinc:8462-4', { ...value, ...more });
const mercury = (value: number): JsonObject => ({ valueQuantity: quantity(value, 'mm[Hg]') });
const withUnit = (unit: JsonObject): JsonObject =>
  pressure(0, 0, {
    component: [
      { code: concept('loinc:8480-6'), valueQuantity: { value: 16, ...unit } },
      { code: concept('loinc:8462-4'), valueQuantity: { value: 10.67, ...unit } },
    ],
  });
const noUnit = { valueQuantity: { value: 120 } };

type Row = readonly [
  what: string,
  records: readonly JsonObject[],
  value: unknown,
  remarks: readonly string[],
];

const rows: readonly Row[] = [
  ['both components in one', [pressure(120, 80)], series(reading(120, 80)), []],
  [
    'two observations of one time',
    [systolic(mercury(120)), diastolic(mercury(80))],
    series(reading(120, 80)),
    [],
  ],
  ['one half alone', [systolic(mercury(120))], series(reading(120, null)), []],
  [
    'a panel whose parts came by themselves',
    [
      observation('loinc:85354-9', {
        hasMember: [{ reference: 'Observation/o-loinc-8480-6' }, { reference: 'Observation/o-loinc-8462-4' }],
      }),
      systolic(mercury(120)),
      diastolic(mercury(80)),
    ],
    series(reading(120, 80)),
    [],
  ],
  [
    'a panel whose parts did not come',
    [observation('loinc:85354-9', { hasMember: [{ reference: 'Observation/none' }] })],
    NULLS,
    [],
  ],
  ['a text', [observation('loinc:85354-9', { valueString: '120/80' })], NULLS, []],
  [
    'in kilopascals',
    [withUnit({ system: 'http://unitsofmeasure.org', code: 'kPa', unit: 'kPa' })],
    series(reading(120.010201, 80.031803)),
    [],
  ],
  [
    'a unit in words that can mean one thing only',
    [
      pressure(0, 0, {
        component: [
          { code: concept('loinc:8480-6'), valueQuantity: { value: 120, unit: 'mmHg' } },
          { code: concept('loinc:8462-4'), valueQuantity: { value: 80, unit: 'mm Hg' } },
        ],
      }),
    ],
    series(reading(120, 80)),
    [],
  ],
  [
    'a code that UCUM does not have, as people write it',
    [
      pressure(0, 0, {
        component: [
          { code: concept('loinc:8480-6'), valueQuantity: quantity(120, 'mmHg') },
          { code: concept('loinc:8462-4'), valueQuantity: quantity(80, 'mmHg') },
        ],
      }),
    ],
    series(reading(120, 80)),
    [],
  ],
  ['no unit', [systolic(noUnit)], series(reading(null, null)), []],
  [
    'another unit',
    [withUnit({ system: 'http://unitsofmeasure.org', code: '[psi]', unit: 'psi' })],
    NULLS,
    [],
  ],
  ['a code and words that differ', [withUnit({ code: 'mmHg', unit: 'kPa' })], NULLS, []],
  ['components that are swapped', [pressure(80, 120)], NULLS, []],
  ['a pressure of nought', [pressure(0, 80)], series(reading(null, 80)), []],
  ['a negative pressure', [pressure(-120, 80)], series(reading(null, 80)), []],
  ['a number as a text', [pressure('120', 80)], series(reading(null, 80)), []],
  [
    'a comparator',
    [
      pressure(120, 80, {
        component: [
          { code: concept('loinc:8480-6'), valueQuantity: quantity(120, 'mm[Hg]', { comparator: '>' }) },
          { code: concept('loinc:8462-4'), valueQuantity: quantity(80, 'mm[Hg]') },
        ],
      }),
    ],
    series(reading(null, 80)),
    [],
  ],
  [
    'two numbers for one component',
    [
      pressure(0, 0, {
        component: [120, 130].map((value) => ({
          code: concept('loinc:8480-6'),
          valueQuantity: quantity(value, 'mm[Hg]'),
        })),
      }),
    ],
    series(reading(null, null)),
    [],
  ],
  [
    'why there is no value',
    [observation('loinc:85354-9', { dataAbsentReason: { text: 'refused' } })],
    NULLS,
    ['no-answer'],
  ],
  ['entered in error', [pressure(120, 80, { status: 'entered-in-error' })], undefined, ['withdrawn']],
  ['cancelled', [pressure(120, 80, { status: 'cancelled' })], undefined, ['withdrawn']],
  ['preliminary', [pressure(120, 80, { status: 'preliminary' })], NULLS, ['not-final']],
  ['no status', [pressure(120, 80, { status: undefined as never })], NULLS, ['not-final']],
  [
    'a day',
    [pressure(120, 80, { effectiveDateTime: '2026-11-20' })],
    series(reading(120, 80, '2026-11-20')),
    [],
  ],
  [
    'a time in another offset',
    [pressure(120, 80, { effectiveDateTime: '2026-11-20T12:00:00+02:00' })],
    series(reading(120, 80)),
    [],
  ],
  [
    'a time without an offset',
    [pressure(120, 80, { effectiveDateTime: '2026-11-20T10:00:00' })],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'a day that does not exist',
    [pressure(120, 80, { effectiveDateTime: '2026-02-30' })],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'in the future',
    [pressure(120, 80, { effectiveDateTime: '2026-11-23T10:00:00Z' })],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'no time, beside one with a time',
    [pressure(120, 80, { effectiveDateTime: undefined as never }), pressure(118, 78)],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'a period',
    [
      pressure(120, 80, {
        effectiveDateTime: undefined as never,
        effectivePeriod: { start: '2026-11-20T09:00:00Z', end: TIME },
      }),
    ],
    series(reading(120, 80)),
    [],
  ],
  [
    'a period without an end',
    [pressure(120, 80, { effectiveDateTime: undefined as never, effectivePeriod: { start: TIME } })],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'a name without a code',
    [pressure(120, 80, { code: { text: 'Blood pressure panel' }, component: undefined as never })],
    UNREADABLE,
    ['uncoded'],
  ],
  ['nothing by which it is named', [pressure(120, 80, { code: {} })], UNREADABLE, ['unreadable']],
  ['one reading twice', [pressure(120, 80), pressure(120, 80)], series(reading(120, 80)), []],
  [
    'two readings of one time that differ',
    [pressure(120, 80), pressure(150, 80)],
    series(reading(null, 80)),
    ['conflicting-readings'],
  ],
  [
    'a component without a code',
    [pressure(120, 80, { component: [{ valueQuantity: quantity(120, 'mm[Hg]') }] })],
    UNREADABLE,
    ['unreadable'],
  ],
  [
    'one about someone else within the record',
    [pressure(120, 80, { focus: [{ reference: 'Patient/child' }] })],
    UNREADABLE,
    ['not-understood'],
  ],
  [
    'a modified component',
    [
      pressure(120, 80, {
        component: [
          {
            code: concept('loinc:8480-6'),
            valueQuantity: quantity(120, 'mm[Hg]'),
            modifierExtension: [{ url: 'urn:x' }],
          },
        ],
      }),
    ],
    UNREADABLE,
    ['not-understood'],
  ],
];

describe('a blood pressure', () => {
  it.each(rows)('%s', (_what, records, value, remarks) => {
    const read = readWith(...records.map(plain));
    expect(read.issues).toEqual([]);
    expect(read.facts.bloodPressure).toEqual(value);
    expect(read.dataQuality.map(({ code }) => code)).toEqual(remarks);
  });
});
