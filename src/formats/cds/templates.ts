import type { RuleSetBody } from '../../rules/rule-set.js';

/** So many results of one kind: enough for every window of a rule, and a page that most servers answer whole. */
const MOST_RESULTS = 20;

/** What stands for the patient in a template. */
const PATIENT = '{{context.patientId}}';

const OF_PATIENT = `patient=${PATIENT}`;

/** The key of the orders that a record has. */
export const ORDERS_KEY = 'medicationRequests';

const RECORDS: Readonly<Record<string, string>> = {
  patient: `Patient/${PATIENT}`,
  conditions: `Condition?${OF_PATIENT}`,
  allergies: `AllergyIntolerance?${OF_PATIENT}`,
  [ORDERS_KEY]: `MedicationRequest?${OF_PATIENT}`,
  medicationStatements: `MedicationStatement?${OF_PATIENT}`,
  procedures: `Procedure?${OF_PATIENT}`,
  questionnaireResponses: `QuestionnaireResponse?${OF_PATIENT}&_sort=-authored&_count=5`,
};

/** One key a code: lists of codes with commas are not among what every client can ask its server. */
const observationsOf = ({ facts }: RuleSetBody): Readonly<Record<string, string>> => {
  const codes = facts.flatMap((fact) => ('codes' in fact ? fact.codes : []));
  const loinc = new Set(codes.filter(({ system }) => system === 'loinc').map(({ code }) => code));
  return Object.fromEntries(
    [...loinc]
      .toSorted()
      .map((code) => [
        `observation-${code}`,
        `Observation?${OF_PATIENT}&code=http://loinc.org|${code}&_sort=-date&_count=${MOST_RESULTS}`,
      ]),
  );
};

/** What of a record is of use: FHIR searches by the keys of the prefetch, with a token in place of the patient. */
export type Templates = Readonly<Record<string, string>>;

/**
 * The templates of every service.
 * @param body the version in force: what it knows by a code of LOINC is asked for. Null where there is none that can be used
 */
export const templatesOf = (body: RuleSetBody | null): Templates => ({
  ...RECORDS,
  ...(body === null ? {} : observationsOf(body)),
});

/** A template with the patient in it, as a relative address. The bar before a code is encoded, for some servers refuse a bare one. */
export const resolved = (template: string, patient: string): string =>
  template.replaceAll(PATIENT, patient).replaceAll('|', '%7C');
