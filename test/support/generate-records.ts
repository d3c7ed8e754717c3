import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactCode, SentFact } from '../../src/rules/fact.js';
import type { Given } from '../../src/formats/fhir/records.js';
import { readJson } from '../../src/values/read-json.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { chance, pick, type Draw } from './generate-draw.js';
import {
  allergy,
  BODY,
  clinical,
  concept,
  condition,
  medication,
  observation,
  patient,
  plain,
  pressure,
  quantity,
  verified,
} from './records.js';

type Coded = Parameters<typeof concept>[0];

const isSent = (fact: { readonly type: string }): fact is SentFact => fact.type !== 'derived';

const FACTS = BODY.facts.filter(isSent);

const codesOf = (system: FactCode['system'], type: SentFact['type']): readonly string[] =>
  FACTS.filter((fact) => fact.type === type).flatMap(({ codes = [] }) =>
    codes.filter((one) => one.system === system).map(({ code }) => code),
  );

const SNOMED = [...codesOf('snomed', 'boolean'), ...codesOf('snomed', 'code')];
const ICD = codesOf('icd10cm', 'boolean');
const MEDICINES = codesOf('rxnorm', 'codeList');

const days = (draw: Draw): string =>
  `2026-${pick(draw, ['10', '11'])}-${String(1 + draw(20)).padStart(2, '0')}`;

const moment = (draw: Draw): string =>
  chance(draw, 25) ? days(draw) : `${days(draw)}T0${String(draw(9))}:00:00Z`;

const drawCondition = (draw: Draw): JsonObject => {
  const code: Coded = chance(draw, 50) ? `snomed:${pick(draw, SNOMED)}` : `icd10cm:${pick(draw, ICD)}`;
  return condition(code, {
    clinicalStatus: clinical(pick(draw, ['active', 'active', 'active', 'relapse', 'resolved', 'remission'])),
    verificationStatus: verified(
      pick(draw, ['confirmed', 'confirmed', 'confirmed', 'provisional', 'refuted']),
    ),
  });
};

const drawPressure = (draw: Draw): JsonObject =>
  pressure(100 + draw(100), 60 + draw(39), { effectiveDateTime: moment(draw) });

const drawMedication = (draw: Draw): JsonObject =>
  medication(`rxnorm:${pick(draw, MEDICINES)}`, {
    status: pick(draw, ['active', 'active', 'on-hold', 'stopped', 'completed']),
    authoredOn: pick(draw, ['2026-11-01', '2024-01-01']),
  });

const drawObservation = (draw: Draw): JsonObject =>
  pick(draw, [
    observation('loinc:39156-5', {
      valueQuantity: quantity(18 + draw(25), 'kg/m2'),
      effectiveDateTime: moment(draw),
    }),
    observation('loinc:63895-7', { valueBoolean: chance(draw, 50), effectiveDateTime: moment(draw) }),
    observation('loinc:2106-3', { valueInteger: draw(2), effectiveDateTime: moment(draw) }),
    observation('loinc:59408-5', {
      valueQuantity: quantity(85 + draw(15), '%'),
      effectiveDateTime: moment(draw),
    }),
    observation('loinc:98979-8', {
      valueQuantity: quantity(10 + draw(90), 'mL/min/{1.73_m2}'),
      effectiveDateTime: moment(draw),
    }),
    observation('loinc:44260-8', {
      valueCodeableConcept: concept(pick(draw, ['loinc:LA6568-5', 'loinc:LA6570-1'])),
      effectiveDateTime: moment(draw),
    }),
  ]);

const drawAllergy = (draw: Draw): JsonObject =>
  allergy(pick(draw, ['rxnorm:6130', 'rxnorm:7980', 'rxnorm:2119365']));

const DRAWERS = [
  drawCondition,
  drawCondition,
  drawCondition,
  drawPressure,
  drawPressure,
  drawMedication,
  drawObservation,
  drawObservation,
  drawAllergy,
];

/** The records of a patient: a Patient, and a few others of every kind. */
export const drawRecords = (draw: Draw): readonly JsonObject[] => [
  patient({ birthDate: pick(draw, ['1972-03-01', '1990', '2008-11', '1950-06']) }),
  ...Array.from({ length: 1 + draw(6) }, (_, index) =>
    plain({ ...pick(draw, DRAWERS)(draw), id: `r-${String(index)}` }),
  ),
];

const jsonIn = (object: JsonObject, key: string): JsonObject => {
  const value = Object.hasOwn(object, key) ? (object[key] ?? null) : null;
  return isJsonObject(value) ? value : {};
};

const readVignette = (name: string): JsonObject => {
  const read = readJson(readFileSync(join('test/vignettes', name)));
  return read.ok && isJsonObject(read.value) ? read.value : {};
};

/** The answers of whole patients for whom the verdict is final and not the worst, so that records can still make it worse. */
const PATIENTS: readonly JsonObject[] = readdirSync('test/vignettes')
  .map(readVignette)
  .filter((one) => ['eligible', 'review'].some((verdict) => jsonIn(one, 'expect').verdict === verdict))
  .map((one) => jsonIn(jsonIn(one, 'intake'), 'facts'));

/** Answers that a person gave beside the records: all, or all but a few. Alone they reassure; records may know better. */
export const drawAnswers = (draw: Draw): readonly Given[] => {
  const kept = pick(draw, [100, 98, 90]);
  return Object.entries(pick(draw, PATIENTS)).flatMap(([fact, value]) =>
    chance(draw, kept) ? [{ fact, value, pointer: `/given/${fact}` }] : [],
  );
};

/** What no element of FHIR can be where it stands. */
const WRONG: readonly JsonValue[] = [7, true, {}, [], null, '', [[]], { x: 1 }];

/** Elements that nothing is read from, so that damaging them changes nothing, or that decide between two readings that are both right. */
const LEFT: ReadonlySet<string> = new Set(['display', 'intent', 'id']);

type Path = readonly (string | number)[];

const pathsIn = (value: JsonValue, path: Path = []): readonly Path[] => {
  if (Array.isArray(value))
    return [path, ...value.flatMap((one: JsonValue, index) => pathsIn(one, [...path, index]))];
  if (!isJsonObject(value)) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, one]) => (LEFT.has(key) ? [] : pathsIn(one, [...path, key]))),
  ];
};

const withAt = (value: JsonValue, [step, ...rest]: Path, put: JsonValue): JsonValue => {
  if (step === undefined) return put;
  if (Array.isArray(value))
    return value.map((one: JsonValue, index) => (index === step ? withAt(one, rest, put) : one));
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, key === step ? withAt(one, rest, put) : one]),
      )
    : value;
};

const isSame = (a: JsonValue, b: JsonValue): boolean => JSON.stringify(a) === JSON.stringify(b);

const WORDS: readonly (readonly [key: string, word: string])[] = [
  ['status', 'garbage'],
  ['effectiveDateTime', '2027-01-01'],
  ['effectiveDateTime', 'tomorrow'],
  ['birthDate', '2030'],
];

const wordFor = (draw: Draw, record: JsonObject): JsonValue | null => {
  const fit = WORDS.filter(([key]) => Object.hasOwn(record, key));
  if (fit.length === 0) return null;
  const [key, word] = pick(draw, fit);
  return { ...record, [key]: word };
};

const withModifier = (record: JsonObject): JsonObject => ({
  ...record,
  modifierExtension: [{ url: 'urn:unknown' }],
});

/** A record of which some element is not what it must be. What FHIR lets be left out is not damage: a record without it says something else. */
export const damaged = (draw: Draw, record: JsonObject): JsonValue => {
  if (chance(draw, 12)) return withModifier(record);
  if (chance(draw, 15)) return wordFor(draw, record) ?? withModifier(record);
  const path = pick(draw, pathsIn(record));
  const put = pick(draw, WRONG);
  const put2 = withAt(record, path, put);
  return isSame(put2, record) ? withModifier(record) : put2;
};
