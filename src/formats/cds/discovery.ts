import type { JsonObject } from '../../values/json.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { HOOK_SERVICES } from './treatment.js';

/** The version of CDS Hooks that is spoken. */
const CDS_HOOKS = '2.0.0';

/** So many results of one kind: enough for every window of a rule, and a page that most servers answer whole. */
const MOST_RESULTS = 20;

const OF_PATIENT = 'patient={{context.patientId}}';

const RECORDS: Readonly<Record<string, string>> = {
  patient: 'Patient/{{context.patientId}}',
  conditions: `Condition?${OF_PATIENT}`,
  allergies: `AllergyIntolerance?${OF_PATIENT}`,
  medicationRequests: `MedicationRequest?${OF_PATIENT}`,
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

/** What is asked of a client beside the templates. */
const REQUIREMENTS =
  'Needs the Patient. What else is not sent counts as unknown and is named in the card. A page of a longer result counts as incomplete.';

/**
 * The discovery document: which hooks are answered, and what of the record is of use.
 * @param body the version in force: what it knows by a code of LOINC is asked for. Null where there is none that can be used: services stay listed
 */
export const discoveryOf = (body: RuleSetBody | null): JsonObject => ({
  services: HOOK_SERVICES.map(({ id, hook, title, description }) => ({
    id,
    hook,
    title,
    description,
    version: CDS_HOOKS,
    usageRequirements: REQUIREMENTS,
    prefetch: { ...RECORDS, ...(body === null ? {} : observationsOf(body)) },
  })),
});
