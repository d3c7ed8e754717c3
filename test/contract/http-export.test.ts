import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { LogUnavailableError } from '../../src/services/ports.js';
import { verifyExport } from '../../src/services/verify-export.js';
import { shownLines } from '../support/exported-log.js';
import { bodyOf, faultsIn, intakeOf, screenBy } from '../support/http.js';
import { keyOf } from '../support/note-signers.js';
import { rewritePart, SIGNER } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const decide = async (app: TestApp, count: number): Promise<void> => {
  for (let number = 0; number < count; number += 1)
    await screenBy(app, { ...intakeOf('bladder-review'), retrospective: true });
};

const exported = (app: TestApp, query = ''): Promise<Response> =>
  Promise.resolve(request(app.url).get(`/audit/export${query}`).buffer(true).parse(asText)).then(
    (response) => response,
  );

const asText = (
  response: { on: (event: string, listener: (chunk: Buffer) => void) => void },
  done: (error: Error | null, body: string) => void,
): void => {
  const pieces: Buffer[] = [];
  response.on('data', (piece) => pieces.push(piece));
  response.on('end', () => {
    done(null, Buffer.concat(pieces).toString());
  });
};

const linesOf = (response: Response): readonly string[] => String(response.body).trimEnd().split('\n');

const lastOf = (response: Response): unknown => JSON.parse(linesOf(response).at(-1) ?? 'null');

const verified = (lines: readonly string[]): ReturnType<typeof verifyExport> =>
  verifyExport(shownLines(lines), { key: keyOf(SIGNER), kept: [] });

describe('GET /audit/export', () => {
  it('is NDJSON that no cache keeps, and holds with the public key alone', async () => {
    const app = await aTestApp();
    await decide(app, 5);
    const response = await exported(app);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    expect(response.headers['cache-control']).toBe('no-store');
    const outcome = await verified(linesOf(response));
    expect(outcome).toMatchObject({ faultCount: 0, withheld: 0, size: linesOf(response).length - 2 });
    expect(lastOf(response)).toMatchObject({ end: true, complete: true, problem: null });
  });

  it('is of one size, whatever is decided meanwhile, and the rest of it can be asked for', async () => {
    const app = await aTestApp();
    await decide(app, 3);
    const first = await exported(app);
    await decide(app, 3);
    const size = linesOf(first).length - 2;
    const rest = await exported(app, `?from=2&size=${String(size)}`);
    const joined = [...linesOf(first).slice(0, 3), ...linesOf(rest)];
    expect(await verified(joined)).toMatchObject({ faultCount: 0, size });
    // Each of the two exports before it is an entry too.
    expect(await verified(linesOf(await exported(app)))).toMatchObject({ faultCount: 0, size: size + 5 });
  });

  it.each([
    ['?from=x', 422, ['wrong-type /from']],
    ['?from=-1', 422, ['wrong-type /from']],
    ['?size=0', 422, ['wrong-type /size']],
    ['?after=1', 422, ['unknown-key /after']],
    ['?size=100000', 422, []],
    ['?from=100000', 422, []],
  ])('refuses %s', async (query, status, faults) => {
    const response = await request((await aTestApp()).url).get(`/audit/export${query}`);
    expect([response.status, faultsIn(response)]).toEqual([status, faults]);
  });

  it('is not sent to whoever accepts no NDJSON', async () => {
    const response = await request((await aTestApp()).url)
      .get('/audit/export')
      .set('accept', 'text/html');
    expect([response.status, bodyOf(response).type]).toEqual([
      406,
      'urn:ketamine-screening:problem:not-acceptable',
    ]);
  });

  it('says in its last line that the log could not be read any further', async () => {
    let slices = 0;
    const app = await aTestApp({
      log: (log) => ({
        ...log,
        slice: (asked) => {
          slices += 1;
          return slices > 1 ? Promise.reject(new LogUnavailableError('gone')) : log.slice(asked);
        },
      }),
    });
    await decide(app, 40);
    const response = await exported(app);
    expect(response.status).toBe(200);
    expect(lastOf(response)).toEqual({
      end: true,
      complete: false,
      entries: 32,
      opened: 32,
      checkpoint: null,
      problem: 'urn:ketamine-screening:problem:log-unavailable',
    });
    const outcome = await verified(linesOf(response));
    expect(outcome.faults).toMatchObject([{ position: 32, code: 'incomplete' }]);
  });

  it('names the entry whose payload was changed by someone with the keys in hand', async () => {
    const app = await aTestApp();
    await decide(app, 3);
    const position = Number(app.connection.prepare('SELECT max(position) FROM log').pluck().get()) - 1;
    rewritePart(app.connection, position, {
      part: 'answer',
      change: (body) => body.replace('"verdict":"review"', '"verdict":"eligible"'),
    });
    const outcome = await verified(linesOf(await exported(app)));
    expect(outcome.faults.map(({ code, position: at }) => [code, at])).toContainEqual([
      'part-changed',
      position,
    ]);
  });
});
