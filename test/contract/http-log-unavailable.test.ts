import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import { bodyOf, factsOf, screenBy } from '../support/http.js';
import { storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp } from '../support/test-app.js';
import { openDatabase } from '../../src/storage/open-database.js';

const CLEAR = { facts: factsOf('healthy-man-first-course') };

/** A log that reads and cannot write: a disk that is full cannot be had on demand. */
const fullDisk = (log: DecisionLog): DecisionLog => ({
  ...log,
  append: () => Promise.reject(new LogUnavailableError('full')),
});

/** A log with a fault of its own. */
const broken = (log: DecisionLog): DecisionLog => ({
  ...log,
  append: () => Promise.reject(new TypeError('canary-4711 is no function')),
});

const WORDS = /"verdict"|"bounds"|"reasons"|eligible/;

describe('a decision that cannot be made durable', () => {
  it('is answered 503 with Retry-After where the database is closed, and no verdict', async () => {
    const app = await aTestApp();
    app.connection.close();
    const response = await screenBy(app, CLEAR);
    expect([response.status, response.type]).toEqual([503, 'application/problem+json']);
    expect(response.headers).toMatchObject({ 'retry-after': '2' });
    expect(response.text).not.toMatch(WORDS);
  });

  it('is answered 503 where the disk is full, and no verdict', async () => {
    const app = await aTestApp({ log: fullDisk });
    const response = await screenBy(app, CLEAR);
    expect([response.status, bodyOf(response).type]).toEqual([
      503,
      'urn:ketamine-screening:problem:log-unavailable',
    ]);
    expect(response.text).not.toMatch(WORDS);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('is answered 503 where another process holds the database, and can be sent again later', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file });
    app.connection.pragma('busy_timeout = 1');
    const other = openDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    expect((await screenBy(app, CLEAR)).status).toBe(503);
    other.exec('ROLLBACK');
    other.close();
    expect((await screenBy(app, CLEAR)).status).toBe(200);
  });

  it('says in its log why, with a code of the driver and no more', async () => {
    const app = await aTestApp();
    app.connection.close();
    await screenBy(app, { ...CLEAR, subject: 'canary-4711' });
    const lines = app.lines.filter((line) => line.includes('the decision log cannot be used'));
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain('canary');
  });
});

describe('a fault of the service itself', () => {
  it('is answered 500 with an id and no detail, and no verdict', async () => {
    const response = await screenBy(await aTestApp({ log: broken }), CLEAR);
    expect([response.status, response.type]).toEqual([500, 'application/problem+json']);
    expect(response.text).not.toMatch(/canary|TypeError|function|\.ts|\.js/);
    expect(response.text).not.toMatch(WORDS);
  });

  it('is logged by its kind, without its message', async () => {
    const app = await aTestApp({ log: broken });
    await screenBy(app, CLEAR);
    expect(app.lines.filter((line) => line.includes('a fault in the service'))).toHaveLength(1);
    expect(app.lines.join()).not.toContain('canary');
  });
});

describe('while the log is closed', () => {
  it('a decision cannot be had either', async () => {
    const app = await aTestApp();
    app.connection.close();
    const { status, headers } = await request(app.url).get('/decisions/0197f3c2-7b1e-7000-8000-000000000001');
    expect([status, headers]).toMatchObject([503, { 'retry-after': '2' }]);
  });

  it('what to ask next still can', async () => {
    const app = await aTestApp();
    app.connection.close();
    expect((await request(app.url).post('/intake/next').send({ facts: {} })).status).toBe(200);
  });

  it('the service is alive and not ready, and says why', async () => {
    const app = await aTestApp();
    app.connection.close();
    const [live, ready] = [
      await request(app.url).get('/health/live'),
      await request(app.url).get('/health/ready'),
    ];
    expect([live.status, ready.status]).toEqual([200, 503]);
    expect(ready.headers).toMatchObject({ 'retry-after': '2' });
    expect(bodyOf(ready).reason).toBe('the decision log cannot be used');
  });
});

describe('a service in order', () => {
  it('is alive and ready', async () => {
    const app = await aTestApp();
    const [live, ready] = [
      await request(app.url).get('/health/live'),
      await request(app.url).get('/health/ready'),
    ];
    expect([bodyOf(live), bodyOf(ready)]).toEqual([{ status: 'live' }, { status: 'ready' }]);
  });
});
