import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../src/log/entry.js';
import { LogUnavailableError } from '../../src/services/ports.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { bodyOf, faultsIn, intakeOf, screenBy } from '../support/http.js';
import { logOn, storedIn } from '../support/sqlite.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';

const BY = { reference: 'clinician-17', role: 'physician' };

const DEFER: JsonObject = { choice: 'defer', reason: 'Wait for the readings.', by: BY };

const decided = async (app: TestApp, name: string): Promise<string> => {
  const response = await screenBy(app, { ...intakeOf(name), retrospective: true });
  return String(response.headers.location);
};

const resolve = async (app: TestApp, location: string, body: JsonValue): Promise<request.Response> =>
  request(app.url)
    .post(`${location}/resolution`)
    .send(body as object);

const storedAt = async (app: TestApp, location: string): Promise<JsonObject> =>
  bodyOf(await request(app.url).get(location));

describe('POST /decisions/{id}/resolution', () => {
  it('keeps what the clinician decided, and by whom, and answers with it', async () => {
    const app = await aTestApp();
    const location = await decided(app, 'hypertension-review');
    const response = await resolve(app, location, DEFER);
    const { id, ...kept } = bodyOf(response);
    expect([response.status, kept]).toEqual([
      201,
      { ...DEFER, decision: location.slice(11), at: '2026-11-22T09:30:00.000Z' },
    ]);
    expect((await storedAt(app, location)).resolutions).toEqual([{ id, ...kept }]);
  });

  it('changes nothing of the screening, and keeps every resolution in order', async () => {
    const app = await aTestApp();
    const location = await decided(app, 'hypertension-review');
    const before = await storedAt(app, location);
    await resolve(app, location, DEFER);
    await resolve(app, location, { choice: 'proceed', by: BY });
    const after = await storedAt(app, location);
    expect({ ...after, resolutions: [] }).toEqual(before);
    expect(after.resolutions).toMatchObject([{ choice: 'defer' }, { choice: 'proceed', reason: null }]);
  });

  it('stands beside its own decision only', async () => {
    const app = await aTestApp();
    const [one, other] = [await decided(app, 'bladder-review'), await decided(app, 'hypertension-review')];
    await resolve(app, one, DEFER);
    expect((await storedAt(app, other)).resolutions).toEqual([]);
  });

  it.each<readonly [string, string, JsonValue]>([
    ['no object', 'wrong-type ', []],
    ['no choice', 'missing-key /choice', { by: BY }],
    ['a choice that there is not', 'wrong-type /choice', { ...DEFER, choice: 'wait' }],
    ['nobody', 'missing-key /by', { choice: 'defer' }],
    ['no role', 'missing-key /by/role', { choice: 'defer', by: { reference: 'x' } }],
    ['an empty reference', 'wrong-type /by/reference', { ...DEFER, by: { ...BY, reference: ' ' } }],
    ['a reason of 3,000 characters', 'wrong-type /reason', { ...DEFER, reason: 'x'.repeat(3_000) }],
    ['a reason that is null', 'wrong-type /reason', { ...DEFER, reason: null }],
    ['a typing error', 'unknown-key /resaon', { ...DEFER, resaon: 'x' }],
    ['a typing error inside', 'unknown-key /by/rule', { ...DEFER, by: { ...BY, rule: 'x' } }],
  ])('refuses %s, and stores nothing', async (_what, fault, body) => {
    const app = await aTestApp();
    const response = await resolve(app, await decided(app, 'hypertension-review'), body);
    expect([response.status, bodyOf(response).type, faultsIn(response)]).toEqual([
      422,
      'urn:ketamine-screening:problem:invalid-resolution',
      [fault],
    ]);
    expect(storedIn(app.connection)).toBe(1);
  });

  it('tells every fault at once', async () => {
    const app = await aTestApp();
    const response = await resolve(app, await decided(app, 'hypertension-review'), { choice: 1, why: 2 });
    expect(faultsIn(response)).toEqual(['wrong-type /choice', 'missing-key /by', 'unknown-key /why']);
  });
});

describe('to proceed on an ineligible screening', () => {
  it('takes a reason in words', async () => {
    const app = await aTestApp();
    const location = await decided(app, 'suicidal-intent');
    const { verdict } = await storedAt(app, location);
    const ineligible = verdict === 'ineligible' ? location : await decided(app, 'hypertension-ineligible');
    const without = await resolve(app, ineligible, { choice: 'proceed', by: BY });
    expect([without.status, faultsIn(without)]).toEqual([422, ['missing-key /reason']]);
    const withOne = await resolve(app, ineligible, { ...DEFER, choice: 'proceed' });
    expect(withOne.status).toBe(201);
  });

  it.each(['defer', 'decline'])('differs from to %s, which takes none', async (choice) => {
    const app = await aTestApp();
    const response = await resolve(app, await decided(app, 'hypertension-ineligible'), { choice, by: BY });
    expect(response.status).toBe(201);
  });
});

describe('a resolution that cannot be made', () => {
  it('of a decision that is not there is not found', async () => {
    const response = await resolve(
      await aTestApp(),
      '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba',
      DEFER,
    );
    expect(response.status).toBe(404);
  });

  it('of a decision of another organisation is not found, even with faults', async () => {
    const app = await aTestApp();
    const id = '0197f3c2-7b1e-7000-8000-00000000abcd';
    const part = { salt: '01'.repeat(32), body: '{"verdict":"review"}' };
    const elsewhere: NewEntry = {
      id,
      at: NOW,
      organisation: 'another clinic',
      kind: 'decision',
      ruleSetHash: 'ab'.repeat(32),
      parts: { answer: part, findings: part },
    };
    await logOn(app.connection).append([elsewhere]);
    expect((await resolve(app, `/decisions/${id}`, DEFER)).status).toBe(404);
    expect((await resolve(app, `/decisions/${id}`, [])).status).toBe(404);
  });

  it('durable is answered 503, and not kept', async () => {
    let full = false;
    const app = await aTestApp({
      log: (log) => ({
        ...log,
        append: (entries) => (full ? Promise.reject(new LogUnavailableError('full')) : log.append(entries)),
      }),
    });
    const location = await decided(app, 'hypertension-review');
    full = true;
    expect((await resolve(app, location, DEFER)).status).toBe(503);
    full = false;
    expect((await storedAt(app, location)).resolutions).toEqual([]);
  });
});

describe('a resolution with an idempotency key', () => {
  const sendAgain = (app: TestApp, location: string, body: JsonObject): request.Test =>
    request(app.url).post(`${location}/resolution`).set('idempotency-key', 'k').send(body);

  it('is kept once, however often it is sent', async () => {
    const app = await aTestApp();
    const location = await decided(app, 'hypertension-review');
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendAgain(app, location, DEFER)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(19);
    expect((await storedAt(app, location)).resolutions).toHaveLength(1);
  });

  it('counts for its own decision, and for its own body', async () => {
    const app = await aTestApp();
    const [one, other] = [await decided(app, 'bladder-review'), await decided(app, 'hypertension-review')];
    expect((await sendAgain(app, one, DEFER)).status).toBe(201);
    expect((await sendAgain(app, other, DEFER)).status).toBe(201);
    expect((await sendAgain(app, one, { ...DEFER, choice: 'decline' })).status).toBe(422);
  });
});
