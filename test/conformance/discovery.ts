import request from 'supertest';
import { expect } from 'vitest';
import { clientJwt, aSite, BASE } from '../support/cds-site.js';
import { aCall } from '../support/hook-call.js';
import { keyFor } from '../support/keys.js';
import { aTestApp } from '../support/test-app.js';
import type { HookName } from '../../src/formats/cds/treatment.js';
import { call, listedServices } from './calls.js';
import type { Topic } from './row.js';

const DEPTH = 'test/unit/formats/cds/discovery.test.ts';

const members = async (...names: readonly string[]): Promise<void> => {
  for (const service of await listedServices(await aTestApp()))
    for (const name of names)
      expect(service[name], `${service.id} ${name}`).toEqual(expect.stringMatching(/\S/));
};

const templates = async (): Promise<readonly string[]> => {
  const services = await listedServices(await aTestApp());
  const found = services.flatMap(({ prefetch }) => Object.values(prefetch));
  expect(found.length).toBeGreaterThan(30);
  return found;
};

const tokens = async (): Promise<readonly string[]> =>
  (await templates()).flatMap((template) => template.match(/\{\{.*?\}\}|[{}]+/g) ?? []);

/** A reading by an id, or a search by a reference, a code that must be equal, a number of results and an order. */
const SUBSET =
  /^(?:[A-Z]\w+\/\{\{[\w.]+\}\}|[A-Z]\w+\?patient=\{\{[\w.]+\}\}(?:&code=[^&,:]+:\/\/[^&,:]+|&_sort=-?\w+|&_count=\d+)*)$/;

/** What a service says of itself before it is called. */
export const DISCOVERY: Topic = {
  name: 'Discovery',
  file: 'test/conformance/discovery.ts',
  rows: [
    {
      ids: '4-6, 13',
      says: 'The list of services is always at `/cds-services`: 200, and an object with a list `services`.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const ask = async (): Promise<void> => {
          const { status, headers, text } = await request(app.url).get('/cds-services');
          expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
          expect(JSON.parse(text)).toEqual({ services: expect.any(Array) as unknown });
        };
        await ask();
        await keyFor(app);
        await ask();
      },
    },
    {
      ids: '7, 9, 10',
      says: 'Each service has a `hook`, a `description` and an `id`, as text.',
      also: DEPTH,
      shows: () => members('hook', 'description', 'id'),
    },
    { ids: '8', says: 'Each service has a `title`.', shows: () => members('title') },
    {
      ids: '11, 12, 36',
      says: 'A service may have `prefetch`, templates as text by the keys under which the data come, and `usageRequirements`.',
      shows: async () => {
        await members('usageRequirements');
        for (const { prefetch } of await listedServices(await aTestApp()))
          for (const [key, template] of Object.entries(prefetch)) {
            expect(key).toMatch(/\S/);
            expect(template).toEqual(expect.stringMatching(/\S/));
          }
      },
    },
    {
      ids: '16',
      says: 'Each service answers at `/cds-services/{id}`.',
      shows: async () => {
        const app = await aTestApp();
        for (const { id, hook } of await listedServices(app)) {
          const body = aCall(hook as HookName);
          const { status, text } = await request(app.url).post(`/cds-services/${id}`).send(body);
          expect([status, Object.keys(JSON.parse(text) as object)], id).toEqual([200, ['cards']]);
        }
      },
    },
    {
      ids: '210, 211',
      says: 'One id under several hooks says that a later call replaces the cards of an earlier one.',
      notOurs: 'Each hook has an id of its own: no service takes back the cards of another hook.',
      shows: async () => {
        const ids = (await listedServices(await aTestApp())).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      },
    },
    {
      ids: '78, 212',
      says: 'A client takes away the cards of an earlier call of the same service.',
      notOurs: 'What is shown, and how long, is in the hands of the client.',
    },
    {
      ids: '213',
      says: 'Service and client agree on the hooks without which patients would not be safe.',
      otherwise: 'People agree on it when an EHR is connected ([which hook it takes](cds-hooks.md)).',
    },
    {
      ids: '35, 55-57, 59',
      says: 'A token of a template is `{{context.x}}`, a plain value at the root of the context, or one of four ids of the user.',
      also: DEPTH,
      shows: async () => {
        expect(new Set(await tokens())).toEqual(new Set(['{{context.patientId}}']));
      },
    },
    {
      ids: 'library 4, 8, 12, 77, 81, 85',
      says: 'The user, the patient and the encounter of the order hooks may be tokens.',
      shows: async () => {
        for (const token of await tokens())
          expect(['{{context.userId}}', '{{context.patientId}}', '{{context.encounterId}}']).toContain(token);
      },
    },
    {
      ids: 'library 16, 89, 93',
      says: 'The drafts and the selections of the order hooks are no tokens.',
      shows: async () => {
        expect((await tokens()).join()).not.toMatch(/draftOrders|selections/);
      },
    },
    {
      ids: 'library 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 73',
      says: 'Which fields of the contexts of other hooks may be tokens, and which not.',
      notOurs: 'Of the hooks of the library, order-select and order-sign are served.',
      shows: async () => {
        const hooks = (await listedServices(await aTestApp())).map(({ hook }) => hook);
        expect(hooks).toEqual(['order-select', 'order-sign', 'patient-view']);
      },
    },
    {
      ids: '58',
      says: 'Templates keep to what every client can ask: readings, and searches by reference, equal code, date, `_count` and `_sort`.',
      also: DEPTH,
      shows: async () => {
        expect((await templates()).filter((template) => !SUBSET.test(template))).toEqual([]);
      },
    },
    {
      source: 'practice',
      says: 'No template has the sort of an old example (`sort:desc`) or a list of codes with commas.',
      shows: async () => {
        expect((await templates()).filter((template) => /sort:|,/.test(template))).toEqual([]);
      },
    },
    {
      source: 'practice',
      says: 'Discovery answers without a credential, and with a JWT for its own address.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const { app, ec } = await aSite();
        const token = await clientJwt(ec, { aud: `${BASE}/cds-services` });
        const ask = (): request.Test => request(app.url).get('/cds-services');
        expect((await ask()).status).toBe(200);
        expect((await ask().set('authorization', `Bearer ${token}`)).status).toBe(200);
      },
    },
    {
      source: '3.0',
      says: 'Each service says which version of CDS Hooks it speaks; the version of its hook is optional.',
      shows: async () => {
        for (const { version } of await listedServices(await aTestApp())) expect(version).toBe('2.0.0');
      },
    },
    {
      source: 'practice',
      says: 'Without any service the list is empty, and not missing.',
      notOurs: 'There are always the same three services.',
      shows: async () => {
        expect(await listedServices(await aTestApp())).toHaveLength(3);
      },
    },
    {
      source: 'practice',
      says: 'Other hooks may be answered too: encounter-start, order-dispatch, medication-verify, problem-list-item-create.',
      notMet:
        'Three hooks are answered: those at which a treatment is chosen or signed, and the opening of a record.',
    },
    {
      source: 'practice',
      says: 'A service that is not listed is not found.',
      shows: async () => {
        expect((await call(await aTestApp(), aCall('order-sign'), 'encounter-start')).status).toBe(404);
      },
    },
  ],
};
