import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { NOT_APPROVED } from '../../src/rules/approval.js';
import type { DecisionLog } from '../../src/services/ports.js';
import type { Connection } from '../../src/storage/open-database.js';
import { APPROVED, approveOn, libraryOf, RELEASED, releasedVersion } from '../support/approve.js';
import { bodyOf, factsOf, screenBy } from '../support/http.js';
import { connectionTo, logOn, tempFolder } from '../support/sqlite.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';

const released = releasedVersion();
const rules = libraryOf(released);
const facts = factsOf('bladder-review');
const INTAKE = { asOf: NOW, facts };
const VERSION = `/rules/ketamine-pain/versions/${RELEASED}`;

type Site = { readonly app: TestApp; readonly other: Connection };

/** A service, and the connection of another process to its database. */
const aSite = async (log?: (real: DecisionLog) => DecisionLog): Promise<Site> => {
  const file = `${tempFolder()}/log.db`;
  const app = await aTestApp({ file, rules, ...(log === undefined ? {} : { log }) });
  return { app, other: connectionTo(file) };
};

const approvalIn = (body: unknown): unknown =>
  (body as { readonly ruleSet: { readonly approval: string } }).ruleSet.approval;

const screened = async (app: TestApp): Promise<readonly [location: string, approval: unknown]> => {
  const response = await screenBy(app, INTAKE);
  return [String(response.headers.location), approvalIn(bodyOf(response))];
};

const get = async ({ url }: TestApp, path: string) => request(url).get(path);

const post = async ({ url }: TestApp, path: string, body?: object) => request(url).post(path).send(body);

const batchLine = async ({ url }: TestApp): Promise<unknown> => {
  const headers = { 'content-type': 'application/x-ndjson' };
  const body = `${JSON.stringify(INTAKE)}\n`;
  const [line = ''] = (
    await (await fetch(`${url}/screen/batch`, { method: 'POST', headers, body })).text()
  ).split('\n');
  return approvalIn((JSON.parse(line) as { answer: unknown }).answer);
};

describe('a version that another process approves', () => {
  it('is told as approved by every answer from then on', async () => {
    const { app, other } = await aSite();
    expect((await screened(app))[1]).toBe(NOT_APPROVED);
    await approveOn(other, rules);
    expect([
      approvalIn(bodyOf(await post(app, '/intake/next', { facts }))),
      (await screened(app))[1],
      await batchLine(app),
      approvalIn(bodyOf(await post(app, '/intakes', { facts }))),
    ]).toEqual([APPROVED, APPROVED, APPROVED, APPROVED]);
  });

  it('is told at once by what asks nothing of the log before', async () => {
    const { app, other } = await aSite();
    await approveOn(other, rules);
    expect((await screened(app))[1]).toBe(APPROVED);
    await approveOn(other, rules, { by: 'B. Other', role: 'anaesthetist', on: '2026-11-20' });
    expect(await batchLine(app)).toBe(`${APPROVED}; approved by B. Other, anaesthetist, on 2026-11-20`);
    await approveOn(other, rules, { by: 'C. Third', role: 'nurse', on: '2026-11-21' });
    const handed = await post(app, '/intakes', { facts });
    expect(approvalIn(bodyOf(handed))).toContain('; approved by C. Third, nurse, on 2026-11-21');
  });

  it('was approved before the service started', async () => {
    const file = `${tempFolder()}/log.db`;
    await approveOn(connectionTo(file), rules);
    expect((await screened(await aTestApp({ file, rules })))[1]).toBe(APPROVED);
  });

  it('counts for its own body alone: another one of the same name stays unapproved', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file, rules });
    const another = libraryOf(releasedVersion({ title: 'Another title' }));
    const log = logOn(connectionTo(file));
    const elsewhere = connectionTo(':memory:');
    await approveOn(elsewhere, another);
    await log.append(await logOn(elsewhere).ruleEventsAfter(-1));
    expect((await screened(app))[1]).toBe(NOT_APPROVED);
    expect(bodyOf(await get(app, VERSION)).lifecycle).toMatchObject({ approvals: [] });
  });
});

describe('a decision that was made before its version was approved', () => {
  it('keeps what it said, and is made again just so', async () => {
    const { app, other } = await aSite();
    const [location] = await screened(app);
    const before = (await get(app, location)).text;
    await approveOn(other, rules);
    const [later] = await screened(app);
    expect((await get(app, location)).text).toBe(before);
    expect(approvalIn(JSON.parse(before))).toBe(NOT_APPROVED);
    for (const place of [location, later])
      expect(bodyOf(await post(app, `${place}/replay`))).toMatchObject({ identical: true, differences: [] });
  });

  it('is made again just so once there is a second approval', async () => {
    const { app, other } = await aSite();
    await approveOn(other, rules);
    const [location] = await screened(app);
    await approveOn(other, rules, { by: 'B. Other' });
    expect(bodyOf(await post(app, `${location}/replay`))).toMatchObject({ identical: true });
    expect(approvalIn(bodyOf(await get(app, location)))).toBe(APPROVED);
  });
});

/** A log into which an approval comes just before the first decision is written, after it was made. */
const approvedMeanwhile =
  (connection: () => Connection) =>
  (log: DecisionLog): DecisionLog => {
    let first = true;
    return {
      ...log,
      append: async (entries, rulesUpTo) => {
        if (first) await approveOn(connection(), rules);
        first = false;
        return log.append(entries, rulesUpTo);
      },
    };
  };

describe('an approval that comes while a decision is made', () => {
  it('stands before it in the log, and so the decision names it', async () => {
    let other: Connection | null = null;
    const site = await aSite(approvedMeanwhile(() => other ?? site.other));
    other = site.other;
    expect((await screened(site.app))[1]).toBe(APPROVED);
    const kinds = other.prepare('SELECT kind FROM log ORDER BY position').pluck().all();
    expect(kinds).toEqual(['registration', 'activation', 'approval', 'decision']);
  });
});

describe('the life of a version', () => {
  const APPROVALS = [
    {
      by: 'Dr A. Example',
      role: 'consultant in pain medicine',
      on: '2026-11-22',
      at: '2026-11-22T09:30:00.000Z',
    },
  ];

  it('names who approved it, beside a body that stays as it was', async () => {
    const { app, other } = await aSite();
    const before = bodyOf(await get(app, VERSION));
    await approveOn(other, rules);
    const after = bodyOf(await get(app, VERSION));
    const lifecycle = {
      status: 'active',
      releasedOn: null,
      registeredAt: '2026-11-22T09:30:00.000Z',
      inForce: true,
      inForcePeriods: [{ from: '2026-11-22T09:30:00.000Z', to: null, by: null, role: null, reason: null }],
    };
    expect(before.lifecycle).toEqual({ ...lifecycle, approvals: [] });
    expect(after).toEqual({ ...before, lifecycle: { ...lifecycle, approvals: APPROVALS } });
  });

  it('stands in the lists of versions and of sets too', async () => {
    const { app, other } = await aSite();
    expect(bodyOf(await get(app, '/rules'))).toMatchObject({
      items: [{ inForce: { approval: NOT_APPROVED } }],
    });
    await approveOn(other, rules);
    expect(bodyOf(await get(app, '/rules'))).toMatchObject({ items: [{ inForce: { approval: APPROVED } }] });
    expect(bodyOf(await get(app, '/rules/ketamine-pain/versions'))).toMatchObject({
      items: [{ lifecycle: { approvals: APPROVALS } }],
    });
  });

  it.each([VERSION, '/rules/ketamine-pain/versions', '/rules'])(
    'is asked for anew each time at %s, and has another ETag once it is approved',
    async (path) => {
      const { app, other } = await aSite();
      const { headers } = await get(app, path);
      expect(headers['cache-control']).toBe('no-cache');
      const again = () => request(app.url).get(path).set('if-none-match', String(headers.etag));
      expect((await again()).status).toBe(304);
      await approveOn(other, rules);
      const changed = await again();
      expect([changed.status, changed.headers.etag === headers.etag]).toEqual([200, false]);
    },
  );
});
