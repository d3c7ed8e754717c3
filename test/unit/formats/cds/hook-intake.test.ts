import { describe, expect, it } from 'vitest';
import { readCall, type HookRead } from '../../../../src/formats/cds/hook-intake.js';
import { readHook } from '../../../../src/formats/cds/read-hook.js';
import { HOOK_SERVICES, type HookName } from '../../../../src/formats/cds/treatment.js';
import { NO_PRODUCTS } from '../../../../src/formats/fhir/products.js';
import type { FactsRead, Intake } from '../../../../src/screening/intake.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { aFact, aRule, aSetOf, at, is } from '../../../support/builders.js';
import {
  aBundle,
  aCall,
  anOrder,
  aPatient,
  PATIENT,
  route,
  ROUTE,
  rxnorm,
  signing,
} from '../../../support/hook-call.js';
import { shippedVersion } from '../../../support/shipped-versions.js';

const readOf = (body: JsonObject): HookRead => {
  const service = HOOK_SERVICES.find(({ hook }) => hook === body.hook);
  if (service === undefined) throw new Error('there is no such service');
  const call = readHook(body, service);
  if (!call.ok) throw new Error(call.issues.map(({ pointer }) => pointer).join());
  return readCall(call.value, NO_PRODUCTS);
};

const intakeOf = (body: JsonObject): Intake => {
  const read = readOf(body);
  if (read.kind !== 'intake') throw new Error(`it is ${read.kind}`);
  return read.intake;
};

const factsIn = (body: JsonObject, version = shippedVersion().body): FactsRead =>
  intakeOf(body).readFacts(version, at('2026-11-22T09:30:00Z'));

const seen = (hook: HookName, prefetch: JsonObject): string => readOf(aCall(hook, { prefetch })).kind;

const aspirin = anOrder({ medicationCodeableConcept: rxnorm('1191', 'aspirin') });

describe('a call about an order for the treatment', () => {
  it('is an intake on the patient, judged when it is received', () => {
    expect(intakeOf(aCall('order-sign'))).toMatchObject({
      subject: `Patient/${PATIENT}`,
      asOf: null,
      issues: [],
    });
  });

  it('tells the route of the order, and nothing that it does not say', () => {
    const { facts } = factsIn(aCall('order-sign'));
    expect(facts.route).toEqual({ kind: 'code', value: 'intravenous' });
    expect(Object.keys(facts)).toEqual(['age', 'route']);
    expect(factsIn(aCall('order-select', { context: {} })).facts).toHaveProperty('route');
  });

  it('counts among the drafts though another order was chosen', () => {
    const draftOrders = aBundle([anOrder(), { ...aspirin, id: 'order-2' }]);
    const context = { draftOrders, selections: ['MedicationRequest/order-2'] };
    expect(readOf(aCall('order-select', { context })).kind).toBe('intake');
  });

  it.each([7, {}, { resourceType: 'Bundle', entry: [null] }])(
    'leaves unknown whatever a value of the prefetch that cannot be read may be about: %j',
    (broken) => {
      const { facts } = factsIn(aCall('order-sign', { prefetch: { patient: aPatient(), broken } }));
      expect(facts.asthma).toEqual({ kind: 'unknown', reason: 'unreadable' });
    },
  );

  it('is not silent on a draft that cannot be read: it may be the order', () => {
    const draftOrders = aBundle([], { entry: [7] });
    expect(readOf(aCall('order-sign', { context: { draftOrders } })).kind).toBe('unclear');
  });

  it('tells what was wrong with the prefetch, where it was', () => {
    const prefetch = {
      patient: aPatient(),
      conditions: aBundle([], { link: [{ relation: 'next', url: 'https://ehr.example' }] }),
      allergies: { resourceType: 'OperationOutcome' },
    };
    const codes = factsIn(aCall('order-sign', { prefetch })).dataQuality.map(
      ({ code, pointer }) => `${code} ${pointer}`,
    );
    expect(codes).toEqual(['cut-off /prefetch/conditions', 'cut-off /prefetch/allergies']);
  });
});

describe('what an order says and a version cannot read', () => {
  const huge = {
    route: route(ROUTE.intravenous),
    doseAndRate: [{ doseQuantity: { value: 1e9, system: 'http://unitsofmeasure.org', code: 'mg' } }],
  };

  it('is unknown with a remark, and no fault of the request', () => {
    const read = factsIn(signing(anOrder({ dosageInstruction: [huge] })));
    expect(read.issues).toEqual([]);
    expect(read.facts.totalDose).toEqual({ kind: 'unknown', reason: 'unreadable' });
    expect(read.dataQuality.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'unreadable /context/draftOrders/entry/0/resource/dosageInstruction/0/doseAndRate/0/doseQuantity',
    ]);
  });

  it('is passed over where the version does not ask for it', () => {
    const small = aSetOf([aFact.boolean('ill')], [aRule('ill', 'absolute', is('ill'))]);
    expect(factsIn(aCall('order-sign'), small)).toMatchObject({ facts: {}, issues: [], dataQuality: [] });
  });

  it('is unknown where it is no option of the version', () => {
    const other = aSetOf(
      [aFact.code('route', ['oral', 'sublingual'])],
      [aRule('r', 'relative', { fact: 'route', in: ['oral'] })],
    );
    expect(factsIn(aCall('order-sign'), other).facts.route).toEqual({
      kind: 'unknown',
      reason: 'unreadable',
    });
  });
});

describe('a call about nothing of the treatment', () => {
  it('is silent', () => {
    expect(readOf(signing(aspirin)).kind).toBe('silent');
    expect(readOf(signing()).kind).toBe('silent');
  });

  it('is silent though the patient cannot be had', () => {
    expect(readOf({ ...signing(aspirin), prefetch: {} }).kind).toBe('silent');
  });

  it('is not silent where nothing says which medicine is ordered', () => {
    const unclear = anOrder({ medicationCodeableConcept: rxnorm('999') });
    expect(readOf(signing(unclear, aspirin, unclear))).toEqual({ kind: 'unclear', orders: 2 });
  });
});

describe('a patient that is looked at', () => {
  it('is screened only where an order for the treatment is active or planned', () => {
    const active = anOrder({ status: 'active' });
    expect(seen('patient-view', { patient: aPatient(), medicationRequests: aBundle([active]) })).toBe(
      'intake',
    );
    expect(seen('patient-view', { patient: aPatient(), medicationRequests: aBundle([aspirin]) })).toBe(
      'silent',
    );
    expect(seen('patient-view', { patient: aPatient(), medicationRequests: null })).toBe('silent');
    const stopped = anOrder({ status: 'stopped' });
    expect(seen('patient-view', { patient: aPatient(), medicationRequests: aBundle([stopped]) })).toBe(
      'silent',
    );
  });
});

describe('a patient that cannot be had (2.2)', () => {
  it.each([
    ['no prefetch', {}],
    ['null', { patient: null }],
    ['an error', { patient: { resourceType: 'OperationOutcome' } }],
    ['another patient', { patient: aPatient({ id: 'pt-18' }) }],
    ['a patient without an id', { patient: { resourceType: 'Patient' } }],
  ])('is told apart: %s', (_what, prefetch) => {
    expect(seen('order-sign', prefetch)).toBe('no-patient');
  });
});

describe('what is kept of a call', () => {
  const received = (): string => {
    const patient = aPatient({
      name: [{ family: 'Muster' }],
      telecom: [{ value: '555-0100' }],
      address: [{ city: 'Ghent' }],
      identifier: [{ value: 'NHS-1' }],
      text: { status: 'generated', div: '<div>Muster</div>' },
      gender: 'female',
    });
    const noted = {
      resourceType: 'Condition',
      id: 'c-1',
      code: { text: 'asthma' },
      note: [{ text: 'seen with her sister' }],
      subject: { reference: `Patient/${PATIENT}`, display: 'Anna Muster' },
    };
    const doctor = { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Doctor' }] };
    const prefetch = { patient, conditions: aBundle([doctor, noted]) };
    const more = {
      fhirServer: 'https://ehr.example/r4',
      fhirAuthorization: { access_token: 'sesame', token_type: 'Bearer' },
    };
    return JSON.stringify(intakeOf(aCall('order-sign', { prefetch, more })).received);
  };

  it('holds no token, no address of the EHR, and nothing that only names a person', () => {
    for (const word of ['sesame', 'ehr.example', 'Muster', '555-0100', 'Ghent', 'NHS-1', 'sister', 'Doctor'])
      expect(received()).not.toContain(word);
  });

  it('holds what was judged, each at the place where it stood', () => {
    expect(JSON.parse(received())).toMatchObject({
      hook: 'order-sign',
      context: { patientId: PATIENT, draftOrders: { entry: [{ resource: { id: 'order-1' } }] } },
      prefetch: {
        patient: { birthDate: '1980-05-01', gender: 'female' },
        conditions: { entry: [{ resource: {} }, { resource: { id: 'c-1', code: { text: 'asthma' } } }] },
      },
    });
  });
});
