import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { isJsonObject } from '../../src/values/json.js';
import { aPatient, aCall } from '../support/hook-call.js';
import { factsOf, vignetteNames } from '../support/http.js';
import { bundleOf } from '../support/records.js';
import { shippedVersion } from '../support/shipped-versions.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';
import { fillIn } from '../support/write-response.js';

/** What a form cannot say: which medicines someone has looked up. */
const isSayable = (name: string): boolean => !JSON.stringify(factsOf(name)).includes('"checked"');

/** Each patient is screened four times over real HTTP and each answer is held to the API description, so not everyone is. */
const EVERY = 4;

/** An order of a hook says its route, so the patients are those for whom the ketamine is to be given into a vein. */
const NAMES = vignetteNames()
  .filter((name) => factsOf(name).route === 'intravenous')
  .filter(isSayable)
  .filter((_, index) => index % EVERY === 0);

const post = async ({ url }: TestApp, path: string, body: JsonObject, type: string): Promise<JsonObject> => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
  const json = (await response.json()) as JsonValue;
  if (!response.ok || !isJsonObject(json)) throw new Error(`${path}: ${JSON.stringify(json)}`);
  return json;
};

const FHIR = 'application/fhir+json';
const JSON_TYPE = 'application/json';

const rulesIn = (reasons: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(reasons) ? reasons.map((one: JsonObject) => one.rule ?? null) : [];

/** What must be the same however a patient came. */
const saidIn = ({ verdict, bounds, reasons, precautions, undetermined }: JsonObject) => ({
  verdict,
  bounds,
  reasons: rulesIn(reasons),
  precautions: rulesIn(precautions),
  undetermined,
});

const responseOf = (name: string, more: JsonObject): JsonObject =>
  fillIn(shippedVersion(), factsOf(name), {
    authored: NOW,
    ...more,
  }).response;

const idIn = (items: JsonValue | undefined): string => {
  const [found] = items as readonly { readonly id: string }[];
  return found?.id ?? expect.unreachable();
};

const decidedOn = async (app: TestApp, subject: string): Promise<JsonObject> => {
  const { items } = await post(app, '/decisions/search', { subject }, JSON_TYPE);
  return (await (await fetch(`${app.url}/decisions/${idIn(items)}`)).json()) as JsonObject;
};

describe('the same patient', () => {
  it('gets the same verdict and reasons as an intake, a Bundle, a response and a call of a hook', async () => {
    const app = await aTestApp();
    for (const [index, name] of NAMES.entries()) {
      const id = `pt-${String(index)}`;
      const patient = { resourceType: 'Patient', id };
      const subject = { subject: { reference: `Patient/${id}` } };
      const native = saidIn(await post(app, '/screen', { facts: factsOf(name), asOf: NOW }, JSON_TYPE));
      const response = responseOf(name, subject);
      expect(saidIn(await post(app, '/screen', response, FHIR)), `${name}: a response`).toEqual(native);
      const bundle = bundleOf([patient, response]);
      expect(saidIn(await post(app, '/screen', bundle, FHIR)), `${name}: a Bundle`).toEqual(native);
      const prefetch = { patient: aPatient({ id, birthDate: undefined as never }), response };
      const call = aCall('order-sign', { context: { patientId: id }, prefetch });
      await post(app, '/cds-services/ketamine-order-sign', call, JSON_TYPE);
      expect(saidIn(await decidedOn(app, `Patient/${id}`)), `${name}: a call of a hook`).toEqual(native);
    }
    expect(NAMES.length).toBeGreaterThan(15);
  }, 240_000);
});
