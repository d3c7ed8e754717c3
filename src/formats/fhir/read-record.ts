import { readAllergy } from './allergy.js';
import { NOTHING_READ, type Claim, type ClaimsRead } from './claim.js';
import { readCondition } from './condition.js';
import { doubt } from './doubt.js';
import { isModified } from './look.js';
import { readMedication } from './medication.js';
import { readObservation } from './observation.js';
import { readPatient } from './patient.js';
import { readProcedure } from './procedure.js';
import { remarkOn, type PatientRecord, type Under } from './under.js';

type Reader = (record: PatientRecord, under: Under) => ClaimsRead;

/** The kinds of record that facts are read from. A questionnaire response is read beside these: its questions are the facts themselves. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['Patient', readPatient],
  ['Condition', readCondition],
  ['Observation', readObservation],
  ['AllergyIntolerance', readAllergy],
  ['Procedure', readProcedure],
  ['MedicationRequest', readMedication],
  ['MedicationStatement', readMedication],
]);

/** Whatever a record says, it means something else: of each fact that it speaks of nothing is known. */
const notUnderstood = ({ said, ...claim }: Claim): Claim =>
  said.kind === 'unknown'
    ? { said, ...claim }
    : { ...claim, said: { kind: 'unknown', reason: 'unreadable' } };

/** An observation with a focus is of something else than its subject, such as an unborn child. */
const meansElse = ({ type, json }: PatientRecord): boolean =>
  isModified(json) || (type === 'Observation' && Object.hasOwn(json, 'focus'));

/**
 * Reads one resource of this patient. One of a kind that no fact is read from says nothing.
 * INVARIANT: a record with an extension that modifies it never answers a question, and never leaves the ones that it is about as if it had not come.
 */
export const readRecord = (record: PatientRecord, under: Under): ClaimsRead => {
  const reader = READERS.get(record.type);
  if (reader === undefined) return NOTHING_READ;
  const read = reader(record, under);
  if (!meansElse(record)) return read;
  const remark = remarkOn(
    record,
    'not-understood',
    'this record says that it means something else, in a way that is not known here: ask instead',
  );
  // What is about no fact stays so; what would have said nothing may say something after all.
  const isAboutNothing = read.unmapped.length > 0;
  const { claims } = read.claims.length > 0 || isAboutNothing ? read : doubt(record, under);
  return { ...read, claims: claims.map(notUnderstood), remarks: [remark] };
};
