import { readFileSync } from 'node:fs';
import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SCOPES, type Scope } from '../../src/services/access.js';
import { hasKeys, keybooksIn } from '../../src/services/keybooks.js';
import { answerOf, bodyOf, intakeOf, problemIn } from '../support/http.js';
import { keyFor, takeBack } from '../support/keys.js';
import { madeEntry } from '../support/made-log.js';
import { logOn, rowsIn } from '../support/sqlite.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';

type Described = {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly security: readonly { readonly bearer: readonly string[] }[] }>>
    >
  >;
};

type Asked = { readonly method: 'GET' | 'POST'; readonly path: string; readonly scope: string | null };

const described = parse(readFileSync('openapi.yaml', 'utf8')) as Described;

const ID = '0197f3c2-7b1e-7000-8000-00000000dcba';

const PLACES: Readonly<Record<string, string>> = {
  id: ID,
  code: 'TEST-C0DE-0000',
  set: 'ketamine-pain',
  v: '1.0.0',
  from: '1.0.0',
  to: '2.0.0',
  ruleId: 'hypertension-treat-first',
};

/** Every operation that the API description has, with the scope that it names. */
const OPERATIONS: readonly Asked[] = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security }]) => ({
    method: method === 'get' ? ('GET' as const) : ('POST' as const),
    path: path.replace(/\{(\w+)\}/g, (_all, name: string) => PLACES[name] ?? ''),
    scope: security[0]?.bearer[0] ?? null,
  })),
);

const ask = ({ url }: TestApp, { method, path }: Omit<Asked, 'scope'>, key?: string): Promise<Response> => {
  const asked = method === 'GET' ? request(url).get(path) : request(url).post(path);
  const withKey = key === undefined ? asked : asked.set('authorization', key);
  const isBatch = path === '/screen/batch';
  const typed =
    method === 'POST' ? withKey.type(isBatch ? 'application/x-ndjson' : 'application/json') : withKey;
  return Promise.resolve(method === 'POST' ? typed.send(isBatch ? '\n' : '{}') : typed).then(
    (response) => response,
  );
};

describe('who may ask what', () => {
  it('is said of every operation: which scope it asks for, or that anyone may ask', () => {
    const open = OPERATIONS.filter(({ scope }) => scope === null).map(({ path }) => path);
    expect(open.toSorted()).toEqual([
      '/cds-services',
      '/health/live',
      '/health/ready',
      '/openapi.json',
      '/openapi.yaml',
    ]);
    expect(OPERATIONS.length).toBeGreaterThan(20);
  });

  it('is everything while no key was ever made, on this machine', async () => {
    const app = await aTestApp();
    for (const operation of OPERATIONS)
      expect([401, 403], operation.path).not.toContain((await ask(app, operation)).status);
  });

  it('is nothing without a key, with one that is none, or with another way to show it, once any was made', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    const others = [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      key.replace('Bearer', 'Basic'),
      `${key}x`,
      key.slice(0, -1),
      `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
      key.replace(/ksk_./, (text) => (text === 'ksk_0' ? 'ksk_1' : 'ksk_0')),
      `${key}, ${key}`,
    ];
    for (const operation of OPERATIONS.filter(({ scope }) => scope !== null))
      for (const shown of others) {
        const response = await ask(app, operation, shown);
        expect([response.status, problemIn(response)], `${operation.path} ${String(shown)}`).toEqual([
          401,
          'unauthenticated',
        ]);
        expect(response.headers['www-authenticate']).toMatch(/^Bearer realm=/);
      }
  });

  it.each(SCOPES)('is with the scope %s what asks for it, and nothing else', async (scope: Scope) => {
    const app = await aTestApp();
    const key = await keyFor(app, { scopes: [scope] });
    for (const operation of OPERATIONS) {
      const response = await ask(app, operation, key);
      const isRefused = operation.scope !== null && operation.scope !== scope;
      expect(response.status === 403, operation.path).toBe(isRefused);
      expect(response.status, operation.path).not.toBe(401);
      if (isRefused) expect(response.headers['www-authenticate']).toContain(`scope="${operation.scope}"`);
    }
  });

  it('is not told by HEAD either', async () => {
    const app = await aTestApp();
    await keyFor(app);
    for (const { path } of OPERATIONS.filter(({ method, scope }) => method === 'GET' && scope !== null))
      expect((await request(app.url).head(path)).status, path).toBe(401);
  });

  it('is refused before anything of the request is read or stored', async () => {
    const app = await aTestApp();
    await keyFor(app);
    const before = rowsIn(app.connection, 'log');
    const response = await request(app.url).post('/screen').type('application/json').send('{ no json');
    expect(response.status).toBe(401);
    expect(rowsIn(app.connection, 'log')).toBe(before);
  });
});

describe('a key', () => {
  const live = { method: 'GET', path: '/rules' } as const;

  it('counts no more once it is taken back, and the others do', async () => {
    const app = await aTestApp();
    const [first, second] = [await keyFor(app), await keyFor(app)];
    await takeBack(app, first);
    expect([(await ask(app, live, first)).status, (await ask(app, live, second)).status]).toEqual([401, 200]);
  });

  it('that is taken back later counts until then', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    await takeBack(app, key, 1);
    expect((await ask(app, live, key)).status).toBe(200);
  });

  it('counts until its last day, and not a millisecond longer', async () => {
    const app = await aTestApp();
    const day = 86_400_000;
    const madeAt = (before: number): string => new Date(Date.parse(NOW) - before).toISOString();
    const ended = await keyFor(app, { days: 3, now: madeAt(3 * day) });
    const counts = await keyFor(app, { days: 3, now: madeAt(3 * day - 1) });
    expect([(await ask(app, live, ended)).status, (await ask(app, live, counts)).status]).toEqual([401, 200]);
  });

  it('taken back as the last one lets nobody in again', async () => {
    const app = await aTestApp();
    await takeBack(app, await keyFor(app));
    expect((await ask(app, live)).status).toBe(401);
  });

  it.each([
    ['gone', 'DELETE FROM payload_key WHERE position = ?'],
    ['gone, all of it', 'DELETE FROM payload WHERE position = ?'],
  ])(
    'does not count, and the service does not open, where what the log tells of one that was taken back is %s',
    async (_what, sql) => {
      const app = await aTestApp();
      const key = await keyFor(app);
      await takeBack(app, key);
      const last = Number(app.connection.prepare('SELECT max(position) FROM log').pluck().get());
      for (const position of [last, last - 1]) app.connection.prepare(sql).run(position);
      const again = await keybooksIn({ log: logOn(app.connection) });
      expect([hasKeys(again.known()), again.known().keys]).toEqual([true, []]);
    },
  );

  it('made before an event that cannot be read counts no more, and one that is made after it does', async () => {
    const app = await aTestApp();
    const before = await keyFor(app);
    const lost = await keyFor(app);
    app.connection.prepare('DELETE FROM payload_key WHERE position = (SELECT max(position) FROM log)').run();
    const after = await keyFor(app);
    const { keys } = (await keybooksIn({ log: logOn(app.connection) })).known();
    const ids = keys.map(({ id }) => id);
    const idOf = (header: string): string => header.slice('Bearer ksk_'.length, 'Bearer ksk_'.length + 16);
    expect([before, lost, after].map((header) => ids.includes(idOf(header)))).toEqual([false, false, true]);
  });

  it('counts no more where an event after it is damaged while the service runs', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    app.connection.exec('DROP TRIGGER payload_key_never_updated');
    const damage = app.connection.prepare(
      `UPDATE payload_key SET sealed = x'00' WHERE position = (SELECT max(position) FROM log)`,
    );
    await logOn(app.connection).append([{ ...madeEntry(900), kind: 'key' }]);
    damage.run();
    await app.refreshKeys();
    expect([(await ask(app, live, key)).status, (await ask(app, live)).status]).toEqual([401, 401]);
  });

  it('stands nowhere in the database, in no answer and in no line of the log of the service', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    const secret = key.slice(-43);
    await ask(app, live, key);
    await ask(app, live, `${key}x`);
    const rows = ['log', 'payload', 'payload_key', 'lookup', 'idempotency'].map((table) =>
      JSON.stringify(app.connection.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect([...rows, ...app.lines].join('\n')).not.toContain(secret);
  });
});

describe('another organisation', () => {
  const screened = async (app: TestApp, key: string): Promise<string> => {
    const intake = { ...intakeOf('bladder-review'), retrospective: true, subject: 'pt-1' };
    const sent = request(app.url).post('/screen').set('authorization', key);
    return answerOf(await sent.set('idempotency-key', 'one').send(intake)).id;
  };

  /** A CDS service has an id too, but it is no one's. */
  const isOfDecision = ({ path }: { readonly path: string }): boolean =>
    path.includes(ID) && !path.startsWith('/cds-services');

  const withoutInstance = (response: Response): unknown => ({
    ...bodyOf(response),
    instance: null,
    status: response.status,
  });

  it('sees nothing of it: an id of the other and one that never was are told alike, to the byte', async () => {
    const app = await aTestApp();
    const [north, south] = [
      await keyFor(app, { organisation: 'north' }),
      await keyFor(app, { organisation: 'south' }),
    ];
    const id = await screened(app, north);
    for (const operation of OPERATIONS.filter(isOfDecision)) {
      const theirs = await ask(app, { ...operation, path: operation.path.replace(ID, id) }, south);
      const none = await ask(app, operation, south);
      expect(theirs.status, operation.path).toBe(404);
      expect(withoutInstance(theirs)).toEqual(withoutInstance(none));
      expect(theirs.headers['content-length']).toBe(none.headers['content-length']);
      expect((await ask(app, { ...operation, path: operation.path.replace(ID, id) }, north)).status).not.toBe(
        404,
      );
    }
  });

  it('finds nothing of it in lists, searches and exports, and does not meet its idempotency keys', async () => {
    const app = await aTestApp();
    const [north, south] = [
      await keyFor(app, { organisation: 'north' }),
      await keyFor(app, { organisation: 'south' }),
    ];
    const id = await screened(app, north);
    const own = await screened(app, south);
    expect(own).not.toBe(id);
    const asked = (path: string): request.Test => request(app.url).get(path).set('authorization', south);
    const search = request(app.url).post('/decisions/search').set('authorization', south);
    const texts = [
      (await asked('/decisions')).text,
      (await asked('/decisions?organisation=north')).text,
      (await search.send({ subject: 'pt-1' })).text,
      (await asked('/audit/export').buffer(true)).text,
    ];
    expect(texts.join('\n')).not.toContain(id);
    expect([texts[0], texts[2], texts[3]].map((text) => text?.includes(own))).toEqual([true, true, true]);
    expect(bodyOf(await asked('/decisions?organisation=north'))).toEqual({ items: [] });
  });
});
