import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { LogUnavailableError } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';
import { aBundle, aCall, anOrder, aPatient, PATIENT, route, rxnorm, signing } from '../support/hook-call.js';
import { routeRules } from '../support/hook-rules.js';
import { bodyOf, faultsIn, postRaw, problemIn } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

type Card = {
  readonly uuid: string;
  readonly indicator: string;
  readonly summary: string;
  readonly extension: { readonly 'org.ketamine-screening.decision': { readonly id: string } };
};

const call = async (app: TestApp, body: JsonObject, hook = 'order-sign'): Promise<Response> =>
  request(app.url).post(`/cds-services/ketamine-${hook}`).send(body);

const cardsOf = ({ text }: Response): readonly Card[] =>
  (JSON.parse(text) as { readonly cards: readonly Card[] }).cards;

const decisionOf = (response: Response): string =>
  cardsOf(response)[0]?.extension['org.ketamine-screening.decision'].id ?? '';

const HOOKS = ['order-select', 'order-sign', 'patient-view'] as const;

describe('discovery (2.1)', () => {
  it('lists services, each of which answers at its id', async () => {
    const app = await aTestApp();
    const { status, text } = await request(app.url).get('/cds-services');
    const { services } = JSON.parse(text) as { readonly services: readonly { id: string; hook: string }[] };
    expect([status, services.map(({ hook }) => hook)]).toEqual([200, [...HOOKS]]);
    for (const { id, hook } of services)
      expect((await call(app, aCall(hook as 'order-sign'), id.replace('ketamine-', ''))).status).toBe(200);
  });

  it('answers without a credential, and with any, once keys were made', async () => {
    const app = await aTestApp();
    await keyFor(app);
    expect((await request(app.url).get('/cds-services')).status).toBe(200);
    const shown = await request(app.url).get('/cds-services').set('authorization', 'Bearer a.b.c');
    expect(shown.status).toBe(200);
  });

  it('is not fetched twice where nothing has changed', async () => {
    const app = await aTestApp();
    const { etag = '' } = (await request(app.url).get('/cds-services')).headers as { etag?: string };
    expect((await request(app.url).get('/cds-services').set('if-none-match', etag)).status).toBe(304);
  });
});

describe('a call of a hook (2.2, 2.3)', () => {
  it.each(['order-select', 'order-sign'] as const)(
    '%s is screened, logged and answered with a card',
    async (hook) => {
      const app = await aTestApp();
      const before = storedIn(app.connection);
      const response = await call(app, aCall(hook), hook);
      expect(response.status).toBe(200);
      expect(cardsOf(response)).toMatchObject([{ indicator: 'warning' }]);
      expect(storedIn(app.connection)).toBe(before + 1);
      const stored = bodyOf(await request(app.url).get(`/decisions/${decisionOf(response)}`));
      expect(stored).toMatchObject({ verdict: 'incomplete', subject: `Patient/${PATIENT}` });
    },
  );

  it('is found by the patient, and comes out again as it was stored', async () => {
    const app = await aTestApp();
    const id = decisionOf(await call(app, aCall('order-sign')));
    const found = bodyOf(
      await request(app.url)
        .post('/decisions/search')
        .send({ subject: `Patient/${PATIENT}` }),
    );
    expect(found.items).toMatchObject([{ id }]);
    expect(bodyOf(await request(app.url).post(`/decisions/${id}/replay`))).toMatchObject({ identical: true });
  });

  it('of a patient that is looked at says and stores nothing without an order for the treatment', async () => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    const response = await call(app, aCall('patient-view'), 'patient-view');
    expect([response.status, response.text]).toEqual([200, '{"cards":[]}']);
    expect(storedIn(app.connection)).toBe(before);
  });

  it('of a patient that is looked at is screened where an order for the treatment is active', async () => {
    const app = await aTestApp();
    const prefetch = { patient: aPatient(), orders: aBundle([anOrder({ status: 'active' })]) };
    expect(cardsOf(await call(app, aCall('patient-view', { prefetch }), 'patient-view'))).toHaveLength(1);
  });

  it('about another medicine says and stores nothing', async () => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    const other = signing(anOrder({ medicationCodeableConcept: rxnorm('1191', 'aspirin') }));
    expect((await call(app, other)).text).toBe('{"cards":[]}');
    expect(storedIn(app.connection)).toBe(before);
  });

  it('about a medicine that nobody can tell is not answered with silence, and nothing is stored', async () => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    const unclear = signing(anOrder({ medicationCodeableConcept: rxnorm('999') }));
    expect(cardsOf(await call(app, unclear))).toMatchObject([{ indicator: 'warning' }]);
    expect(storedIn(app.connection)).toBe(before);
  });

  it('may be sent again with a key, also with another token: the same cards, and one decision', async () => {
    const app = await aTestApp();
    const send = (token: string): request.Test =>
      request(app.url)
        .post('/cds-services/ketamine-order-sign')
        .set('idempotency-key', 'k')
        .send(
          aCall('order-sign', {
            more: { fhirServer: 'https://ehr.example', fhirAuthorization: { access_token: token } },
          }),
        );
    const [one, two] = [await send('a'), await send('b')];
    expect([two.text, two.headers['idempotent-replayed']]).toEqual([one.text, 'true']);
    expect(cardsOf(one)).toHaveLength(1);
  });

  it('takes a prefetch of megabytes, and refuses more than 6 MiB', async () => {
    const app = await aTestApp();
    const notes = Array.from({ length: 3_000 }, (_none, index) => ({
      resourceType: 'Observation',
      id: `o-${index}`,
      valueString: 'x'.repeat(600),
    }));
    const prefetch = { patient: aPatient(), observations: aBundle(notes) };
    expect((await call(app, aCall('order-sign', { prefetch }))).status).toBe(200);
    const more = { padding: 'x'.repeat(6 * 1024 * 1024) };
    expect((await call(app, aCall('order-sign', { more }))).status).toBe(413);
    const feedback = { feedback: 'x'.repeat(300 * 1024) };
    const path = '/cds-services/ketamine-order-sign/feedback';
    expect((await request(app.url).post(path).send(feedback)).status).toBe(413);
  });
});

describe('the card of a verdict, over HTTP (2.3)', () => {
  const signed = async (code: string): Promise<readonly Card[]> => {
    const app = await aTestApp({ rules: routeRules() });
    const order = anOrder({ dosageInstruction: [{ route: route(code) }] });
    return cardsOf(await call(app, signing(order)));
  };

  it.each([
    ['critical', 'a contraindication', '34206005', /^Ketamine: contraindicated\./],
    ['warning', 'what must be weighed', '47625008', /^Ketamine: to be weighed:/],
    ['warning', 'a route that is not known', '37161004', /^Ketamine: not cleared\./],
    ['info', 'an eligible patient', '26643006', /^Ketamine: no contraindication found/],
  ])('is %s for %s', async (indicator, _what, code, summary) => {
    expect(await signed(code)).toMatchObject([
      { indicator, summary: expect.stringMatching(summary) as string },
    ]);
  });
});

describe('a call of a hook that cannot be answered (2.2)', () => {
  it('for it lacks what it must have is told all of it, and nothing is stored', async () => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    for (const body of [{}, [], 'x', null, { hook: 7, context: 'x', prefetch: [] }]) {
      const response = await postRaw(app, JSON.stringify(body), '/cds-services/ketamine-order-sign');
      expect([400, 422], JSON.stringify(body)).toContain(response.status);
      expect(faultsIn(response).length).toBeGreaterThan(0);
    }
    expect(storedIn(app.connection)).toBe(before);
  });

  it('for it is of another hook is told which one the service has', async () => {
    const app = await aTestApp();
    const response = await call(app, aCall('order-select'), 'order-sign');
    expect([response.status, faultsIn(response)]).toEqual([422, ['wrong-type /hook']]);
  });

  it('for the patient cannot be had is a 412 that names the key', async () => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    for (const prefetch of [{}, { patient: null }, { patient: { resourceType: 'OperationOutcome' } }]) {
      const response = await call(app, aCall('order-sign', { prefetch }));
      expect([response.status, faultsIn(response)]).toEqual([412, ['missing-key /prefetch/patient']]);
    }
    expect(storedIn(app.connection)).toBe(before);
  });

  it('for there is no such service is not found', async () => {
    const app = await aTestApp();
    expect((await call(app, aCall('order-sign'), 'order-signed')).status).toBe(404);
  });

  it('for the decision cannot be made durable is answered 503 and no card', async () => {
    const full = (): Promise<never> => Promise.reject(new LogUnavailableError('full'));
    const app = await aTestApp({ log: (log) => ({ ...log, append: full }) });
    const response = await call(app, aCall('order-sign'));
    expect([response.status, problemIn(response)]).toEqual([503, 'log-unavailable']);
    expect(response.text).not.toContain('cards');
  });

  it('is never a fault of the service, whatever stands in it', async () => {
    const app = await aTestApp();
    const values = [
      null,
      0,
      '',
      'x',
      [],
      {},
      [[]],
      { resourceType: 7 },
      { resourceType: 'Bundle', entry: 1 },
    ];
    for (const value of values)
      for (const key of ['hook', 'hookInstance', 'context', 'prefetch', 'fhirAuthorization'])
        expect((await call(app, { ...aCall('order-sign'), [key]: value })).status).toBeLessThan(500);
    for (const value of values) {
      const order = anOrder({ medicationCodeableConcept: value, dosageInstruction: value, contained: value });
      const { status } = await call(app, signing(order, anOrder({ dosageInstruction: value })));
      expect(status, JSON.stringify(value)).toBeLessThan(500);
    }
  });
});

describe('the token of the EHR (2.2)', () => {
  it('is written nowhere: not in the log of the service, nor in the database, nor in an answer', async () => {
    const app = await aTestApp();
    const more = {
      fhirServer: 'https://ehr.example/r4',
      fhirAuthorization: { access_token: 'open-sesame', token_type: 'Bearer', scope: 'patient/*.rs' },
    };
    const answers = [
      await call(app, aCall('order-sign', { more })),
      await call(app, aCall('order-sign', { more, prefetch: {} })),
      await call(app, { ...aCall('order-sign', { more }), hook: 'x' }),
      await request(app.url).get('/audit/export'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 412, 422, 200]);
    const told = [...app.lines, ...answers.map(({ text }) => text)].join('\n');
    expect(told).toContain('draftOrders');
    expect(told).not.toMatch(/open-sesame|ehr\.example/);
  });
});
