import request from 'supertest';
import { expect } from 'vitest';
import type { JsonValue } from '../../src/values/json.js';
import type { HookName } from '../../src/formats/cds/treatment.js';
import { aCall, anOrder, PATIENT } from '../support/hook-call.js';
import { faultsIn, postRaw } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';
import { call, cardFor, cardsIn, expectRefused, signingWith, without } from './calls.js';
import type { Topic } from './row.js';

const DEPTH = 'test/unit/formats/cds/read-hook.test.ts';

const PATH = '/cds-services/ketamine-order-sign';

const TOKEN = {
  fhirServer: 'https://ehr.example/r4',
  fhirAuthorization: { access_token: 'open-sesame', token_type: 'Bearer', scope: 'patient/*.rs' },
};

/** A call whose context lacks a field, or has it as something else, is told so. */
const asksFor = async (hook: HookName, field: string, values: readonly JsonValue[]): Promise<void> => {
  const app = await aTestApp();
  const { context } = aCall(hook);
  const fault = [`missing-key /context/${field}`];
  const lacking = { ...aCall(hook), context: without(context as object as never, field) };
  expectRefused(await call(app, lacking, hook), 422, fault);
  for (const value of values)
    expectRefused(await call(app, aCall(hook, { context: { [field]: value } }), hook), 422, fault);
};

/** What a call must hold, and what becomes of one that does not. */
export const REQUESTS: Topic = {
  name: 'The call of a hook',
  file: 'test/conformance/requests.ts',
  rows: [
    {
      ids: '1',
      says: 'What is sent and what is answered is JSON.',
      also: 'test/contract/http-protocol.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const answered = [
          await request(app.url).get('/cds-services'),
          await call(app, aCall('order-sign')),
          await call(app, {}),
        ];
        for (const { headers } of answered)
          expect(headers['content-type']).toMatch(/^application\/(\w+\+)?json;/);
        for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
          expect((await request(app.url).post(PATH).type(type).send('x=1')).status).toBe(415);
      },
    },
    {
      ids: '15',
      says: 'A service is called by POST.',
      shows: async () => {
        const app = await aTestApp();
        const { status, headers } = await request(app.url).get(PATH);
        expect([status, headers.allow]).toEqual([405, 'POST']);
      },
    },
    {
      ids: '18, 19, 22',
      says: 'A call has `hook`, `hookInstance` and `context`; one that lacks any is told which.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        for (const key of ['hook', 'hookInstance', 'context'])
          expectRefused(await call(app, without(aCall('order-sign'), key)), 422, [`missing-key /${key}`]);
      },
    },
    {
      ids: '20, 21',
      says: 'With a token for the server of the EHR the address of that server must come.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const alone = signingWith(without(TOKEN, 'fhirServer'));
        expectRefused(await call(app, alone), 422, ['missing-key /fhirServer']);
        expect((await call(app, signingWith(TOKEN))).status).toBe(200);
      },
    },
    {
      ids: '14, 76',
      says: 'What cannot be answered gets a status of 4xx and a body that says what is wrong, and never 500.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const bodies = [{}, [], 'x', null, 7, { hook: 7, context: 'x', prefetch: [] }];
        for (const body of [
          ...bodies,
          { ...aCall('order-select') },
          { ...aCall('order-sign'), context: {} },
        ]) {
          const response = await postRaw(app, JSON.stringify(body), PATH);
          expect([400, 422], JSON.stringify(body)).toContain(response.status);
          expect(faultsIn(response).length).toBeGreaterThan(0);
        }
        expectRefused(await call(app, aCall('order-select')), 422, ['wrong-type /hook']);
      },
    },
    {
      ids: 'library 1-3, 5-7, 74-76, 78-80',
      says: 'The context of an order hook names the user and the patient.',
      also: DEPTH,
      shows: async () => {
        for (const hook of ['order-sign', 'order-select'] as const) {
          await asksFor(hook, 'userId', [7, '', null]);
          await asksFor(hook, 'patientId', [7, '', null, 'not an id']);
        }
      },
    },
    {
      ids: 'library 9-11, 82-84',
      says: 'The context of an order hook may name the encounter.',
      shows: async () => {
        const app = await aTestApp();
        for (const hook of ['order-sign', 'order-select'] as const)
          for (const context of [{}, { encounterId: 'e-1' }])
            expect(cardsIn(await call(app, aCall(hook, { context }), hook))).toHaveLength(1);
      },
    },
    {
      ids: 'library 13-15, 90-92',
      says: 'The context of an order hook has the drafts, as a Bundle.',
      also: DEPTH,
      shows: async () => {
        for (const hook of ['order-sign', 'order-select'] as const)
          await asksFor(hook, 'draftOrders', [[], 'x', null, { resourceType: 'List' }]);
      },
    },
    {
      ids: 'library 87, 88',
      says: 'The selections of order-select are a list of references to drafts.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        for (const selections of ['MedicationRequest/order-1', {}, null]) {
          const sent = aCall('order-select', { context: { selections } });
          expectRefused(await call(app, sent, 'order-select'), 422, ['wrong-type /context/selections']);
        }
      },
    },
    {
      ids: 'library 86',
      says: 'The selections of order-select may be left out.',
      shows: async () => {
        const sent = aCall('order-select');
        const context = without(sent.context as object as never, 'selections');
        expect(await cardFor({ ...sent, context }, 'order-select')).toHaveProperty('uuid');
      },
    },
    {
      source: 'practice',
      says: 'At the opening of a record the user may be the patient, or someone of the family.',
      shows: async () => {
        const app = await aTestApp();
        for (const userId of ['Practitioner/a', 'PractitionerRole/a', 'Patient/a', 'RelatedPerson/a'])
          expect(
            (await call(app, aCall('patient-view', { context: { userId } }), 'patient-view')).status,
          ).toBe(200);
      },
    },
    {
      source: 'practice',
      says: 'At order-sign an order may be a revised one that is no longer a draft.',
      shows: async () => {
        const draftOrders = { resourceType: 'Bundle', entry: [{ resource: anOrder({ status: 'active' }) }] };
        expect(await cardFor(aCall('order-sign', { context: { draftOrders } }))).toHaveProperty('uuid');
      },
    },
    {
      source: 'practice',
      says: 'At order-select an order may have no dose and no route yet: they are unknown.',
      shows: async () => {
        const order = without(anOrder(), 'dosageInstruction');
        const draftOrders = { resourceType: 'Bundle', entry: [{ resource: order }] };
        const { indicator, uuid = '' } = await cardFor(
          aCall('order-select', { context: { draftOrders } }),
          'order-select',
        );
        expect([indicator, uuid]).toEqual(['warning', expect.stringMatching(/./)]);
      },
    },
    {
      ids: '214, 215',
      says: 'An extension is an object, under a name that nobody else has; what a call holds that nobody knows is passed over.',
      shows: async () => {
        const unknown = { extension: { 'com.example': { a: 1 } }, somethingElse: [null] };
        const context = { extension: { a: {} }, another: 7 };
        const { extension } = await cardFor(aCall('order-sign', { context, more: unknown }));
        expect(Object.keys(extension ?? {})).toEqual(['org.ketamine-screening.decision']);
        expect(typeof extension?.['org.ketamine-screening.decision']).toBe('object');
      },
    },
    {
      ids: '27',
      says: 'A service answers in about 500 ms.',
      otherwise:
        '`npm run bench:hook` measures it, with 200 records ([figures](performance.md#a-call-of-a-hook)).',
    },
    {
      source: 'practice',
      says: 'The token for the server of the EHR is written nowhere.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const answers = [
          await call(app, signingWith(TOKEN)),
          await call(app, signingWith({ ...TOKEN, prefetch: {} })),
          await call(app, signingWith({ ...TOKEN, hook: 'x' })),
          await request(app.url).get('/audit/export'),
        ];
        expect(answers.map(({ status }) => status)).toEqual([200, 412, 422, 200]);
        expect([...app.lines, ...answers.map(({ text }) => text)].join('\n')).not.toMatch(
          /open-sesame|ehr\.example/,
        );
      },
    },
    {
      source: 'field',
      says: 'The patient is named as `Patient/x` where the id alone should stand.',
      also: DEPTH,
      shows: async () => {
        expect(
          await cardFor(aCall('order-sign', { context: { patientId: `Patient/${PATIENT}` } })),
        ).toHaveProperty('uuid');
      },
    },
    {
      source: 'field',
      says: 'Selections come without a type.',
      shows: async () => {
        const context = { selections: ['order-1'] };
        expect(await cardFor(aCall('order-select', { context }), 'order-select')).toHaveProperty('uuid');
      },
    },
    {
      source: 'field',
      says: 'Entries of a Bundle have no `fullUrl`, or one of another form.',
      shows: async () => {
        for (const fullUrl of [
          undefined,
          'urn:uuid:0a1b',
          'https://ehr.example/r4/MedicationRequest/order-1',
        ]) {
          const entry = { ...(fullUrl === undefined ? {} : { fullUrl }), resource: anOrder() };
          const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [entry] };
          expect(await cardFor(aCall('order-sign', { context: { draftOrders } }))).toHaveProperty('uuid');
        }
      },
    },
  ],
};
