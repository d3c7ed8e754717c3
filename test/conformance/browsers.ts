import request, { type Response } from 'supertest';
import { expect } from 'vitest';
import { aCall } from '../support/hook-call.js';
import { keyFor } from '../support/keys.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import type { Topic } from './row.js';

const DEPTH = 'test/contract/http-cds-access.test.ts';

const SERVICE = '/cds-services/ketamine-order-sign';

const PATHS = ['/cds-services', SERVICE, `${SERVICE}/feedback`];

/** The page of a client that was seen in the field. */
const PAGE = 'https://cds-client.org';

const allowedIn = ({ headers }: Response): unknown => headers['access-control-allow-origin'];

const preflight = async ({ url }: TestApp, path: string, asked = 'Authorization'): Promise<Response> =>
  request(url)
    .options(path)
    .set('origin', PAGE)
    .set('access-control-request-method', path === '/cds-services' ? 'GET' : 'POST')
    .set('access-control-request-headers', asked);

/** Clients that run in a browser. */
export const BROWSERS: Topic = {
  name: 'Clients in a browser',
  file: 'test/conformance/browsers.ts',
  rows: [
    {
      ids: '208',
      says: 'Discovery, services and feedback can be called from pages of other origins (CORS).',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
        await keyFor(app);
        for (const path of PATHS) {
          const response = await preflight(app, path, 'authorization,content-type');
          expect([response.status, allowedIn(response)], path).toEqual([204, PAGE]);
          for (const header of ['Authorization', 'Content-Type'])
            expect(response.headers['access-control-allow-headers']).toContain(header);
        }
      },
    },
    {
      source: 'practice',
      says: 'An answer that tells of an error can be read by the page too.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
        const ask = async (): Promise<Response> =>
          request(app.url).post(SERVICE).set('origin', PAGE).send({});
        const wrong = await ask();
        await keyFor(app);
        const refused = await ask();
        expect([wrong.status, allowedIn(wrong)]).toEqual([422, PAGE]);
        expect([refused.status, allowedIn(refused)]).toEqual([401, PAGE]);
      },
    },
    {
      source: 'field',
      says: 'A page asks with `Authorization` as the one header, and then posts JSON and accepts JSON.',
      shows: async () => {
        const app = await aTestApp();
        for (const path of PATHS) expect((await preflight(app, path)).status).toBe(204);
        const posted = await request(app.url)
          .post(SERVICE)
          .set({ origin: PAGE, 'content-type': 'application/json', accept: 'application/json' })
          .send(aCall('order-sign'));
        expect([posted.status, allowedIn(posted)]).toEqual([200, PAGE]);
      },
    },
    {
      source: 'practice',
      says: 'Where the service is not open to its machine alone, an origin that is not configured is not let in.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        await keyFor(app);
        for (const path of PATHS) expect(allowedIn(await preflight(app, path))).toBeUndefined();
      },
    },
  ],
};
