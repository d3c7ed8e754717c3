import type { HookName } from '../../src/formats/cds/treatment.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';

/** The id of the patient of every call. */
export const PATIENT = 'pt-17';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** The patient as an EHR sends it. */
export const aPatient = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'Patient',
  id: PATIENT,
  birthDate: '1980-05-01',
  ...more,
});

/** A concept with one code of RxNorm. */
export const rxnorm = (code: string, display?: string): JsonObject => ({
  coding: [{ system: RXNORM, code, ...(display === undefined ? {} : { display }) }],
});

/** A route of administration by its code of SNOMED CT. */
export const route = (code: string): JsonObject => ({
  coding: [{ system: 'http://snomed.info/sct', code }],
});

/** The codes of routes that tests use. */
export const ROUTE = { intravenous: '47625008', oral: '26643006', rectal: '37161004' } as const;

/** A draft order for ketamine, given into a vein, as an EHR writes it. */
export const anOrder = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'MedicationRequest',
  id: 'order-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: `Patient/${PATIENT}` },
  medicationCodeableConcept: rxnorm('6130', 'ketamine'),
  dosageInstruction: [{ route: route(ROUTE.intravenous) }],
  ...more,
});

/** A Bundle of resources. */
export const aBundle = (resources: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
  ...more,
});

/** The orders of a call, as a Bundle. */
const draftsOf = (...orders: readonly JsonObject[]): JsonObject => aBundle(orders, { type: 'collection' });

type Asked = { readonly context?: JsonObject; readonly prefetch?: JsonValue; readonly more?: JsonObject };

const ordersIn = (hook: HookName): JsonObject => {
  if (hook === 'patient-view') return {};
  const drafts = { draftOrders: draftsOf(anOrder()) };
  return hook === 'order-select' ? { ...drafts, selections: ['MedicationRequest/order-1'] } : drafts;
};

/** A call of a hook about a draft order for ketamine, with the patient in its prefetch. */
export const aCall = (hook: HookName, { context = {}, prefetch, more = {} }: Asked = {}): JsonObject => ({
  hook,
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: { userId: 'Practitioner/dr-1', patientId: PATIENT, ...ordersIn(hook), ...context },
  prefetch: prefetch ?? { patient: aPatient() },
  ...more,
});

/** A call of `order-sign` about these orders. */
export const signing = (...orders: readonly JsonObject[]): JsonObject =>
  aCall('order-sign', { context: { draftOrders: draftsOf(...orders) } });
