import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry.js';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import { answerOf, bodyOf, intakeOf } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { logOn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const SUBJECT = 'canary-4711';

const screened = async (app: TestApp, key: string): Promise<string> => {
  const intake = { ...intakeOf('bladder-review'), retrospective: true, subject: SUBJECT };
  return answerOf(await request(app.url).post('/screen').set('authorization', key).send(intake)).id;
};

const handedOver = async (app: TestApp, key: string): Promise<string> => {
  const intake = { ...intakeOf('bladder-review'), retrospective: true, subject: SUBJECT };
  const response = await request(app.url).post('/intakes').set('authorization', key).send(intake);
  return String(response.headers.location);
};

/** Every path that tells what is kept of patients, with the operation that is recorded. */
const READS = [
  ['findDecision', 'GET', (id: string) => `/decisions/${id}`],
  ['proveDecision', 'GET', (id: string) => `/decisions/${id}/proof`],
  ['replayDecision', 'POST', (id: string) => `/decisions/${id}/replay`],
  ['replayDecision', 'POST', (id: string) => `/decisions/${id}/replay?version=1.0.0`],
  ['listDecisions', 'GET', () => '/decisions'],
  ['searchDecisions', 'POST', () => '/decisions/search'],
] as const;

const ask = async (app: TestApp, method: string, path: string, key?: string): Promise<Response> => {
  const asked = method === 'GET' ? request(app.url).get(path) : request(app.url).post(path);
  if (key !== undefined) asked.set('authorization', key);
  return path.endsWith('/search') ? asked.send({ subject: SUBJECT }) : asked;
};

const reads = async (app: TestApp): Promise<readonly Entry[]> =>
  (await logOn(app.connection).slice({ after: -1, limit: 1000, parts: null })).filter(
    ({ kind }) => kind === 'read',
  );

const saidIn = (entry: Entry | undefined): unknown => JSON.parse(entry?.parts.read?.body ?? 'null');

describe('whoever is told what is kept of patients', () => {
  it.each(READS)(
    'is recorded with %s by %s, once, with the ids that were told',
    async (operation, method, pathOf) => {
      const app = await aTestApp();
      const key = await keyFor(app, { organisation: 'north', client: 'ehr-7' });
      const id = await screened(app, key);
      expect(await reads(app)).toEqual([]);
      expect((await ask(app, method, pathOf(id), key)).status).toBe(200);
      const [entry, ...more] = await reads(app);
      expect(more).toEqual([]);
      expect(entry?.organisation).toBe('north');
      expect(saidIn(entry)).toEqual({ client: 'ehr-7', via: 'key', operation, ids: [id] });
      expect(JSON.stringify(entry)).not.toContain(SUBJECT);
    },
  );

  it('is recorded where an intake is fetched and where the log is taken home', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    const place = await handedOver(app, key);
    await ask(app, 'GET', place, key);
    await ask(app, 'GET', '/audit/export?from=1&size=4', key);
    const said = (await reads(app)).map(saidIn);
    expect(said).toMatchObject([{ operation: 'findIntake' }, { operation: 'exportLog', from: 1, size: 4 }]);
    expect(JSON.stringify(said)).not.toContain(place.slice('/intakes/'.length));
  });

  it('is recorded 100 times for 100 calls, also while no access control is set up', async () => {
    const app = await aTestApp();
    const id = await screened(app, '');
    for (let call = 0; call < 100; call += 1) await ask(app, 'GET', `/decisions/${id}`);
    const entries = await reads(app);
    expect(entries).toHaveLength(100);
    expect(saidIn(entries[0])).toEqual({
      client: 'local',
      via: 'open',
      operation: 'findDecision',
      ids: [id],
    });
  });

  it('is told nothing where that cannot be recorded, and the rules and the schema are told all the same', async () => {
    const noMore = (log: DecisionLog): DecisionLog => ({
      ...log,
      append: (entries, rulesUpTo) =>
        entries.some(({ kind }) => kind === 'read')
          ? Promise.reject(new LogUnavailableError('the disk is full'))
          : log.append(entries, rulesUpTo),
    });
    const app = await aTestApp({ log: noMore });
    const key = await keyFor(app);
    const id = await screened(app, key);
    const place = await handedOver(app, key);
    for (const [, method, pathOf] of [
      ...READS,
      ['', 'GET', () => place],
      ['', 'GET', () => '/audit/export'],
    ] as const) {
      const response = await ask(app, method, pathOf(id), key);
      expect([response.status, bodyOf(response).type], pathOf(id)).toEqual([
        503,
        'urn:ketamine-screening:problem:log-unavailable',
      ]);
      expect(response.text).not.toContain(SUBJECT);
    }
    for (const path of ['/rules', '/intake/schema', '/health/live', '/rules/ketamine-pain/versions/1.0.0'])
      expect((await ask(app, 'GET', path, key)).status).toBe(200);
  });

  it('is recorded where nothing was found, and not where there is no such decision', async () => {
    const app = await aTestApp();
    await ask(app, 'POST', '/decisions/search');
    await ask(app, 'GET', '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba');
    expect((await reads(app)).map(saidIn)).toMatchObject([{ operation: 'searchDecisions', ids: [] }]);
  });
});

describe('an entry', () => {
  it('names the client that asked for it', async () => {
    const app = await aTestApp();
    const key = await keyFor(app, { client: 'portal-3' });
    const id = await screened(app, key);
    await handedOver(app, key);
    const by = { reference: 'clinician-17', role: 'physician' };
    await request(app.url)
      .post(`/decisions/${id}/resolution`)
      .set('authorization', key)
      .send({ choice: 'defer', by });
    const entries = await logOn(app.connection).slice({ after: -1, limit: 1000, parts: null });
    const made = entries.filter(({ kind }) => ['decision', 'intake', 'resolution'].includes(kind));
    expect(made.map(({ parts }) => parts.client?.body)).toEqual(
      ['decision', 'intake', 'resolution'].map(() => '{"client":"portal-3"}'),
    );
  });
});
