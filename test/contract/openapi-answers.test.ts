import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { patternOf } from '../support/api-description.js';
import { expectDescribed, faultsOfAnswer, type AnswerGot } from '../support/checked-answers.js';
import { rawRequest, sendRaw } from '../support/raw-http.js';
import { startService, type Service } from '../support/service.js';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

const ask = async (path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<AnswerGot> => {
  const response = await fetch(service.url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const { status } = response;
  return { method, path: patternOf(path), status, headers: response.headers, body: await response.text() };
};

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<AnswerGot> =>
  ask(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

const headerIn = ({ headers }: AnswerGot, name: string): string =>
  headers instanceof Headers ? (headers.get(name) ?? '') : '';

describe('every answer is one that the description allows', () => {
  const patients = readdirSync('test/vignettes').map((file) => file.replace('.json', ''));

  it.each(patients)(
    'to the whole patient %s: screened, stored, asked for more, and handed over',
    async (name) => {
      const { intake } = JSON.parse(readFileSync(`test/vignettes/${name}.json`, 'utf8')) as {
        intake: JsonObject;
      };
      const body = JSON.stringify({ ...intake, retrospective: true });
      const screened = await post('/screen', body);
      expect(screened.status).toBe(200);
      expectDescribed(screened);
      expectDescribed(await ask(headerIn(screened, 'location')));
      expectDescribed(await post('/intake/next', body));
      const handed = await post('/intakes', body);
      expect(handed.status).toBe(201);
      expectDescribed(handed);
      expectDescribed(await ask(headerIn(handed, 'location')));
    },
  );

  it.each<readonly [status: number, path: string, asked: Asked]>([
    [200, '/health/live', {}],
    [200, '/health/live', { method: 'HEAD' }],
    [200, '/rules', { method: 'HEAD' }],
    [404, '/decisions/0197f3c2-7b1e-7000-8000-000000000000', {}],
    [404, '/intakes/0000-0000-0000', {}],
    [404, '/intakes/', {}],
    [404, '/intakes/x', { method: 'HEAD' }],
    [400, `/intakes/${'x'.repeat(300)}`, {}],
    [404, '/rules/none/versions', {}],
    [404, '/rules/ketamine-pain/versions/9.9.9', { method: 'HEAD' }],
    [404, '/nowhere', {}],
    [404, '/docs/static/nothing.js', {}],
    [400, '/decisions/%zz', {}],
    [400, `/decisions/${'x'.repeat(300)}`, {}],
    [405, '/screen', { method: 'PUT', headers: JSON_TYPE, body: 'no JSON' }],
    [405, '/openapi.yaml', { method: 'DELETE' }],
    [406, '/rules', { headers: { accept: 'text/html' } }],
    [406, '/health/ready', { headers: { accept: 'image/png' } }],
    [415, '/rules', { headers: { 'content-type': 'text/plain' } }],
    [422, '/rules?colour=blue', {}],
    [422, '/intake/schema?version=1&version=2', {}],
    [404, '/intake/schema?version=9.9.9', {}],
    [200, '/intake/questionnaire', { headers: { accept: 'application/fhir+json' } }],
    [404, '/intake/questionnaire?ruleSet=none', {}],
    [406, '/intake/questionnaire', { headers: { accept: 'application/fhir+xml' } }],
    [422, '/intake/questionnaire?colour=blue', {}],
  ])('%s to %s %j', async (status, path, asked) => {
    const answer = await ask(path, asked);
    expect(answer.status).toBe(status);
    expectDescribed(answer);
  });

  it.each<readonly [status: number, headers: Record<string, string>, body: string]>([
    [400, {}, '{"facts":'],
    [400, {}, '{"facts":{},"facts":{}}'],
    [400, { 'idempotency-key': 'x'.repeat(256) }, '{}'],
    [413, {}, JSON.stringify({ subject: 'x'.repeat(300_000) })],
    [415, { 'content-type': 'text/plain' }, '{}'],
    [422, {}, '[]'],
    [422, {}, '{"facts":{"nothing":1,"age":"x"},"asOf":"yesterday","colour":1}'],
  ])('%s to an intake with %j', async (status, headers, body) => {
    for (const path of ['/screen', '/intake/next', '/intakes']) {
      const answer = await post(path, body, headers);
      if (path !== '/intake/next') expect(answer.status).toBe(status);
      expectDescribed(answer);
    }
  });

  it('to a request that was made before, and one with its key and another body', async () => {
    const key = { 'idempotency-key': 'once' };
    for (const path of ['/screen', '/intakes']) {
      expectDescribed(await post(path, '{}', key));
      const again = await post(path, '{}', key);
      expect(headerIn(again, 'idempotent-replayed')).toBe('true');
      expectDescribed(again);
      const other = await post(path, '{"subject":"other"}', key);
      expect(other.status).toBe(422);
      expectDescribed(other);
    }
  });

  it('to codes that chance has drawn, each another one', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/intakes', '{}')));
    answers.forEach(expectDescribed);
    expect(new Set(answers.map((answer) => headerIn(answer, 'location'))).size).toBe(20);
  });

  it.each([
    '/rules',
    '/rules/ketamine-pain/versions',
    '/intake/schema',
    '/intake/questionnaire',
    '/openapi.json',
    '/openapi.yaml',
  ])('to a client that has %s already', async (path) => {
    const tag = headerIn(await ask(path), 'etag');
    const answer = await ask(path, { headers: { 'if-none-match': tag } });
    expect([answer.status, answer.body]).toEqual([304, '']);
    expectDescribed(answer);
  });

  it.each([
    [400, Buffer.from('GET /rules HTTP/1.1\r\n\r\n')],
    [400, Buffer.from('nonsense\r\n\r\n')],
    [431, rawRequest('GET /rules HTTP/1.1', [`X-Long: ${'x'.repeat(40_000)}`])],
  ])('%s to a request that cannot be read', async (status, bytes) => {
    const raw = await sendRaw(new URL(service.url), bytes);
    expect(raw.status).toBe(status);
    expectDescribed({ method: 'GET', path: null, status, headers: {}, body: raw.body });
  });
});

describe('the canary: the check says no to', () => {
  const sound = (): Promise<AnswerGot> => post('/screen', '{}');

  const without = ({ headers }: AnswerGot, name: string): Record<string, string> =>
    Object.fromEntries([...(headers as Headers)].filter(([key]) => key !== name));

  const changed = (answer: AnswerGot, change: JsonObject): AnswerGot => ({
    ...answer,
    body: JSON.stringify({ ...(JSON.parse(answer.body) as JsonObject), ...change }),
  });

  it('nothing in a sound answer', async () => {
    expect(faultsOfAnswer(await sound())).toEqual([]);
  });

  it('a status that the operation does not have', async () => {
    expect(faultsOfAnswer({ ...(await sound()), status: 201 })).toHaveLength(1);
    expect(faultsOfAnswer({ ...(await sound()), method: 'PUT' })).toHaveLength(1);
    expect(faultsOfAnswer({ ...(await sound()), path: null })).toHaveLength(1);
  });

  it.each(['location', 'cache-control', 'traceparent', 'x-request-id'])('a missing %s', async (name) => {
    const answer = await sound();
    expect(faultsOfAnswer({ ...answer, headers: without(answer, name) })).toHaveLength(1);
  });

  it('a header with another value', async () => {
    const answer = await sound();
    const headers = { ...without(answer, 'cache-control'), 'Cache-Control': 'public' };
    expect(faultsOfAnswer({ ...answer, headers })).toEqual([expect.stringContaining('Cache-Control')]);
  });

  it('a key that is not described, one that is missing, and a value of another type', async () => {
    const answer = await sound();
    const { verdict, ...rest } = JSON.parse(answer.body) as JsonObject;
    expect(verdict).toBe('incomplete');
    expect(faultsOfAnswer(changed(answer, { score: 3 }))).toEqual([expect.stringContaining('score')]);
    expect(faultsOfAnswer({ ...answer, body: JSON.stringify(rest) })).toEqual([
      expect.stringContaining('verdict'),
    ]);
    expect(faultsOfAnswer(changed(answer, { verdict: 'perhaps' }))).not.toEqual([]);
    expect(faultsOfAnswer(changed(answer, { asOf: 'yesterday' }))).not.toEqual([]);
  });

  it('another media type, and a body where there must be none', async () => {
    const answer = await sound();
    const headers = { ...without(answer, 'content-type'), 'content-type': 'text/html' };
    expect(faultsOfAnswer({ ...answer, headers })).toEqual([expect.stringContaining('text/html')]);
    const head = await ask('/rules', { method: 'HEAD' });
    expect(faultsOfAnswer({ ...head, body: 'x' })).toHaveLength(1);
  });

  it('a problem of another status', async () => {
    const problem = await ask('/rules/none/versions');
    const urn = 'urn:ketamine-screening:problem:too-large';
    expect(faultsOfAnswer(changed(problem, { type: urn }))).not.toEqual([]);
    expect(faultsOfAnswer(changed({ ...problem, path: null }, { type: urn }))).not.toEqual([]);
  });
});
