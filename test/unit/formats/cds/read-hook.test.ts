import { describe, expect, it } from 'vitest';
import { readHook } from '../../../../src/formats/cds/read-hook.js';
import { serviceOf, type HookName } from '../../../../src/formats/cds/treatment.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aCall, PATIENT } from '../../../support/hook-call.js';

const HOOKS: readonly HookName[] = ['order-select', 'order-sign', 'patient-view'];

const read = (hook: HookName, body: JsonValue) => {
  const service = serviceOf(`ketamine-${hook}`);
  if (service === null) throw new Error('there is no such service');
  return readHook(body, service);
};

const faultsOf = (hook: HookName, body: JsonValue): readonly string[] => {
  const outcome = read(hook, body);
  return outcome.ok ? [] : outcome.issues.map(({ code, pointer }) => `${code} ${pointer}`);
};

const patientOf = (patientId: string): string | null => {
  const outcome = read('patient-view', aCall('patient-view', { context: { patientId } }));
  return outcome.ok ? outcome.value.patient : null;
};

const without = (body: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));

describe('a hook call that lacks what a client must send (2.2)', () => {
  it.each(HOOKS)('%s is taken whole where nothing is missing', (hook) => {
    expect(faultsOf(hook, aCall(hook))).toEqual([]);
  });

  it.each([null, [], 'x', 1, true])('is a fault where it is no object: %j', (body) => {
    expect(faultsOf('order-sign', body)).toEqual(['wrong-type ']);
  });

  it('tells everything at once where it is empty', () => {
    expect(faultsOf('order-select', {})).toEqual([
      'missing-key /hook',
      'missing-key /hookInstance',
      'missing-key /context',
    ]);
  });

  it('names each field of the context that is missing', () => {
    expect(faultsOf('order-select', { ...aCall('order-select'), context: {} })).toEqual([
      'missing-key /context/userId',
      'missing-key /context/patientId',
      'missing-key /context/draftOrders',
    ]);
    expect(faultsOf('order-sign', aCall('order-sign', { context: { draftOrders: [] } }))).toEqual([
      'missing-key /context/draftOrders',
    ]);
  });

  it.each([...HOOKS])('%s of another hook is a fault that names the hook of the service', (hook) => {
    const other = hook === 'patient-view' ? 'order-sign' : 'patient-view';
    expect(faultsOf(hook, { ...aCall(hook), hook: other })).toEqual(['wrong-type /hook']);
  });

  it('with a token and no server is a fault', () => {
    const more = { fhirAuthorization: { access_token: 'secret', token_type: 'Bearer' } };
    expect(faultsOf('order-sign', aCall('order-sign', { more }))).toEqual(['missing-key /fhirServer']);
    expect(
      faultsOf(
        'order-sign',
        aCall('order-sign', { more: { ...more, fhirServer: 'https://ehr.example/r4' } }),
      ),
    ).toEqual([]);
  });

  it('never repeats a value that was sent', () => {
    const outcome = read('order-sign', { hook: 'smuggled', context: { patientId: 'pt smuggled' } });
    expect(JSON.stringify(outcome)).not.toContain('smuggled');
  });
});

describe('a hook call as clients in the field send it (2.2)', () => {
  it.each([PATIENT, `Patient/${PATIENT}`, `https://ehr.example/r4/Patient/${PATIENT}`])(
    'may write the id of the patient as %s',
    (patientId) => {
      expect(patientOf(patientId)).toBe(PATIENT);
    },
  );

  it.each(['', 'Observation/pt-17', 'a b', 'x'.repeat(65), 'Patient/'])('may not write it as %j', (id) => {
    expect(patientOf(id)).toBeNull();
  });

  it('may hold fields and extensions that nobody knows', () => {
    const more = {
      extension: { 'org.ehr': { a: [1] } },
      somethingNew: [null],
      fhirServer: 'https://ehr.example',
    };
    const context = { encounterId: 'e', extension: {}, new: 1 };
    expect(faultsOf('order-sign', aCall('order-sign', { more, context }))).toEqual([]);
  });

  it('may say nothing of selections, which must be a list where they are there', () => {
    const { context } = aCall('order-select');
    const bare = without(context as JsonObject, 'selections');
    expect(faultsOf('order-select', { ...aCall('order-select'), context: bare })).toEqual([]);
    for (const selections of [null, 'MedicationRequest/order-1', {}])
      expect(faultsOf('order-select', aCall('order-select', { context: { selections } }))).toEqual([
        'wrong-type /context/selections',
      ]);
  });

  it('may have selections without the type, and none at all', () => {
    for (const selections of [['order-1'], []])
      expect(faultsOf('order-select', aCall('order-select', { context: { selections } }))).toEqual([]);
  });

  it('may leave out the prefetch, or send null for it', () => {
    expect(faultsOf('order-sign', without(aCall('order-sign'), 'prefetch'))).toEqual([]);
    expect(faultsOf('order-sign', { ...aCall('order-sign'), prefetch: null })).toEqual([]);
    expect(faultsOf('order-sign', { ...aCall('order-sign'), prefetch: [] })).toEqual([
      'wrong-type /prefetch',
    ]);
  });
});
