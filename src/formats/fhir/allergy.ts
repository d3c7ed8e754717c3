import type { JsonObject } from '../../values/json.js';
import { joinRead, NOTHING_READ, type ClaimsRead } from './claim.js';
import { conceptAt, statusIn, type Concept } from './concept.js';
import { readNamed } from './condition.js';
import { doubt } from './doubt.js';
import { isRxNorm } from './fact-codes.js';
import { objectsAt, type Looked } from './look.js';
import { claimsOf, type Standing } from './standing.js';
import type { PatientRecord, Under } from './under.js';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';

const CLINICAL_STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['active', 'present'],
  ['inactive', 'over'],
  ['resolved', 'over'],
]);

/** Most allergies are recorded on the word of the patient, which is `unconfirmed`; one that was not refuted is taken for what it says. */
const UNCONFIRMED: ReadonlyMap<string, Standing> = new Map([
  ['refuted', 'ruled-out'],
  ['entered-in-error', 'withdrawn'],
]);

const TAKEN: readonly string[] = ['confirmed', 'presumed', 'unconfirmed'];

const clinicalStanding = (allergy: JsonObject): Standing => {
  const status = statusIn(conceptAt(allergy, 'clinicalStatus'), CLINICAL);
  if (status === undefined) return 'present';
  return (status === null ? undefined : CLINICAL_STANDINGS.get(status)) ?? 'unreadable';
};

const standingOf = (allergy: JsonObject): Standing => {
  const status = statusIn(conceptAt(allergy, 'verificationStatus'), VERIFICATION);
  if (status === null) return 'unreadable';
  if (status === undefined || TAKEN.includes(status)) return clinicalStanding(allergy);
  return UNCONFIRMED.get(status) ?? 'unreadable';
};

/** An allergy to a product is one to what is in it. */
const withIngredients = (concept: Looked<Concept>, { products }: Under): Looked<Concept> => {
  if (concept === undefined || concept === null) return concept;
  const ingredients = concept.codes
    .filter(isRxNorm)
    .flatMap(({ system, code }) => (products(code) ?? []).map((one) => ({ system, code: one })));
  return { ...concept, codes: [...concept.codes, ...ingredients] };
};

/** Where ICD-10-CM has that someone is allergic to something. */
const ALLERGY_STATUS = 'Z88';

/**
 * A dictionary that names no substance cannot tell what an allergy is to, so each may be the one that its questions on allergies are about: what a person answered to them counts
 * no more beside it.
 */
const mayBeAnyOf = (record: PatientRecord, { codes }: Under): ClaimsRead => {
  const namesSubstances = codes.all.some(({ fact, by }) => fact.type === 'boolean' && by.system === 'rxnorm');
  const asked = codes.all.filter(({ by }) => by.system === 'icd10cm' && by.code.startsWith(ALLERGY_STATUS));
  return namesSubstances ? NOTHING_READ : { ...claimsOf(asked, 'suspected', record), remarks: [] };
};

/** Reads an AllergyIntolerance: by what it is to, and by the substances of its reactions. */
export const readAllergy = (record: PatientRecord, under: Under): ClaimsRead => {
  const { json } = record;
  const reactions = objectsAt(json, 'reaction');
  if (reactions === null) return doubt(record, under);
  const standing = standingOf(json);
  const substances = (reactions ?? [])
    .map((reaction) => conceptAt(reaction, 'substance'))
    .filter((substance) => substance !== undefined);
  const read = joinRead(
    [conceptAt(json, 'code'), ...substances].map((concept) =>
      readNamed(withIngredients(concept, under), standing, { record, under }),
    ),
  );
  const counts = standing === 'present' || standing === 'over';
  return counts && read.claims.length === 0 ? joinRead([read, mayBeAnyOf(record, under)]) : read;
};
