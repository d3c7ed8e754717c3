import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { anEhr, sendFhir } from '../support/fhir-server.js';
import { aPatient, rxnorm, signing } from '../support/hook-call.js';
import {
  ACTIVE_ORDER,
  ANGINA,
  appFor,
  callHook,
  decided,
  decidedBy,
  HIGH_PRESSURE,
  pathOf,
  saidIn,
  serverOf,
  templatesIn,
  TOKEN,
  WELL,
  without,
  wholePrefetch,
} from '../support/hook-fetch.js';
import { faultsIn } from '../support/http.js';
import { storedIn } from '../support/sqlite.js';

describe('what the prefetch of a hook lacks', () => {
  it.each([
    ['a patient who is well', WELL, 'eligible'],
    ['one with unstable angina', [...WELL, ANGINA], 'ineligible'],
    ['one with a high pressure', [...WELL, HIGH_PRESSURE], 'incomplete'],
  ])(
    'is asked of the server of the EHR: %s is judged as by a whole prefetch',
    async (_who, records, verdict) => {
      const ehr = await anEhr(records);
      const app = await appFor(ehr);
      const sent = await decided(app, await callHook(app, { prefetch: await wholePrefetch(app, ehr) }));
      expect(ehr.asked).toEqual([]);
      const fetched = await decidedBy(app, ehr);
      expect(fetched.verdict).toBe(verdict);
      expect(saidIn(fetched)).toEqual(saidIn(sent));
    },
  );

  it('is asked by the templates, with the token and as FHIR, each once', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    await decidedBy(app, ehr);
    const paths = Object.values(await templatesIn(app)).map(pathOf);
    expect(ehr.asked.map(({ path }) => decodeURIComponent(path)).toSorted()).toEqual(paths.toSorted());
    expect(ehr.asked.filter(({ path }) => path.includes('|'))).toEqual([]);
    const sent = ehr.asked.map(({ authorization, accept }) => `${authorization ?? ''} ${accept ?? ''}`);
    expect(new Set(sent)).toEqual(new Set([`Bearer ${TOKEN} application/fhir+json`]));
  });

  it('is asked without a token where the EHR sends none', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const response = await callHook(app, { more: { fhirServer: `${ehr.base}/` } });
    expect((await decided(app, response)).verdict).toBe('eligible');
    expect(new Set(ehr.asked.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
  });

  it('alone is asked: what was sent is not, and null is nothing on file', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const prefetch = without(await wholePrefetch(app, ehr), 'conditions');
    await decidedBy(app, ehr, { ...prefetch, allergies: null });
    expect(ehr.asked.map(({ path }) => path)).toEqual(['Condition?patient=pt-17']);
  });

  it('is asked once where the client got an error', async () => {
    const ehr = await anEhr([...WELL, ANGINA]);
    const app = await appFor(ehr);
    const prefetch = {
      ...(await wholePrefetch(app, ehr)),
      conditions: { resourceType: 'OperationOutcome', issue: [] },
      procedures: { response: { status: '500' }, resource: null },
    };
    expect((await decidedBy(app, ehr, prefetch)).verdict).toBe('ineligible');
    expect(ehr.asked.map(({ path }) => path)).toEqual(['Condition?patient=pt-17', 'Procedure?patient=pt-17']);
  });

  it('is not asked where no order is for the treatment, or none can be told', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    for (const order of [rxnorm('1191', 'aspirin'), rxnorm('999')]) {
      const call = signing({ ...ACTIVE_ORDER, medicationCodeableConcept: order });
      const sent = { ...call, prefetch: {}, ...serverOf(ehr.base) };
      expect((await request(app.url).post('/cds-services/ketamine-order-sign').send(sent)).status).toBe(200);
    }
    expect(ehr.asked).toEqual([]);
  });
});

describe('the patient of a hook', () => {
  it('is had from the server, and where it is not there either the answer is 412 and nothing is stored', async () => {
    const ehr = await anEhr(WELL.slice(1));
    const app = await appFor(ehr);
    const before = storedIn(app.connection);
    const response = await callHook(app, { more: serverOf(ehr.base), key: 'k' });
    expect([response.status, faultsIn(response)]).toEqual([412, ['missing-key /prefetch/patient']]);
    expect(storedIn(app.connection)).toBe(before);
    ehr.oddly('Patient/', (answer) => {
      sendFhir(answer, aPatient({ id: 'pt-18' }));
    });
    expect((await callHook(app, { more: serverOf(ehr.base), key: 'k' })).status).toBe(412);
    ehr.oddly('Patient/', (answer) => {
      sendFhir(answer, aPatient());
    });
    expect((await callHook(app, { more: serverOf(ehr.base), key: 'k' })).status).toBe(200);
  });
});

describe('a record that is only looked at', () => {
  it('has its orders asked, and nothing else where none is for the treatment', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const response = await callHook(app, { more: serverOf(ehr.base), hook: 'patient-view', key: 'k' });
    expect(response.text).toBe('{"cards":[]}');
    expect(ehr.asked.map(({ path }) => path)).toEqual(['MedicationRequest?patient=pt-17']);
  });

  it('has all that is lacking asked where one is', async () => {
    const ehr = await anEhr([...WELL, ACTIVE_ORDER, ANGINA]);
    const app = await appFor(ehr);
    const response = await callHook(app, { more: serverOf(ehr.base), hook: 'patient-view' });
    expect((await decided(app, response)).verdict).toBe('ineligible');
    const paths = ehr.asked.map(({ path }) => path);
    expect(paths[0]).toBe('MedicationRequest?patient=pt-17');
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toHaveLength(Object.keys(await templatesIn(app)).length);
  });
});

describe('a call that is sent again with its key', () => {
  it('gets what was stored though the record has changed, and the server is not asked again', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const send = (token: string): ReturnType<typeof callHook> =>
      callHook(app, { more: serverOf(ehr.base, { access_token: token }), key: 'k' });
    const first = await send('a');
    const { length } = ehr.asked;
    ehr.oddly('Condition', (answer) => {
      sendFhir(answer, { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: ANGINA }] });
    });
    const again = await send('b');
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      200,
      first.text,
      'true',
    ]);
    expect(ehr.asked).toHaveLength(length);
  });

  it('while the first one still asks has the server asked once', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const send = (): ReturnType<typeof callHook> => callHook(app, { more: serverOf(ehr.base), key: 'k' });
    const [one, two] = await Promise.all([send(), send()]);
    expect(two.text).toBe(one.text);
    expect(ehr.asked).toHaveLength(Object.keys(await templatesIn(app)).length);
  });
});
