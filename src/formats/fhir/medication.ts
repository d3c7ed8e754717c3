import type { JsonObject } from '../../values/json.js';
import { DAY_MS } from '../../values/calendar.js';
import type { CodeListFact } from '../../rules/fact.js';
import { joinRead, NOTHING_READ, type Claim, type ClaimsRead } from './claim.js';
import { conceptAt, type Concept } from './concept.js';
import { doubt } from './doubt.js';
import { isRxNorm, tokenOf } from './fact-codes.js';
import { booleanAt, objectAt, textAt, type Looked } from './look.js';
import { withdrawn } from './standing.js';
import { placeIn, remarkOn, type PatientRecord, type Under } from './under.js';
import { readWhen } from './when.js';

/**
 * For how long a medicine that was stopped counts as taken, because it may still act: monoamine oxidase inhibitors do for two weeks, and the date of a record is not
 * that of the last tablet. A declared policy; docs/fhir.md says so.
 */
const WASHOUT_MS = 30 * DAY_MS;

/** What a record says of a medicine: that it is taken, that it no longer is, that it never was, or nothing that can be told. */
type Taking = 'taken' | 'stopped' | 'not-taken' | 'withdrawn' | 'unreadable';

const REQUEST: ReadonlyMap<string, Taking> = new Map([
  ['active', 'taken'],
  ['on-hold', 'taken'],
  ['completed', 'stopped'],
  ['stopped', 'stopped'],
  ['cancelled', 'withdrawn'],
  ['entered-in-error', 'withdrawn'],
  ['draft', 'not-taken'],
]);

const STATEMENT: ReadonlyMap<string, Taking> = new Map([
  ['active', 'taken'],
  ['intended', 'not-taken'],
  ['on-hold', 'taken'],
  ['completed', 'stopped'],
  ['stopped', 'stopped'],
  ['not-taken', 'not-taken'],
  ['entered-in-error', 'withdrawn'],
]);

const statusOf = ({ json, type }: PatientRecord): Taking => {
  const table = type === 'MedicationRequest' ? REQUEST : STATEMENT;
  const taking = table.get(textAt(json, 'status') ?? '') ?? 'unreadable';
  const isForbidden = booleanAt(json, 'doNotPerform');
  if (isForbidden === null) return 'unreadable';
  return isForbidden === true && taking !== 'withdrawn' ? 'not-taken' : taking;
};

const dateIn = (period: Looked<JsonObject>): Looked<string> =>
  period === undefined || period === null ? period : textAt(period, 'end');

const validityOf = (json: JsonObject): Looked<JsonObject> => {
  const dispense = objectAt(json, 'dispenseRequest');
  return dispense === undefined || dispense === null ? dispense : objectAt(dispense, 'validityPeriod');
};

/** The last moment at which a medicine that was stopped may have been taken; null where the record does not say, or not in a form that can be read. */
const endOf = ({ json }: PatientRecord, { asOf }: Under): number | null => {
  const dates = [
    dateIn(objectAt(json, 'effectivePeriod')),
    dateIn(validityOf(json)),
    textAt(json, 'authoredOn'),
    textAt(json, 'dateAsserted'),
  ].filter((date) => date !== undefined);
  const ends = dates
    .map((date) => (date === null ? null : readWhen(date, asOf)))
    .map((when) => when?.last ?? null);
  const known = ends.filter((end) => end !== null);
  return known.length === 0 || known.length < ends.length ? null : Math.max(...known);
};

/** Whether a medicine that was stopped counts as taken; null where that cannot be told. */
const mayAct = (record: PatientRecord, under: Under): boolean | null => {
  const end = endOf(record, under);
  return end === null ? null : end >= under.asOf.epochMs - WASHOUT_MS;
};

/** What is taken: named in the record, or in a Medication that it refers to. Undefined where that did not come. */
const conceptOf = ({ json }: PatientRecord, { resolve }: Under): Looked<Concept> => {
  const own = conceptAt(json, 'medicationCodeableConcept');
  if (own !== undefined) return own;
  const reference = objectAt(json, 'medicationReference');
  if (reference === undefined || reference === null) return reference;
  const text = textAt(reference, 'reference');
  const medication = typeof text === 'string' ? resolve(text, json) : null;
  return medication === null ? undefined : conceptAt(medication, 'code');
};

/** The ingredients that a concept of a medicine names: those that the list has as options, else those of the product. Null where one cannot be placed. */
const ingredientsOf = (
  concept: Concept,
  list: CodeListFact,
  { products }: Under,
): readonly string[] | null => {
  const options = new Set(list.options.map(({ code }) => code));
  const rxnorm = concept.codes.filter(isRxNorm).map(({ code }) => code);
  const named = rxnorm.filter((code) => options.has(code));
  const made = rxnorm.filter((code) => !options.has(code)).map((code) => products(code));
  const known = [...named, ...made.flatMap((ingredients) => ingredients ?? [])];
  return known.length === 0 ? null : [...new Set(known)];
};

const isMedicines = (fact: { readonly type: string }): fact is CodeListFact => fact.type === 'codeList';

const listsIn = ({ codes }: Under): readonly CodeListFact[] => [
  ...new Set(
    codes.all
      .filter(({ by }) => by.system === 'rxnorm')
      .map(({ fact }) => fact)
      .filter(isMedicines),
  ),
];

const claimsFor = (
  list: CodeListFact,
  concept: Concept,
  { record, under }: { readonly record: PatientRecord; readonly under: Under },
): ClaimsRead => {
  const from = placeIn(record, list.id);
  const ingredients = ingredientsOf(concept, list, under);
  const options = new Set(list.options.map(({ code }) => code));
  if (ingredients === null) {
    const unplaced: Claim = { said: { kind: 'unknown', reason: 'incomplete-list' }, from };
    const detail = 'a medicine that this version cannot place: the list counts as incomplete';
    return {
      claims: [unplaced],
      remarks: [remarkOn(record, 'unplaced-code', detail)],
      unmapped: concept.codes.map(tokenOf),
    };
  }
  // An ingredient that the list has no option for is known to be none of those that a rule asks for.
  return {
    ...NOTHING_READ,
    claims: ingredients
      .filter((code) => options.has(code))
      .map((code) => ({ said: { kind: 'member', code }, from })),
  };
};

const isThere = (concept: Looked<Concept>): concept is Concept => concept !== undefined && concept !== null;

/**
 * Reads a MedicationRequest or a MedicationStatement. What is taken, and what was stopped not long ago, is added to the list of medicines; a record never makes that list
 * whole. What was planned only is not taken.
 * Source: HL7 FHIR R4 (4.0.1), MedicationRequest and MedicationStatement
 */
export const readMedication = (record: PatientRecord, under: Under): ClaimsRead => {
  const taking = statusOf(record);
  if (taking === 'withdrawn') return withdrawn(record);
  const acts = taking === 'stopped' ? mayAct(record, under) : taking !== 'not-taken';
  if (acts === false) return NOTHING_READ;
  const concept = conceptOf(record, under);
  if (taking === 'unreadable' || acts === null || !isThere(concept)) return doubt(record, under);
  return joinRead(listsIn(under).map((list) => claimsFor(list, concept, { record, under })));
};
