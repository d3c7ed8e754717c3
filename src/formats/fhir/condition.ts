import type { JsonObject } from '../../values/json.js';
import { NOTHING_READ, type ClaimsRead } from './claim.js';
import { conceptAt, isNaming, statusIn, type Concept } from './concept.js';
import { doubt } from './doubt.js';
import { tokenOf, type Match } from './fact-codes.js';
import { choiceOf, textAt, type Looked } from './look.js';
import { claimsOf, currentForMs, withdrawn, type Standing } from './standing.js';
import { remarkOn, type PatientRecord, type Under } from './under.js';
import { readWhen } from './when.js';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

/** Statuses of a diagnosis that was not confirmed, or not kept up. What is not in a table cannot be read. */
const UNCONFIRMED: ReadonlyMap<string, Standing> = new Map([
  ['refuted', 'ruled-out'],
  ['entered-in-error', 'withdrawn'],
  ['unconfirmed', 'suspected'],
  ['provisional', 'suspected'],
  ['differential', 'suspected'],
]);

const CLINICAL_STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['active', 'present'],
  ['recurrence', 'present'],
  ['relapse', 'present'],
  ['remission', 'over'],
  ['inactive', 'over'],
  ['resolved', 'over'],
]);

/** A diagnosis of an encounter has no clinical status, and is there unless it says that it has ended. */
const clinicalStanding = (condition: JsonObject): Standing => {
  const status = statusIn(conceptAt(condition, 'clinicalStatus'), CLINICAL);
  if (status === undefined) return choiceOf(condition, 'abatement').length > 0 ? 'over' : 'present';
  return (status === null ? undefined : CLINICAL_STANDINGS.get(status)) ?? 'unreadable';
};

/**
 * How a Condition stands. Whether it was confirmed is looked at first: one that was entered in error has no clinical status.
 * Source: HL7 FHIR R4 (4.0.1), Condition
 */
const standingOfCondition = (condition: JsonObject): Standing => {
  const status = statusIn(conceptAt(condition, 'verificationStatus'), VERIFICATION);
  if (status === null) return 'unreadable';
  if (status === undefined || status === 'confirmed') return clinicalStanding(condition);
  return UNCONFIRMED.get(status) ?? 'unreadable';
};

/** What stands for no is held for as long as the fact says and no longer, and only where it says of when it is. */
const isStaleNo = ({ fact, by }: Match, condition: JsonObject, { asOf }: Under): boolean => {
  if (by.answer !== 'no') return false;
  const when = readWhen(textAt(condition, 'recordedDate') ?? '', asOf);
  return when === null || when.first < asOf.epochMs - currentForMs(fact);
};

/** Words without a code may raise a question where the dictionary has the same words, and never settle one. */
const uncoded = (text: string, record: PatientRecord, { codes }: Under): ClaimsRead => {
  const remark = remarkOn(
    record,
    'uncoded',
    'this record has no code that could be looked up: it settles no question, so ask what it means',
  );
  return { ...claimsOf(codes.named(text), 'suspected', record), remarks: [remark], unmapped: [] };
};

/**
 * What a record says that names something by a concept: a diagnosis, an allergy, a procedure.
 * @param standing how the record stands
 */
export const readNamed = (
  concept: Looked<Concept>,
  standing: Standing,
  { record, under }: { readonly record: PatientRecord; readonly under: Under },
): ClaimsRead => {
  if (standing === 'withdrawn') return withdrawn(record);
  if (!isNaming(concept)) return doubt(record, under);
  if (concept.codes.length === 0) return uncoded(concept.text ?? '', record, under);
  const matches = under.codes.matches(concept);
  const read = claimsOf(matches, standing, record);
  const isAboutSome = matches.some(({ fact }) => fact.type === 'boolean' || fact.type === 'code');
  return isAboutSome ? read : { ...read, unmapped: concept.codes.map(tokenOf) };
};

/** Reads a Condition: a diagnosis or a problem of this patient. */
export const readCondition = (record: PatientRecord, under: Under): ClaimsRead => {
  const { json } = record;
  const concept = conceptAt(json, 'code');
  const standing = standingOfCondition(json);
  const matches = concept === undefined || concept === null ? [] : under.codes.matches(concept);
  if (standing === 'present' && matches.some((match) => isStaleNo(match, json, under)))
    return {
      ...NOTHING_READ,
      remarks: [remarkOn(record, 'stale', 'this record is too old to say that there is nothing')],
    };
  return readNamed(concept, standing, { record, under });
};
