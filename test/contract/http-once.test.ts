import { setTimeout } from 'node:timers/promises';
import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';
import { bodyOf, factsOf } from '../support/http.js';
import { storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const CLEAR = { facts: factsOf('healthy-man-first-course') };

const PATHS: readonly (readonly [path: string, status: number])[] = [
  ['/screen', 200],
  ['/intakes', 201],
];

const post = async ({ url }: TestApp, path: string, intake: JsonObject): Promise<Response> =>
  request(url).post(path).set('idempotency-key', 'a-key').send(intake);

/** What must be the same in the answers to one request: all that is not about the exchange itself. */
const answerIn = ({ status, headers, text }: Response): string =>
  JSON.stringify([status, headers.location, headers['content-type'], text]);

const isReplay = ({ headers }: Response): boolean => headers['idempotent-replayed'] === 'true';

/** A log that fails the first time that it is to append something. */
const failingOnce = (log: DecisionLog): DecisionLog => {
  let appended = 0;
  return {
    ...log,
    append: (entries) => {
      appended += 1;
      return appended === 1 ? Promise.reject(new LogUnavailableError('full')) : log.append(entries);
    },
  };
};

/** A log that appends nothing before it is released. */
const holding = (): { readonly log: (log: DecisionLog) => DecisionLog; readonly release: () => void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    log: (log) => ({ ...log, append: (entries) => opened.then(() => log.append(entries)) }),
    release: () => {
      open();
    },
  };
};

describe.each(PATHS)('POST %s under an idempotency key', (path, status) => {
  it('gives the stored answer again, byte for byte, and says so', async () => {
    const app = await aTestApp();
    const [one, two] = [await post(app, path, CLEAR), await post(app, path, CLEAR)];
    expect([one.status, isReplay(one), isReplay(two)]).toEqual([status, false, true]);
    expect(answerIn(two)).toBe(answerIn(one));
    expect(storedIn(app.connection)).toBe(1);
  });

  it('has one effect and one answer where 50 equal requests come at once', async () => {
    const app = await aTestApp();
    const responses = await Promise.all(Array.from({ length: 50 }, () => post(app, path, CLEAR)));
    expect([responses[0]?.status, new Set(responses.map(answerIn)).size]).toEqual([status, 1]);
    expect(responses.filter((response) => !isReplay(response))).toHaveLength(1);
    expect(storedIn(app.connection)).toBe(1);
  });

  it('has one effect and one answer where two services share a database', async () => {
    const file = `${tempFolder()}/log.db`;
    const apps = [await aTestApp({ file }), await aTestApp({ file })];
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => apps.map((app) => post(app, path, CLEAR))).flat(),
    );
    expect(new Set(responses.map(answerIn)).size).toBe(1);
    expect(apps.map(({ connection }) => storedIn(connection))).toEqual([1, 1]);
  });

  it('takes the same body however it is written, and refuses another one', async () => {
    const app = await aTestApp();
    const turned = { facts: Object.fromEntries(Object.entries(CLEAR.facts).reverse()) };
    await post(app, path, CLEAR);
    expect((await post(app, path, turned)).status).toBe(status);
    const other = await post(app, path, { ...CLEAR, subject: 'another' });
    expect([other.status, bodyOf(other).type]).toEqual([
      422,
      'urn:ketamine-screening:problem:idempotency-key-reused',
    ]);
  });

  it('keeps no problem: what failed can be sent again, and so can what was mended', async () => {
    const app = await aTestApp({ log: failingOnce });
    expect((await post(app, path, { facts: { age: '54' } })).status).toBe(422);
    expect((await post(app, path, CLEAR)).status).toBe(503);
    const again = await post(app, path, CLEAR);
    expect([again.status, isReplay(again)]).toEqual([status, false]);
  });

  it('refuses another body at once while the first one runs, and past five seconds the same one too', async () => {
    const held = holding();
    const app = await aTestApp({ log: held.log });
    const first = post(app, path, CLEAR);
    await setTimeout(100);
    const [same, other] = await Promise.all([post(app, path, CLEAR), post(app, path, { facts: {} })]);
    held.release();
    expect([(await first).status, other.status, same.status]).toEqual([status, 422, 409]);
    expect([bodyOf(same).type, same.headers['retry-after']]).toEqual([
      'urn:ketamine-screening:problem:still-running',
      '2',
    ]);
    expect(storedIn(app.connection)).toBe(1);
  });

  it('refuses a key that is none', async () => {
    const { url } = await aTestApp();
    const response = await request(url).post(path).set('idempotency-key', 'x'.repeat(256)).send(CLEAR);
    expect(response.status).toBe(400);
  });
});

describe('a-key', () => {
  it('counts for its own path alone', async () => {
    const app = await aTestApp();
    const statuses = [];
    for (const [path] of PATHS) statuses.push((await post(app, path, CLEAR)).status);
    expect(statuses).toEqual([200, 201]);
  });

  it('still gives the same code once that has expired', async () => {
    const file = `${tempFolder()}/log.db`;
    const one = await post(await aTestApp({ file }), '/intakes', CLEAR);
    const two = await post(await aTestApp({ file, now: '2027-01-01T00:00:00Z' }), '/intakes', CLEAR);
    expect(answerIn(two)).toBe(answerIn(one));
  });
});
