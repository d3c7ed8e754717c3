import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { newestOf } from '../../src/rules/rule-set.js';
import type { JsonObject } from '../../src/values/json.js';
import { answerOf, bodyOf, factsOf, faultsIn, intakeOf, screenBy } from '../support/http.js';
import { rowsIn, storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, NOW, shippedRules, type TestApp } from '../support/test-app.js';

const CLEAR = { facts: factsOf('healthy-man-first-course') };

describe('POST /screen', () => {
  it.each([
    ['eligible', 'healthy-man-first-course'],
    ['review', 'hypertension-review'],
    ['incomplete', 'stale-blood-pressure'],
    ['ineligible', 'one-absolute-nothing-else'],
  ])('answers %s for %s', async (verdict, name) => {
    const response = await screenBy(await aTestApp(), intakeOf(name));
    expect([response.status, response.type]).toEqual([200, 'application/json']);
    expect(answerOf(response).verdict).toBe(verdict);
  });

  it('says where the decision is, under an id of UUID version 7', async () => {
    const response = await screenBy(await aTestApp(), CLEAR);
    const { id } = answerOf(response);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(response.headers.location).toBe(`/decisions/${id}`);
  });

  it('lets no one keep what is about a patient', async () => {
    const response = await screenBy(await aTestApp(), CLEAR);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('judges now where no other moment is given', async () => {
    const { asOf, evaluatedAt } = answerOf(await screenBy(await aTestApp(), CLEAR));
    expect([asOf, evaluatedAt]).toEqual([NOW, NOW]);
  });

  it('needs no subject, and says one back', async () => {
    const app = await aTestApp();
    expect(bodyOf(await screenBy(app, CLEAR))).not.toHaveProperty('subject');
    expect(bodyOf(await screenBy(app, { ...CLEAR, subject: 'pt-8841' })).subject).toBe('pt-8841');
  });

  it('gives every reason at least one piece of evidence and one citation', async () => {
    const { reasons, precautions } = answerOf(
      await screenBy(await aTestApp(), intakeOf('bladder-ineligible')),
    );
    const all = [...reasons, ...precautions];
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter(({ evidence, citations }) => evidence.length === 0 || citations.length === 0)).toEqual(
      [],
    );
  });

  it('gives the same answer again, less its id', async () => {
    const app = await aTestApp();
    const [one, two] = [await screenBy(app, CLEAR), await screenBy(app, CLEAR)];
    expect(answerOf(one).id).not.toBe(answerOf(two).id);
    expect({ ...bodyOf(one), id: '' }).toEqual({ ...bodyOf(two), id: '' });
  });

  it('gives the same answer whatever the order of the facts', async () => {
    const app = await aTestApp();
    const { facts } = CLEAR;
    const turned = { facts: Object.fromEntries(Object.entries(facts).reverse()) };
    const [one, two] = [await screenBy(app, CLEAR), await screenBy(app, turned)];
    expect({ ...bodyOf(one), id: '' }).toEqual({ ...bodyOf(two), id: '' });
  });

  it('says the same of the data whatever the order of the facts', async () => {
    const app = await aTestApp();
    const reading = { systolic: 120, diastolic: 80, takenAt: '2026-11-20T10:00:00Z' };
    const [medications, bloodPressure] = [['9999'], [reading, reading]];
    const one = bodyOf(await screenBy(app, { facts: { medications, bloodPressure } }));
    const two = bodyOf(await screenBy(app, { facts: { bloodPressure, medications } }));
    expect(one.dataQuality).toHaveLength(2);
    expect({ ...one, id: '' }).toEqual({ ...two, id: '' });
  });

  it('stores one decision, with what was received, its answer and its findings', async () => {
    const app = await aTestApp();
    const before = rowsIn(app.connection, 'log');
    await screenBy(app, CLEAR);
    expect(rowsIn(app.connection, 'log')).toBe(before + 1);
    const parts = app.connection.prepare('SELECT part FROM payload WHERE position = ?').pluck().all(before);
    expect(parts).toEqual(['answer', 'client', 'context', 'findings', 'intake', 'summary']);
  });

  it('takes an intake without facts, of which everything is asked', async () => {
    const { verdict, missing } = answerOf(await screenBy(await aTestApp(), {}));
    expect(verdict).toBe('incomplete');
    expect(missing.length).toBeGreaterThan(20);
  });

  it('answers many at once, each its own', async () => {
    const app = await aTestApp();
    const names = ['healthy-man-first-course', 'hypertension-review', 'one-absolute-nothing-else'];
    const sent = Array.from({ length: 30 }, (_, index) => names[index % 3] ?? '');
    const answers = await Promise.all(
      sent.map(async (name) => answerOf(await screenBy(app, intakeOf(name)))),
    );
    const expected = ['eligible', 'review', 'ineligible'];
    expect(answers.map(({ verdict }) => verdict)).toEqual(sent.map((_, index) => expected[index % 3]));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(30);
  });
});

describe('GET /decisions/{id}', () => {
  /** Screens the patient who is all clear. @returns the answer, and where the decision is */
  const decided = async (app: TestApp): Promise<{ answer: JsonObject; path: string }> => {
    const response = await screenBy(app, CLEAR);
    return { answer: bodyOf(response), path: `/decisions/${answerOf(response).id}` };
  };

  it('gives the answer as it was sent', async () => {
    const app = await aTestApp();
    const { answer, path } = await decided(app);
    const { findings, resolutions, supersededBy, ...stored } = bodyOf(await request(app.url).get(path));
    expect([stored, resolutions, supersededBy]).toEqual([answer, [], []]);
    expect(findings).toBeDefined();
  });

  it('gives every rule with its truth, the scope first, so that eligible can be checked', async () => {
    const app = await aTestApp();
    const { path } = await decided(app);
    const { findings } = bodyOf(await request(app.url).get(path)) as {
      findings: readonly { rule: string; severity: string; truth: string }[];
    };
    const rules = newestOf(shippedRules().all())?.body.rules.map(({ id }) => id) ?? [];
    expect(findings.map(({ rule }) => rule)).toEqual(['outside-scope', ...rules]);
    const deciding = findings.filter(({ severity }) => severity !== 'precaution');
    expect(deciding.length).toBeGreaterThan(100);
    expect(new Set(deciding.map(({ truth }) => truth))).toEqual(new Set(['false']));
  });

  it('gives it after a restart too', async () => {
    const file = `${tempFolder()}/log.db`;
    const { answer, path } = await decided(await aTestApp({ file }));
    const response = await request((await aTestApp({ file })).url).get(path);
    expect(bodyOf(response)).toMatchObject(answer);
  });

  it('lets no one keep it', async () => {
    const app = await aTestApp();
    const { path } = await decided(app);
    const { headers } = await request(app.url).get(path);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it.each(['0197f3c2-7b1e-7000-8000-ffffffffffff', 'x', '%00', "'%20OR%201=1"])(
    'knows no decision %s',
    async (id) => {
      const app = await aTestApp();
      const response = await request(app.url).get(`/decisions/${id}`);
      expect([response.status, response.type]).toEqual([404, 'application/problem+json']);
    },
  );

  it('does not give out what is no decision', async () => {
    const app = await aTestApp();
    const id = String(app.connection.prepare('SELECT id FROM log WHERE position = 0').pluck().get());
    expect((await request(app.url).get(`/decisions/${id}`)).status).toBe(404);
  });
});

describe('a decision that supersedes another', () => {
  it('says which', async () => {
    const app = await aTestApp();
    const { id } = answerOf(await screenBy(app, {}));
    expect(answerOf(await screenBy(app, { ...CLEAR, supersedes: id })).supersedes).toBe(id);
  });

  it('is refused where there is no such decision', async () => {
    const app = await aTestApp();
    const response = await screenBy(app, { ...CLEAR, supersedes: '0197f3c2-7b1e-7000-8000-ffffffffffff' });
    expect([response.status, faultsIn(response)]).toEqual([422, ['unknown-decision /supersedes']]);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('is refused where that is no decision', async () => {
    const app = await aTestApp();
    const supersedes = String(app.connection.prepare('SELECT id FROM log').pluck().get());
    expect(faultsIn(await screenBy(app, { supersedes }))).toEqual(['unknown-decision /supersedes']);
  });
});
