import { factOf, type Dictionary } from '../../rules/dictionary.js';
import type { Fact, FactCode } from '../../rules/fact.js';
import type { JsonObject } from '../../values/json.js';
import type { AnsweredMissing } from './answered.js';
import { terminologyCoding } from './coding.js';
import { OWN_EXTENSIONS } from './own-names.js';
import { asExtension, missingTold } from './told.js';

/** A kind of record that may hold a fact: its type, the terminologies that its codes are of, and the element that has them. */
type Record = {
  readonly type: 'Observation' | 'MedicationRequest' | 'Condition';
  readonly systems: readonly FactCode['system'][];
  readonly path: string;
};

/** The kinds of record in the order in which they are asked for: what was measured tells more than what was diagnosed. */
const RECORDS: readonly Record[] = [
  { type: 'Observation', systems: ['loinc'], path: 'code' },
  { type: 'MedicationRequest', systems: ['rxnorm'], path: 'medication' },
  { type: 'Condition', systems: ['snomed', 'icd10cm'], path: 'code' },
];

const UNITS: ReadonlyMap<string, readonly [code: string, unit: string]> = new Map([
  ['W', ['wk', 'weeks']],
  ['D', ['d', 'days']],
  ['H', ['h', 'hours']],
  ['M', ['min', 'minutes']],
]);

/** Elapsed time (`P30D`, `PT24H`) as FHIR's Duration; null where it is written in another way. */
const durationOf = (within: string): JsonObject | null => {
  const [, count, letter = ''] = /^PT?(\d+)([WDHM])$/.exec(within) ?? [];
  const unit = UNITS.get(letter);
  if (count === undefined || unit === undefined) return null;
  return { value: Number(count), unit: unit[1], system: 'http://unitsofmeasure.org', code: unit[0] };
};

/** An open list takes every code, and has to be whole: a filter would ask for a part of it, and a part settles nothing. */
const isOpen = (fact: Fact): boolean => fact.type === 'codeList' && fact.open;

const codesOf = (fact: Fact): readonly FactCode[] => (fact.type === 'derived' ? [] : (fact.codes ?? []));

const dateFilter = ({ need }: AnsweredMissing, { type }: Record): JsonObject => {
  const valueDuration = need?.within === undefined ? null : durationOf(need.within);
  return type !== 'Observation' || valueDuration === null
    ? {}
    : { dateFilter: [{ path: 'effective', valueDuration }] };
};

/** Which records are wanted. What has no code that a record could have can be answered in the questionnaire, under the id of the fact. */
const wantedOf = (missing: AnsweredMissing, fact: Fact): JsonObject => {
  const codes = codesOf(fact);
  const record = RECORDS.find(({ systems }) => codes.some(({ system }) => systems.includes(system)));
  if (record === undefined) return { type: 'QuestionnaireResponse' };
  const own = codes.filter(({ system }) => record.systems.includes(system));
  return {
    type: record.type,
    ...(isOpen(fact) ? {} : { codeFilter: [{ path: record.path, code: own.map(terminologyCoding) }] }),
    ...dateFilter(missing, record),
  };
};

/**
 * Writes a fact that is not known as a DataRequirement (FHIR R4): records of which kind could tell it, and in an extension everything that the native answer
 * says of it. The codes are those of the dictionary, and some of ICD-10-CM stand for all that begin with them.
 * @param dictionary of the version that answered
 * Source: HL7 FHIR R4 (4.0.1), DataRequirement
 */
export const writeDataRequirement =
  (dictionary: Dictionary) =>
  (missing: AnsweredMissing): JsonObject => ({
    extension: [{ url: OWN_EXTENSIONS.missing, extension: missingTold(missing).map(asExtension) }],
    ...wantedOf(missing, factOf(dictionary, missing.fact)),
  });
