import { describe, expect, it } from 'vitest';
import { bodyOf, faultsIn, postRaw, rawRequest } from '../support/http.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp } from '../support/test-app.js';
import request from 'supertest';

const GET_ONLY = 'GET, HEAD';

/** The greatest size of a body, in bytes. */
const BODY_LIMIT = 262_144;

/** Every path, with the methods that it takes. */
const ROUTES: readonly (readonly [string, string])[] = [
  ['/screen', 'POST'],
  ['/intake/next', 'POST'],
  ['/intake/schema', GET_ONLY],
  ['/intake/questionnaire', GET_ONLY],
  ['/decisions/0197f3c2-7b1e-7000-8000-000000000001', GET_ONLY],
  ['/rules', GET_ONLY],
  ['/rules/ketamine-pain/versions', GET_ONLY],
  ['/rules/ketamine-pain/versions/1.0.0', GET_ONLY],
  ['/health/live', GET_ONLY],
  ['/health/ready', GET_ONLY],
  ['/metrics', GET_ONLY],
];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const WRONG = ROUTES.flatMap(([path, allow]) =>
  METHODS.filter((method) => !allow.includes(method)).map((method) => [method, path, allow] as const),
);

describe('a wrong method', () => {
  it.each(WRONG)('%s %s is answered 405 with Allow: %s', async (method, path, allow) => {
    const app = await aTestApp();
    const response = await request(app.url)[method.toLowerCase() as 'put'](path);
    expect([response.status, response.type]).toEqual([405, 'application/problem+json']);
    expect(response.headers).toMatchObject({ allow });
  });

  it('with a body is refused, and nothing is stored', async () => {
    const app = await aTestApp();
    const response = await request(app.url).put('/screen').send({ facts: {} });
    expect([response.status, storedIn(app.connection)]).toEqual([405, 0]);
  });
});

describe('a path that is not there', () => {
  it.each([
    '/',
    '/screen/',
    '/Screen',
    '/rules/',
    '/decision',
    '/rules/ketamine-pain',
    '/.env',
    '/screen%2f',
  ])('%s is answered 404', async (path) => {
    const response = await request((await aTestApp()).url).get(path);
    expect([response.status, response.type]).toEqual([404, 'application/problem+json']);
    expect(bodyOf(response).type).toBe('urn:ketamine-screening:problem:not-found');
  });

  it('that cannot be decoded is answered as a problem too', async () => {
    const response = await request((await aTestApp()).url).get('/decisions/%zz');
    expect([response.status, response.type]).toEqual([400, 'application/problem+json']);
  });
});

describe('a body that is too large', () => {
  const bodyOfLength = (length: number): string => {
    const frame = '{"subject":""}';
    return frame.replace('""', `"${'x'.repeat(length - frame.length)}"`);
  };

  it('is answered 413, and nothing is stored', async () => {
    const app = await aTestApp();
    const response = await postRaw(app, bodyOfLength(BODY_LIMIT + 1));
    expect([response.status, response.type]).toEqual([413, 'application/problem+json']);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('is read where it has just the greatest size', async () => {
    const response = await postRaw(await aTestApp(), bodyOfLength(BODY_LIMIT));
    expect([response.status, faultsIn(response)]).toEqual([422, ['wrong-type /subject']]);
  });

  it('is answered 413 where its length is not told before', async () => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const body = bodyOfLength(BODY_LIMIT + 1);
    const { status } = await rawRequest(await aTestApp(), { method: 'POST', path: '/screen', headers, body });
    expect(status).toBe(413);
  });
});

describe('a body of another type', () => {
  it.each([
    'text/plain',
    'text/plain; charset=application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'application/json-patch+json',
    'application/json\tx',
    'application/json\t,text/plain',
    'x\tapplication/json',
    'json',
    '*/*',
  ])('%j is answered 415, and nothing is stored', async (type) => {
    const app = await aTestApp();
    const headers = { 'content-type': type };
    const response = await rawRequest(app, {
      method: 'POST',
      path: '/screen',
      headers,
      body: '{"facts":{}}',
    });
    expect([response.status, response.type]).toEqual([415, 'application/problem+json']);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('and of no type is answered 415', async () => {
    const sent = { method: 'POST', path: '/screen', headers: {}, body: '{"facts":{}}' };
    const response = await rawRequest(await aTestApp(), sent);
    expect([response.status, response.type]).toEqual([415, 'application/problem+json']);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'but %j is JSON',
    async (type) => {
      const headers = { 'content-type': type };
      const sent = { method: 'POST', path: '/screen', headers, body: '{"facts":{}}' };
      expect((await rawRequest(await aTestApp(), sent)).status).toBe(200);
    },
  );
});

describe('every problem', () => {
  it('names its request, and lets no one keep it', async () => {
    const response = await request((await aTestApp()).url).get('/nothing');
    expect(bodyOf(response)).toMatchObject({
      status: 404,
      instance: expect.stringMatching(/^urn:ketamine-screening:request:[0-9a-f-]{36}$/) as unknown,
    });
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
  });
});
