import type { JsonObject } from '../../values/json.js';
import { joinRead, type ClaimsRead } from './claim.js';
import { conceptAt, onlyCodeIn, type Concept } from './concept.js';
import { readNamed } from './condition.js';
import { doubt } from './doubt.js';
import { isRxNorm } from './fact-codes.js';
import { objectsAt, type Looked } from './look.js';
import type { Standing } from './standing.js';
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

const codeOf = (status: Looked<Concept>, system: string): Looked<string> =>
  status === undefined || status === null ? status : onlyCodeIn(status, system);

const clinicalStanding = (allergy: JsonObject): Standing => {
  const status = codeOf(conceptAt(allergy, 'clinicalStatus'), CLINICAL);
  if (status === undefined) return 'present';
  return (status === null ? undefined : CLINICAL_STANDINGS.get(status)) ?? 'unreadable';
};

const standingOf = (allergy: JsonObject): Standing => {
  const status = codeOf(conceptAt(allergy, 'verificationStatus'), VERIFICATION);
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

/** Reads an AllergyIntolerance: by what it is to, and by the substances of its reactions. */
export const readAllergy = (record: PatientRecord, under: Under): ClaimsRead => {
  const { json } = record;
  const reactions = objectsAt(json, 'reaction');
  if (reactions === null) return doubt(record, under);
  const standing = standingOf(json);
  const substances = (reactions ?? [])
    .map((reaction) => conceptAt(reaction, 'substance'))
    .filter((substance) => substance !== undefined);
  return joinRead(
    [conceptAt(json, 'code'), ...substances].map((concept) =>
      readNamed(withIngredients(concept, under), standing, { record, under }),
    ),
  );
};
