import { describe, expect, it } from 'vitest';
import { fillPrefetch } from '../../../../src/formats/cds/fill-prefetch.js';
import { readCall } from '../../../../src/formats/cds/hook-intake.js';
import { lackingIn, type Query } from '../../../../src/formats/cds/lacking.js';
import { readHook, type HookCall } from '../../../../src/formats/cds/read-hook.js';
import { resolved, templatesOf } from '../../../../src/formats/cds/templates.js';
import { HOOK_SERVICES, type HookName } from '../../../../src/formats/cds/treatment.js';
import { NO_PRODUCTS } from '../../../../src/formats/fhir/products.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { aBundle, aCall, anOrder, aPatient, rxnorm, signing } from '../../../support/hook-call.js';
import { shippedVersion } from '../../../support/shipped-versions.js';

const TEMPLATES = templatesOf(shippedVersion().body);

const BASE = 'https://ehr.example/r4';

const callOf = (body: JsonObject): HookCall => {
  const service = HOOK_SERVICES.find(({ hook }) => hook === body.hook);
  const call = service === undefined ? null : readHook(body, service);
  return call?.ok === true ? call.value : expect.unreachable();
};

const lacks = (call: HookCall): readonly Query[] => lackingIn(call, readCall(call, NO_PRODUCTS), TEMPLATES);

const keysLacking = (prefetch: JsonObject, hook: HookName = 'order-sign'): readonly string[] =>
  lacks(callOf(aCall(hook, { prefetch }))).map(({ key }) => key);

const whole: JsonObject = Object.fromEntries(Object.keys(TEMPLATES).map((key) => [key, aBundle([])]));

describe('what a call about an order for the treatment lacks', () => {
  it('is every key that was not sent', () => {
    expect(keysLacking({ patient: aPatient() })).toEqual(
      Object.keys(TEMPLATES).filter((key) => key !== 'patient'),
    );
    expect(keysLacking({})).toContain('patient');
  });

  it('is nothing where every key was sent, though one is null', () => {
    expect(keysLacking({ ...whole, patient: aPatient(), conditions: null })).toEqual([]);
  });

  it.each([
    { resourceType: 'OperationOutcome' },
    { response: { status: '404 Not Found' } },
    { response: { status: '500' }, resource: null },
  ])('is a key that holds an error: %j', (error) => {
    expect(keysLacking({ ...whole, conditions: error })).toEqual(['conditions']);
  });

  it('is the rest of a result that goes on, under any key', () => {
    const link = [{ relation: 'next', url: `${BASE}/Condition?page=2` }];
    expect(
      lacks(callOf(aCall('order-sign', { prefetch: { ...whole, theirs: aBundle([], { link }) } }))),
    ).toEqual([{ kind: 'go-on', key: 'theirs', sent: aBundle([], { link }) }]);
  });

  it('is asked for by relative addresses, in which the patient stands and no bare bar', () => {
    const queries = lacks(callOf(aCall('order-sign', { prefetch: {} })));
    const paths = queries.map((query) => (query.kind === 'go-on' ? '' : query.path));
    expect(paths).toContain('Patient/pt-17');
    expect(paths).toContain(
      'Observation?patient=pt-17&code=http://loinc.org%7C85354-9&_sort=-date&_count=20',
    );
    expect(paths.filter((path) => /[{}|]/.test(path) || !path.includes('pt-17'))).toEqual([]);
    expect(queries.filter(({ kind }) => kind === 'read').map(({ key }) => key)).toEqual(['patient']);
    expect(resolved('a|b|c', 'x')).toBe('a%7Cb%7Cc');
  });
});

describe('nothing of the patient', () => {
  it('is asked for where no order is for the treatment, or that cannot be told', () => {
    for (const medicine of [rxnorm('1191', 'aspirin'), rxnorm('999')]) {
      const call = callOf({ ...signing(anOrder({ medicationCodeableConcept: medicine })), prefetch: {} });
      expect(lacks(call)).toEqual([]);
    }
  });

  it('but the orders is asked for where a record is looked at, and not even these where they were sent', () => {
    expect(keysLacking({}, 'patient-view')).toEqual(['medicationRequests']);
    expect(keysLacking({ medicationRequests: null }, 'patient-view')).toEqual([]);
    expect(keysLacking({ medicationRequests: aBundle([]) }, 'patient-view')).toEqual([]);
    const order = aBundle([anOrder({ status: 'active' })]);
    expect(keysLacking({ medicationRequests: order }, 'patient-view')).toContain('conditions');
  });
});

describe('a call that is filled', () => {
  const query = { kind: 'search', key: 'conditions', path: 'Condition?patient=pt-17' } as const;

  const filled = (value: JsonObject | null, prefetch: JsonObject = {}): HookCall =>
    fillPrefetch(callOf(aCall('order-sign', { prefetch })), [{ query, value }], BASE);

  it('holds what was answered, without the address of the server', () => {
    const reference = { reference: `${BASE}/Patient/pt-17` };
    const entry = [
      { fullUrl: `${BASE}/Condition/a`, resource: { resourceType: 'Condition', subject: reference } },
    ];
    expect(filled(aBundle([], { entry })).prefetch.conditions).toEqual(
      aBundle([], {
        entry: [
          {
            fullUrl: 'Condition/a',
            resource: { resourceType: 'Condition', subject: { reference: 'Patient/pt-17' } },
          },
        ],
      }),
    );
  });

  it('keeps whole the address of a server that only begins like this one: its patients are others', () => {
    const other = `${BASE}b/Patient/pt-17`;
    const entry = [{ resource: { resourceType: 'Condition', subject: { reference: other } } }];
    const text = JSON.stringify(filled(aBundle([], { entry })).prefetch.conditions);
    expect(text).toContain(`"${other}"`);
  });

  it('holds an error where nothing was had, and keeps an error that was sent', () => {
    expect(filled(null).prefetch.conditions).toMatchObject({ resourceType: 'OperationOutcome' });
    const sent = { response: { status: '404' }, resource: null };
    expect(filled(null, { conditions: sent }).prefetch.conditions).toEqual(sent);
  });

  it('is not asked for the same again, whatever came of it', () => {
    expect(lacks(filled(null)).map(({ key }) => key)).not.toContain('conditions');
    const link = [{ relation: 'next' }];
    expect(lacks(filled(aBundle([], { link }))).map(({ key }) => key)).not.toContain('conditions');
  });
});
