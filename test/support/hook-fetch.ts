import request, { type Response } from 'supertest';
import type { JsonObject } from '../../src/values/json.js';
import type { Ehr } from './fhir-server.js';
import { aCall, anOrder, aPatient, PATIENT } from './hook-call.js';
import { bodyOf, factsOf, type AnswerSent } from './http.js';
import { condition, pressure } from './records.js';
import { shippedVersion } from './shipped-versions.js';
import { aTestApp, NOW, type TestApp } from './test-app.js';
import { fillIn } from './write-response.js';

/** The token of the EHR in these tests. */
export const TOKEN = 'open-sesame.4711';

const OURS = { subject: { reference: `Patient/${PATIENT}` } };

const responseOf = (name: string): JsonObject =>
  fillIn(shippedVersion(), factsOf(name), { id: 'response-1', authored: NOW, ...OURS }).response;

/** What is left of an object without one of its members. */
export const without = (object: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([one]) => one !== key));

/** The records of a patient who answered every question well, and of whom nothing else is known. */
export const WELL: readonly JsonObject[] = [without(aPatient(), 'birthDate'), responseOf('common-cold')];

/** Unstable angina, which the patient of these records did not tell of. */
export const ANGINA = condition('snomed:4557003', OURS);

/** A blood pressure far too high, of yesterday. */
export const HIGH_PRESSURE = pressure(210, 125, { ...OURS, effectiveDateTime: '2026-11-21T10:00:00Z' });

/** An order for the treatment that is active. */
export const ACTIVE_ORDER = anOrder({ status: 'active' });

/** A service that may ask a server. */
export const appFor = ({ base }: Pick<Ehr, 'base'>, more: readonly string[] = []): Promise<TestApp> =>
  aTestApp({ reception: { fhirServers: [base, ...more] } });

/** What a call says of its server. */
export const serverOf = (base: string, authorization: JsonObject = {}): JsonObject => ({
  fhirServer: base,
  fhirAuthorization: { access_token: TOKEN, token_type: 'Bearer', scope: 'patient/*.rs', ...authorization },
});

type Sent = {
  readonly prefetch?: JsonObject;
  readonly more?: JsonObject;
  readonly hook?: 'order-sign' | 'patient-view';
  readonly key?: string;
};

/** Calls a hook. Without a prefetch it is empty, so that everything must be asked. */
export const callHook = (
  { url }: TestApp,
  { prefetch = {}, more = {}, hook = 'order-sign', key }: Sent,
): Promise<Response> => {
  const sending = request(url).post(`/cds-services/ketamine-${hook}`);
  if (key !== undefined) void sending.set('idempotency-key', key);
  return Promise.resolve(sending.send(aCall(hook, { prefetch, more })));
};

const EXTENSION = 'org.ketamine-screening.decision';

type Card = { readonly extension: { readonly [EXTENSION]: { readonly id: string } } };

/** The id of the decision of a card. */
const decisionIn = ({ text }: Response): string => {
  const { cards } = JSON.parse(text) as { readonly cards: readonly Card[] };
  return cards[0]?.extension[EXTENSION].id ?? '';
};

/** The decision that a hook was answered with. */
export const decided = async ({ url }: TestApp, response: Response): Promise<AnswerSent> =>
  bodyOf(await request(url).get(`/decisions/${decisionIn(response)}`)) as unknown as AnswerSent;

/** Calls a hook without a prefetch, and gives the decision. */
export const decidedBy = async (
  app: TestApp,
  { base }: Ehr,
  prefetch: JsonObject = {},
): Promise<AnswerSent> => decided(app, await callHook(app, { prefetch, more: serverOf(base) }));

/** The templates that the service asks clients for. */
export const templatesIn = async ({ url }: TestApp): Promise<Readonly<Record<string, string>>> => {
  const { services } = bodyOf(await request(url).get('/cds-services')) as unknown as {
    readonly services: readonly { readonly prefetch: Readonly<Record<string, string>> }[];
  };
  return services[0]?.prefetch ?? {};
};

/** The address that a template stands for. */
export const pathOf = (template: string): string => template.replaceAll('{{context.patientId}}', PATIENT);

/** The prefetch that a client would send which asks its server for everything. */
export const wholePrefetch = async (app: TestApp, ehr: Ehr): Promise<JsonObject> =>
  Object.fromEntries(
    Object.entries(await templatesIn(app)).map(([key, template]) => [key, ehr.answerTo(pathOf(template))]),
  );

/** What a verdict rests on, apart from ids and times. */
export const saidIn = ({ verdict, bounds, reasons, missing }: AnswerSent) => ({
  verdict,
  bounds,
  reasons: reasons.map(({ rule }) => rule),
  missing: missing.map(({ fact }) => fact),
});
