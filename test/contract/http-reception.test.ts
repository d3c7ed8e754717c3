import request from 'supertest';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { countsOf, measuresOf } from '../support/measures.js';
import { logOn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const PAGE = 'https://intake.example';

const MOST_AT_ONCE = 16;

const preflight = (app: TestApp, origin: string, path = '/screen'): request.Test =>
  request(app.url)
    .options(path)
    .set('origin', origin)
    .set('access-control-request-method', 'POST')
    .set('access-control-request-headers', 'authorization,content-type');

const corsHeadersOf = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('pages of other origins', () => {
  it('cannot call while none is configured: no answer says that they may', async () => {
    const app = await aTestApp();
    const [asked, got] = [
      await preflight(app, PAGE),
      await request(app.url).get('/rules').set('origin', PAGE),
    ];
    expect([asked.status, asked.headers.allow]).toEqual([405, 'POST']);
    expect([...corsHeadersOf(asked.headers), ...corsHeadersOf(got.headers)]).toEqual([]);
  });

  it('may call where they are configured, with a credential and never with cookies', async () => {
    const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
    const asked = await preflight(app, PAGE);
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, PAGE]);
    expect(asked.headers['access-control-allow-headers']).toContain('Authorization');
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    const got = await request(app.url).get('/rules').set('origin', PAGE);
    expect([got.status, got.headers['access-control-allow-origin']]).toEqual([200, PAGE]);
    expect(got.headers.vary?.toLowerCase()).toContain('origin');
  });

  it('are told what is wrong with what they sent, like everyone else', async () => {
    const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
    await keyFor(app);
    const got = await request(app.url).get('/rules').set('origin', PAGE);
    expect([got.status, got.headers['access-control-allow-origin']]).toEqual([401, PAGE]);
  });

  it.each([
    'https://intake.example.org',
    'http://intake.example',
    'https://INTAKE.example',
    'https://intake.example:444',
    'null',
    '*',
  ])('cannot call where others are configured: %s', async (origin) => {
    const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
    const [asked, got] = [
      await preflight(app, origin),
      await request(app.url).get('/rules').set('origin', origin),
    ];
    expect(asked.status).toBe(405);
    expect([...corsHeadersOf(asked.headers), ...corsHeadersOf(got.headers)]).toEqual([]);
  });

  it('do not change what else OPTIONS is answered, nor what is not there', async () => {
    const app = await aTestApp({ reception: { corsOrigins: [PAGE] } });
    const plain = await request(app.url).options('/screen').set('origin', PAGE);
    const missing = await request(app.url).get('/nothing').set('origin', PAGE);
    expect([plain.status, plain.type, missing.status]).toEqual([405, 'application/problem+json', 404]);
  });
});

describe('every answer', () => {
  it('tells browsers not to guess its type, frame it or load anything for it', async () => {
    const app = await aTestApp();
    for (const path of ['/rules', '/health/live', '/nothing', '/openapi.json']) {
      const { headers } = await request(app.url).get(path);
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
  });

  it('tells them to come back by TLS only, where what is sent is protected', async () => {
    const app = await aTestApp({ reception: { isProtected: true } });
    const { headers } = await request(app.url).get('/rules');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('a client that asks more often than it may', () => {
  it('is told when to ask again, and others are not held up', async () => {
    const app = await aTestApp({ reception: { requestsPerMinute: 3 } });
    const [one, other] = [await keyFor(app, { client: 'one' }), await keyFor(app, { client: 'other' })];
    const ask = (key: string): request.Test => request(app.url).get('/rules').set('authorization', key);
    for (let round = 0; round < 3; round += 1) expect((await ask(one)).status).toBe(200);
    const refused = await ask(one);
    expect([refused.status, bodyOf(refused).type]).toEqual([
      429,
      'urn:ketamine-screening:problem:too-many-requests',
    ]);
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await ask(other)).status).toBe(200);
  });

  it('is still told whether the service lives, and nothing of it is counted where it may not ask', async () => {
    const app = await aTestApp({ reception: { requestsPerMinute: 1 } });
    const key = await keyFor(app, { scopes: ['rules:read'] });
    for (let round = 0; round < 3; round += 1) {
      expect((await request(app.url).get('/health/live').set('authorization', key)).status).toBe(200);
      expect((await request(app.url).post('/screen').set('authorization', key).send({})).status).toBe(403);
    }
    expect((await request(app.url).get('/rules').set('authorization', key)).status).toBe(200);
  });

  it('is counted by organisation and client, not by key: a second key buys no more', async () => {
    const app = await aTestApp({ reception: { requestsPerMinute: 1 } });
    const keys = [await keyFor(app), await keyFor(app), await keyFor(app, { organisation: 'other' })];
    const asked = [];
    for (const key of keys)
      asked.push((await request(app.url).get('/rules').set('authorization', key)).status);
    expect(asked).toEqual([200, 429, 200]);
  });
});

describe('more than can be answered at once', () => {
  it('is turned away at once, before anything is stored, while liveness is told; and then all is well again', async () => {
    let isHeld = true;
    const app = await aTestApp({
      reception: { mostAtOnce: MOST_AT_ONCE },
      log: (log) => ({
        ...log,
        append: async (...asked) => {
          while (isHeld) await setTimeout(20);
          return log.append(...asked);
        },
      }),
    });
    const screen = (): Promise<number> =>
      fetch(`${app.url}/screen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"facts":{}}',
      }).then((response) => {
        const { status } = response;
        if (status === 503) expect(response.headers.get('retry-after')).toBe('2');
        return status;
      });
    const more = 4;
    const all = Array.from({ length: MOST_AT_ONCE + more }, screen);
    const refused = await Promise.race([Promise.any(all), setTimeout(30_000, -1)]);
    expect(refused).toBe(503);
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
    const measures = await measuresOf(app);
    expect(countsOf(measures, 'screening_requests_at_work')).toEqual({ '': MOST_AT_ONCE });
    expect(Object.keys(countsOf(measures, 'screening_requests_turned_away_total'))).toEqual(['overloaded']);
    await setTimeout(500);
    isHeld = false;
    const statuses = await Promise.all(all);
    expect(statuses.filter((status) => status === 503).length).toBe(more);
    expect(statuses.filter((status) => status === 200).length).toBe(MOST_AT_ONCE);
    expect(await screen()).toBe(200);
    expect(countsOf(await measuresOf(app), 'screening_requests_at_work')).toEqual({});
    expect((await logOn(app.connection).head(null))?.size).toBeGreaterThanOrEqual(MOST_AT_ONCE + 1);
  });
});
