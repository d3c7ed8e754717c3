import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { answerOf, bodyOf, factsOf, screenBy } from '../support/http.js';
import { damagePayload, erasePayload, logOn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const ELSEWHERE = '0197f3c2-7b1e-7000-8000-00000000abcd';

const decide = async (app: TestApp, more: JsonObject = {}): Promise<string> =>
  answerOf(await screenBy(app, { facts: factsOf('healthy-man-first-course'), ...more })).id;

const supersededBy = async ({ url }: TestApp, id: string): Promise<unknown> =>
  bodyOf(await request(url).get(`/decisions/${id}`)).supersededBy;

const positionOf = ({ connection }: TestApp, id: string): number =>
  Number(connection.prepare('SELECT position FROM log WHERE id = ?').pluck().get(id));

describe('what took the place of a decision', () => {
  it('is an empty list where nothing did', async () => {
    const app = await aTestApp();
    const id = await decide(app);
    await decide(app);
    expect(await supersededBy(app, id)).toEqual([]);
  });

  it('is every decision that names it, in the order of the log, and none that names those', async () => {
    const app = await aTestApp();
    const id = await decide(app);
    const second = await decide(app, { supersedes: id });
    const third = await decide(app, { supersedes: second });
    const fourth = await decide(app, { supersedes: id, facts: {} });
    expect(await supersededBy(app, id)).toEqual([second, fourth]);
    expect(await supersededBy(app, second)).toEqual([third]);
    expect(await supersededBy(app, fourth)).toEqual([]);
  });

  it('is told though it was erased, or does not open any more', async () => {
    const app = await aTestApp();
    const id = await decide(app);
    const [erased, damaged] = [await decide(app, { supersedes: id }), await decide(app, { supersedes: id })];
    erasePayload(app.connection, positionOf(app, erased));
    damagePayload(app.connection, positionOf(app, damaged));
    expect(await supersededBy(app, id)).toEqual([erased, damaged]);
  });

  it('is none of another organisation', async () => {
    const app = await aTestApp();
    const id = await decide(app);
    const part = { salt: '01'.repeat(32), body: '{}' };
    await logOn(app.connection).append([
      {
        id: ELSEWHERE,
        at: '2026-11-22T09:30:00.000Z',
        organisation: 'another clinic',
        kind: 'decision',
        ruleSetHash: 'ab'.repeat(32),
        parts: { answer: part },
        lookups: [{ name: 'supersedes', value: id }],
      },
    ]);
    expect(await supersededBy(app, id)).toEqual([]);
  });
});
