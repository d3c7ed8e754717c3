import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { aCall } from '../support/hook-call.js';
import { keyFor } from '../support/keys.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

describe('who may call (2.5)', () => {
  it('is whoever has a key with the scope to screen, once keys were made', async () => {
    const app = await aTestApp();
    const [may, mayNot] = [
      await keyFor(app, { scopes: ['screen'] }),
      await keyFor(app, { scopes: ['admin'] }),
    ];
    const asked = (key: string): request.Test =>
      request(app.url)
        .post('/cds-services/ketamine-order-sign')
        .set('authorization', key)
        .send(aCall('order-sign'));
    expect((await asked('')).status).toBe(401);
    expect([(await asked(may)).status, (await asked(mayNot)).status]).toEqual([200, 403]);
  });
});

describe('pages that call from a browser (2.5)', () => {
  const PAGE = 'https://cds-client.example';

  const preflight = (app: TestApp, path: string): request.Test =>
    request(app.url)
      .options(path)
      .set('origin', PAGE)
      .set('access-control-request-method', 'POST')
      .set('access-control-request-headers', 'authorization');

  const PATHS = [
    '/cds-services',
    '/cds-services/ketamine-order-sign',
    '/cds-services/ketamine-order-sign/feedback',
  ];

  it.each(PATHS)('may do so while the service is open to its machine: %s', async (path) => {
    const app = await aTestApp();
    const { status, headers } = await preflight(app, path);
    expect([status, headers['access-control-allow-origin']]).toEqual([204, PAGE]);
    expect(headers['access-control-allow-headers']).toContain('Authorization');
    expect(headers['access-control-allow-headers']).toContain('Content-Type');
  });

  it('may call no other path so', async () => {
    const app = await aTestApp();
    for (const path of ['/screen', '/decisions/search', '/cds-services-not'])
      expect((await preflight(app, path)).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('may do so only where their origin is configured, once keys were made; and are asked before without one', async () => {
    const app = await aTestApp();
    await keyFor(app);
    expect((await preflight(app, PATHS[1] ?? '')).status).toBe(405);
    const other = await aTestApp({ reception: { corsOrigins: [PAGE] } });
    await keyFor(other);
    expect((await preflight(other, PATHS[1] ?? '')).status).toBe(204);
    const refused = await request(other.url)
      .post(PATHS[1] ?? '')
      .set('origin', PAGE)
      .send({});
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, PAGE]);
  });

  it('are told what is wrong with what they sent', async () => {
    const app = await aTestApp();
    const response = await request(app.url)
      .post(PATHS[1] ?? '')
      .set('origin', PAGE)
      .send({});
    expect([response.status, response.headers['access-control-allow-origin']]).toEqual([422, PAGE]);
  });
});
