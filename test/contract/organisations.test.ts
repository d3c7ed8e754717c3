import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../src/log/entry.js';
import { faultsIn, screenBy } from '../support/http.js';
import { logOn, storedIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const ID = '0197f3c2-7b1e-7000-8000-00000000abcd';

const part = { salt: '01'.repeat(32), body: '{"verdict":"eligible"}' };

const elsewhere: NewEntry = {
  id: ID,
  at: '2026-11-22T09:30:00Z',
  organisation: 'another clinic',
  kind: 'decision',
  ruleSetHash: 'ab'.repeat(32),
  parts: { answer: part, findings: part },
};

/** A service whose log holds a decision of another organisation. */
const appWithOther = async (): Promise<TestApp> => {
  const app = await aTestApp();
  await logOn(app.connection).append([elsewhere]);
  return app;
};

describe('a decision of another organisation', () => {
  it('is not found, just like one that never was', async () => {
    const app = await appWithOther();
    const there = await request(app.url).get(`/decisions/${ID}`);
    const never = await request(app.url).get(`/decisions/${ID.replace('abcd', 'dcba')}`);
    expect([there.status, never.status]).toEqual([404, 404]);
    expect(Object.keys(JSON.parse(there.text) as object)).toEqual(
      Object.keys(JSON.parse(never.text) as object),
    );
  });

  it('cannot be superseded, just like one that never was', async () => {
    const app = await appWithOther();
    const response = await screenBy(app, { supersedes: ID });
    expect([response.status, faultsIn(response)]).toEqual([422, ['unknown-decision /supersedes']]);
    expect(storedIn(app.connection)).toBe(1);
  });
});
