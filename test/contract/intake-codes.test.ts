import type { Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../src/log/entry.js';
import { lookupOf } from '../../src/services/intake-handover.js';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import { codeOf, fetchIntake, handOver, handoverOf, intakeIn } from '../support/handover.js';
import { bodyOf, factsOf } from '../support/http.js';
import { logOn, storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const CLEAR = { facts: factsOf('healthy-man-first-course') };

const CODE = 'XXXXYYYYZZZZ';

const part = (body: string) => ({ salt: '01'.repeat(32), body });

const RECEIPT = JSON.stringify({
  receivedAt: '2026-11-22T09:30:00Z',
  expiresAt: '2026-12-06T09:30:00Z',
  ruleSet: { id: 'ketamine-pain', version: '1.0.0', sha256: 'ab'.repeat(32), approval: 'nobody' },
});

/** An intake of another organisation, as that one would have stored it. */
const elsewhere: NewEntry = {
  id: '0197f3c2-7b1e-7000-8000-00000000abcd',
  at: '2026-11-22T09:30:00Z',
  organisation: 'another clinic',
  kind: 'intake',
  ruleSetHash: 'ab'.repeat(32),
  parts: { intake: part('{"subject":"canary-4711"}'), receipt: part(RECEIPT), answer: part('{"code":""}') },
  lookups: [lookupOf(CODE)],
};

/** The same intake, as the organisation that asks would have stored it. */
const own = (digit: string): NewEntry => ({
  ...elsewhere,
  id: elsewhere.id.replace('abcd', `abc${digit}`),
  organisation: 'local',
});

/** A service in whose log these entries stand. */
const appWith = async (...entries: readonly NewEntry[]): Promise<TestApp> => {
  const app = await aTestApp();
  await logOn(app.connection).append(entries);
  return app;
};

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** All that tells one response from another: its status, its headers and its body, less the request and its trace. */
const bytesOf = ({ status, headers, text }: Response): string => {
  const told = { ...(headers as object), traceparent: '', date: '' };
  return JSON.stringify([status, told, text]).replace(UUID, 'an id');
};

describe('a code that opens nothing', () => {
  it.each<readonly [what: string, code: string, entries: readonly NewEntry[]]>([
    ['of another organisation', CODE, [elsewhere]],
    ['of another organisation, and too old', CODE, [{ ...elsewhere, at: '2020-01-01T00:00:00Z' }]],
    ['that is too short', 'XXXX-YYYY', []],
    ['that is too long', `${CODE}0`, []],
    ['with a letter that no code has', 'XXXX-YYYY-ZZZU', []],
    ['that is something else', "'%20OR%201=1", []],
    ['that is a null byte', '%00', []],
    ['that is an id', elsewhere.id, [elsewhere]],
    ['that two patients were given', CODE, [own('1'), own('2')]],
  ])('%s is not found, byte for byte like one that never was', async (_what, code, entries) => {
    const app = await appWith(...entries);
    const [one, never] = [await fetchIntake(app, code), await fetchIntake(app, '0000-0000-0000')];
    expect([one.status, bodyOf(one).type]).toEqual([404, 'urn:ketamine-screening:problem:not-found']);
    expect(bytesOf(one)).toBe(bytesOf(never));
  });

  it('is seen as such: that of the one who asks does open', async () => {
    const response = await fetchIntake(await appWith(own('1')), CODE);
    expect([response.status, intakeIn(response)]).toEqual([200, { subject: 'canary-4711' }]);
  });
});

describe('a code that has expired', () => {
  /** Hands an intake over at the usual time. @returns what comes back to its code at another time */
  const fetchedAt = async (now: string): Promise<Response> => {
    const file = `${tempFolder()}/log.db`;
    const code = await codeOf(await aTestApp({ file }), CLEAR);
    return fetchIntake(await aTestApp({ file, now }), code);
  };

  it('opens the intake until the last millisecond of its 14 days', async () => {
    expect((await fetchedAt('2026-12-06T09:29:59.999Z')).status).toBe(200);
  });

  it.each(['2026-12-06T09:30:00Z', '2026-12-06T10:30:00+01:00', '2027-01-01T00:00:00Z'])(
    'opens nothing at %s: the answer is 410, and says what to do',
    async (now) => {
      const response = await fetchedAt(now);
      expect([response.status, response.type]).toEqual([410, 'application/problem+json']);
      expect(bodyOf(response)).toMatchObject({
        type: 'urn:ketamine-screening:problem:expired',
        detail: expect.stringMatching(/^Ask the patient again/) as string,
      });
      expect(response.headers['cache-control']).toBe('no-store');
    },
  );

  it('says so even where the payload has been erased', async () => {
    const app = await appWith({ ...own('1'), at: '2026-11-01T00:00:00Z' });
    app.connection.exec('DELETE FROM payload');
    expect((await fetchIntake(app, CODE)).status).toBe(410);
  });
});

describe('a code that is taken', () => {
  /** Gives these codes one after the other, and then none. */
  const codes = (...given: readonly string[]): (() => string) => {
    const left = [...given];
    return () => left.shift() ?? 'none is left';
  };

  it('is not given again: the next one is', async () => {
    const app = await aTestApp({ newCode: codes(CODE, CODE, CODE, '000000000001') });
    const [one, two] = [await codeOf(app, CLEAR), await codeOf(app, { facts: {} })];
    expect([one, two]).toEqual(['XXXX-YYYY-ZZZZ', '0000-0000-0001']);
    expect(intakeIn(await fetchIntake(app, one))).toEqual(CLEAR);
    expect(intakeIn(await fetchIntake(app, two))).toEqual({ facts: {} });
  });

  it('is not given again where another organisation has it', async () => {
    const app = await aTestApp({ newCode: codes(CODE, '000000000001') });
    await logOn(app.connection).append([elsewhere]);
    expect(await codeOf(app, CLEAR)).toBe('0000-0000-0001');
  });

  it('is a fault of the service where there is no other, and nothing hangs', async () => {
    const app = await aTestApp({ newCode: () => CODE });
    await handOver(app, CLEAR);
    expect((await handOver(app, CLEAR)).status).toBe(500);
    expect(storedIn(app.connection)).toBe(1);
  });
});

describe('a code and the log of the service', () => {
  const withoutBreaks = (text: string): string => text.replaceAll('-', '').toUpperCase();

  it('never meet, whatever happens to the code', async () => {
    const file = `${tempFolder()}/log.db`;
    const [app, later] = [await aTestApp({ file }), await aTestApp({ file, now: '2027-01-01T00:00:00Z' })];
    const { code } = handoverOf(await handOver(app, CLEAR, 'a-key'));
    await handOver(app, CLEAR, 'a-key');
    const statuses = [];
    for (const text of [code, code.toLowerCase(), code.replaceAll('-', ''), `${code}0`])
      statuses.push((await fetchIntake(app, text)).status);
    statuses.push((await fetchIntake(later, code)).status);
    app.connection.close();
    statuses.push((await fetchIntake(app, code)).status);
    expect(statuses).toEqual([200, 200, 200, 404, 410, 503]);
    const lines = [...app.lines, ...later.lines];
    expect(lines.filter((line) => line.includes('"route":"/intakes/:code"'))).toHaveLength(6);
    expect(withoutBreaks(lines.join())).not.toContain(withoutBreaks(code));
  });
});

describe('while the log cannot be used', () => {
  const fullDisk = (log: DecisionLog): DecisionLog => ({
    ...log,
    append: () => Promise.reject(new LogUnavailableError('full')),
  });

  it('no intake is taken, and nothing is said', async () => {
    const app = await aTestApp({ log: fullDisk });
    const response = await handOver(app, CLEAR);
    expect([response.status, bodyOf(response).type]).toEqual([
      503,
      'urn:ketamine-screening:problem:log-unavailable',
    ]);
    expect(response.headers).toMatchObject({ 'retry-after': '2' });
    expect(response.headers.location).toBeUndefined();
    expect(response.text).not.toMatch(/TESTC0DE|"code"|"missing"|"openQuestions"/);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('no intake is taken and none is given where the database is closed', async () => {
    const app = await aTestApp();
    const code = await codeOf(app, CLEAR);
    app.connection.close();
    const [handed, fetched] = [await handOver(app, CLEAR), await fetchIntake(app, code)];
    expect([handed.status, fetched.status]).toEqual([503, 503]);
    expect(fetched.text).not.toMatch(/"intake"|"facts"/);
  });
});
