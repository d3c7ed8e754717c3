import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';
import { intakeOf, screenBy, vignetteNames } from '../support/http.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

type Sent = { readonly request: ClientRequest; readonly response: Promise<IncomingMessage> };

/** Begins a batch whose lines the test writes one by one. */
const begin = ({ url }: TestApp, headers: Readonly<Record<string, string>> = {}): Sent => {
  const request = httpRequest(new URL('/screen/batch', url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    agent: false,
  });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
  });
  return { request, response };
};

/** The lines of an answer, as they come. */
async function* answersIn(response: IncomingMessage): AsyncGenerator<JsonObject, void, void> {
  let text = '';
  for await (const chunk of response) {
    const lines = `${text}${String(chunk)}`.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as JsonObject;
  }
  expect(text).toBe('');
}

const batchBy = async (
  app: TestApp,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly JsonObject[]> => {
  const { request, response } = begin(app, headers);
  request.end(body);
  const lines: JsonObject[] = [];
  for await (const line of answersIn(await response)) lines.push(line);
  return lines;
};

const ndjson = (intakes: readonly JsonObject[]): string =>
  intakes.map((intake) => `${JSON.stringify(intake)}\n`).join('');

const patients = vignetteNames().map((name): JsonObject => ({
  ...intakeOf(name),
  subject: name,
  retrospective: true,
}));

const withoutIds = (answer: JsonObject): JsonObject => ({ ...answer, id: '' });

const statusesOf = (lines: readonly JsonObject[]): readonly unknown[] => lines.map(({ status }) => status);

const FAULTY = '{"facts":{"agee":54}}';

describe('POST /screen/batch', () => {
  it('answers every line in order, just as POST /screen does', async () => {
    const app = await aTestApp();
    const lines = await batchBy(app, ndjson(patients));
    for (const [index, patient] of patients.entries()) {
      const alone = JSON.parse((await screenBy(app, patient)).text) as JsonObject;
      expect(lines[index]).toMatchObject({ line: index + 1, status: 200 });
      expect(withoutIds(lines[index]?.answer as JsonObject)).toEqual(withoutIds(alone));
    }
    expect(lines.at(-1)).toEqual({ end: true, complete: true, screened: patients.length, refused: 0 });
  });

  it('stores what it answers: each decision can be had', async () => {
    const app = await aTestApp();
    const lines = await batchBy(app, ndjson(patients));
    for (const { answer } of lines.slice(0, -1)) {
      const { id } = answer as { id: string };
      const stored = await fetch(`${app.url}/decisions/${id}`);
      expect(await stored.json()).toMatchObject(answer as JsonObject);
    }
  });

  it('goes on after lines with faults, and tells each fault with the number of its line', async () => {
    const app = await aTestApp();
    const lines = await batchBy(app, `{}\n\n${FAULTY}\r\n \t\n{"facts":\n{"facts":{},"facts":{}}\n{}`);
    expect(lines).toMatchObject([
      { line: 1, status: 200 },
      { line: 3, status: 422, problem: { errors: [{ pointer: '/facts/agee', code: 'unknown-fact' }] } },
      { line: 5, status: 400, problem: { errors: [{ code: 'not-json' }] } },
      { line: 6, status: 400, problem: { errors: [{ code: 'duplicate-key' }] } },
      { line: 7, status: 200 },
      { end: true, complete: true, screened: 2, refused: 3 },
    ]);
    expect(storedIn(app.connection)).toBe(2);
  });

  it('refuses a line that is longer than an intake may be, and goes on', async () => {
    const long = `{"subject":"${'x'.repeat(300_000)}"}`;
    expect(statusesOf(await batchBy(await aTestApp(), `${long}\n{}\n`))).toEqual([413, 200, undefined]);
  });

  it('ends with its end where there is no line', async () => {
    const end = { end: true, complete: true, screened: 0, refused: 0 };
    expect(await batchBy(await aTestApp(), '\n')).toEqual([end]);
  });

  it('answers a line before the next one is sent', async () => {
    const { request, response } = begin(await aTestApp());
    request.write('{}\n');
    const answers = answersIn(await response);
    expect((await answers.next()).value).toMatchObject({ line: 1 });
    request.write(`${FAULTY}\n`);
    expect((await answers.next()).value).toMatchObject({ line: 2 });
    request.end();
    expect((await answers.next()).value).toMatchObject({ end: true });
  });
});

describe('a batch with an idempotency key', () => {
  const KEY = { 'idempotency-key': 'batch-1' };

  it('that is sent again gets what was answered, and decides nothing anew', async () => {
    const app = await aTestApp();
    const body = ndjson(patients.slice(0, 5));
    const first = await batchBy(app, body, KEY);
    const again = await batchBy(app, body, KEY);
    const repeated = first.map((line) => ('end' in line ? line : { ...line, repeated: true }));
    expect([again, storedIn(app.connection)]).toEqual([repeated, 5]);
  });

  it('goes on where the first one was cut', async () => {
    const app = await aTestApp();
    await batchBy(app, ndjson(patients.slice(0, 2)), KEY);
    const whole = await batchBy(app, ndjson(patients.slice(0, 4)), KEY);
    expect(whole.map(({ repeated }) => repeated)).toEqual([true, true, undefined, undefined, undefined]);
  });

  it('refuses a line that holds something else than before', async () => {
    const app = await aTestApp();
    await batchBy(app, '{}\n{}\n', KEY);
    const again = await batchBy(app, '{}\n{"subject":"other"}\n', KEY);
    expect(again[1]).toMatchObject({
      status: 422,
      problem: { type: 'urn:ketamine-screening:problem:idempotency-key-reused' },
    });
  });

  it('has nothing to do with a screening under the same key', async () => {
    const app = await aTestApp();
    await batchBy(app, '{}\n', KEY);
    const alone = await fetch(`${app.url}/screen`, {
      method: 'POST',
      headers: { ...KEY, 'content-type': 'application/json' },
      body: '{"subject":"other"}',
    });
    expect(alone.status).toBe(200);
  });
});

/** A log whose disk is full after so many decisions. */
const fullAfter =
  (count: number) =>
  (log: DecisionLog): DecisionLog => {
    let appended = 0;
    return {
      ...log,
      append: async (entries) => {
        appended += 1;
        if (appended > count) throw new LogUnavailableError('full');
        return log.append(entries);
      },
    };
  };

describe('a batch that cannot go on', () => {
  it('tells what was stored, gives no verdict for the rest, and says that it is not complete', async () => {
    const app = await aTestApp({ log: fullAfter(3) });
    const lines = await batchBy(app, '{}\n'.repeat(500));
    const stored = lines.filter(({ status }) => status === 200);
    const refused = lines.filter(({ status }) => status === 503);
    expect(stored.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(JSON.stringify(refused)).not.toMatch(/"verdict"|eligible/);
    expect(lines.at(-1)).toEqual({ end: true, complete: false, screened: 3, refused: refused.length });
    expect(refused.length).toBeLessThan(100);
    expect(storedIn(app.connection)).toBe(3);
  });

  it('ends in its own way where the service stops, though more lines are to come', async () => {
    const app = await aTestApp();
    const { request, response } = begin(app);
    request.write('{}\n{"facts":{"age":');
    const answers = answersIn(await response);
    expect((await answers.next()).value).toMatchObject({ line: 1, status: 200 });
    const stopped = app.stop();
    expect((await answers.next()).value).toMatchObject({
      line: 2,
      status: 503,
      problem: { type: 'urn:ketamine-screening:problem:stopping' },
    });
    expect((await answers.next()).value).toEqual({ end: true, complete: false, screened: 1, refused: 1 });
    request.destroy();
    await stopped;
  });

  it('harms nobody where its client goes away', async () => {
    const app = await aTestApp();
    const { request, response } = begin(app);
    request.write('{}\n'.repeat(200));
    await answersIn(await response).next();
    request.on('error', () => undefined);
    request.destroy();
    expect((await screenBy(app, {})).status).toBe(200);
  });
});

describe('a batch of another type', () => {
  it.each([
    [415, { 'content-type': 'application/json' }],
    [415, { 'content-type': 'application/x-ndjson; charset=latin1' }],
    [415, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }],
    [406, { 'content-type': 'application/x-ndjson', accept: 'application/json' }],
  ])('is answered %s for %j', async (status, headers) => {
    const { request, response } = begin(await aTestApp(), headers);
    request.end('{}\n');
    const { statusCode, headers: got } = await response;
    expect([statusCode, got['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
  });

  it('as application/ndjson is taken', async () => {
    const lines = await batchBy(await aTestApp(), '{}\n', { 'content-type': 'application/ndjson' });
    expect(statusesOf(lines)).toEqual([200, undefined]);
  });

  it('is none to a path that takes one intake', async () => {
    const { url } = await aTestApp();
    const headers = { 'content-type': 'application/x-ndjson' };
    expect((await fetch(`${url}/screen`, { method: 'POST', headers, body: '{}\n' })).status).toBe(415);
  });
});
