import { readRuleLibrary } from '../../src/storage/rule-library.js';
import { NO_PRODUCTS, type Products } from '../../src/formats/fhir/products.js';
import { unpackBundle } from '../../src/formats/fhir/bundle.js';
import { readRecords } from '../../src/formats/fhir/read-records.js';
import type { Given, Records } from '../../src/formats/fhir/records.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { FactsRead } from '../../src/screening/intake.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { readJson } from '../../src/values/read-json.js';
import { trustIn } from '../../src/services/release-trust.js';
import { at } from './builders.js';

/** The moment at which the records of these tests are judged. */
export const AS_OF = '2026-11-22T09:30:00Z';

const PATIENT = 'Patient/pt-1';

const SYSTEMS = {
  snomed: 'http://snomed.info/sct',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
} as const;

type System = keyof typeof SYSTEMS;

/** A CodeableConcept of one code: `snomed:38341003`. */
export const concept = (code: `${System}:${string}`): JsonObject => {
  const [name = '', ...rest] = code.split(':');
  const system = Object.entries(SYSTEMS).find(([one]) => one === name)?.[1] ?? name;
  return { coding: [{ system, code: rest.join(':') }] };
};

const status = (kind: string, code: string): JsonObject => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${kind}`, code }],
});

/** The clinical status of a Condition. */
export const clinical = (code: string): JsonObject => status('condition-clinical', code);

/** The verification status of a Condition. */
export const verified = (code: string): JsonObject => status('condition-ver-status', code);

/** The patient of these tests. */
export const patient = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'Patient',
  id: 'pt-1',
  birthDate: '1972-03-01',
  ...more,
});

const subject = { subject: { reference: PATIENT } };

/** A diagnosis that is there. */
export const condition = (code: `${System}:${string}`, more: JsonObject = {}): JsonObject => ({
  resourceType: 'Condition',
  id: `c-${code.replace(/[^A-Za-z0-9]/g, '-')}`,
  ...subject,
  clinicalStatus: clinical('active'),
  verificationStatus: verified('confirmed'),
  code: concept(code),
  ...more,
});

/** A final observation of two days before. */
export const observation = (code: `${System}:${string}`, more: JsonObject = {}): JsonObject => ({
  resourceType: 'Observation',
  id: `o-${code.replace(/[^A-Za-z0-9]/g, '-')}`,
  ...subject,
  status: 'final',
  code: concept(code),
  effectiveDateTime: '2026-11-20T10:00:00Z',
  ...more,
});

/** A quantity in a unit of UCUM. */
export const quantity = (value: JsonValue, code: string, more: JsonObject = {}): JsonObject => ({
  value,
  unit: code,
  system: 'http://unitsofmeasure.org',
  code,
  ...more,
});

/** A blood pressure with both its components. */
export const pressure = (systolic: JsonValue, diastolic: JsonValue, more: JsonObject = {}): JsonObject =>
  observation('loinc:85354-9', {
    component: [
      { code: concept('loinc:8480-6'), valueQuantity: quantity(systolic, 'mm[Hg]') },
      { code: concept('loinc:8462-4'), valueQuantity: quantity(diastolic, 'mm[Hg]') },
    ],
    ...more,
  });

/** A medicine that is taken. */
export const medication = (code: `${System}:${string}`, more: JsonObject = {}): JsonObject => ({
  resourceType: 'MedicationRequest',
  id: `m-${code.replace(/[^A-Za-z0-9]/g, '-')}`,
  ...subject,
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: concept(code),
  authoredOn: '2026-11-01',
  ...more,
});

/** An allergy that is there. */
export const allergy = (code: `${System}:${string}`, more: JsonObject = {}): JsonObject => ({
  resourceType: 'AllergyIntolerance',
  id: `a-${code.replace(/[^A-Za-z0-9]/g, '-')}`,
  patient: { reference: PATIENT },
  clinicalStatus: status('allergyintolerance-clinical', 'active'),
  verificationStatus: status('allergyintolerance-verification', 'confirmed'),
  code: concept(code),
  ...more,
});

/** A record without what is undefined in it, as JSON has it. */
export const plain = (record: JsonObject): JsonObject => {
  const read = readJson(Buffer.from(JSON.stringify(record)), { maxDepth: 100 });
  if (!read.ok || !isJsonObject(read.value)) throw new Error('the record is no JSON');
  return read.value;
};

/** A Bundle of resources. */
export const bundleOf = (resources: readonly JsonValue[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
  ...more,
});

const draft = (): RuleSetBody => {
  const read = readRuleLibrary('rules', trustIn(null));
  const folder = read.ok
    ? read.folders.find(({ ruleSet }) => ruleSet.body.id === 'ketamine-pain')
    : undefined;
  if (folder === undefined) throw new Error('the rules cannot be read');
  return folder.ruleSet.body;
};

/** The rules as their folder has them. */
export const BODY = draft();

/** The records of a Bundle, with facts that the request says itself. */
export const recordsOf = (bundle: JsonObject, given: readonly Given[] = []): Records => {
  const { parts, remarks } = unpackBundle(bundle);
  return { patient: null, parts, remarks, given };
};

/** What is read of a Bundle. */
export const readBundle = (
  bundle: JsonObject,
  {
    given = [],
    products = NO_PRODUCTS,
    body = BODY,
  }: { readonly given?: readonly Given[]; readonly products?: Products; readonly body?: RuleSetBody } = {},
): FactsRead => readRecords(recordsOf(bundle, given), { body, asOf: at(AS_OF), products });

/** What is read of the patient of these tests with some records. */
export const readWith = (...resources: readonly JsonValue[]): FactsRead =>
  readBundle(bundleOf([patient(), ...resources]));
