import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Issuer } from '../../src/services/issuer.js';
import { forgedTokens, goodClaims, weakKey } from '../support/forged-tokens.js';
import { tellFigures } from '../support/figures.js';
import { rowsIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import { aTokenServer, sign } from '../support/token-server.js';

type Trap = { readonly url: string; readonly connections: () => number };

/** A server that counts who comes to it, and answers with this text. */
const aServer = async (text = '{}'): Promise<Trap> => {
  let connections = 0;
  const server = createServer((_request, response) => response.end(text));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    connections: () => connections,
  };
};

const ask = async ({ url }: TestApp, token: string): Promise<number> =>
  (await request(url).get('/rules').set('authorization', `Bearer ${token}`)).status;

const nowIn = (): { readonly now: number; readonly text: string } => {
  const now = Math.floor(Date.now() / 1_000);
  return { now, text: new Date(now * 1_000).toISOString() };
};

describe('a forged token', () => {
  it('lets nobody in, of whatever kind it is, and makes the service ask nobody for anything', async () => {
    const [server, trap, { now, text }] = [await aTokenServer(), await aServer(), nowIn()];
    const app = await aTestApp({ now: text, reception: { issuers: [server.issuer] } });
    const forged = await forgedTokens({ server, trap: trap.url, now });
    const before = rowsIn(app.connection, 'log');
    const odd: string[] = [];
    for (const { what, token } of forged) {
      const status = await ask(app, token);
      if (status !== 401) odd.push(`${what}: ${String(status)}`);
    }
    expect(odd).toEqual([]);
    expect(trap.connections()).toBe(0);
    expect(server.fetches()).toBe(1);
    expect(rowsIn(app.connection, 'log')).toBe(before);
    const refusals = app.lines.filter((line) => line.includes('a credential was refused'));
    expect(refusals.length).toBe(forged.length);
    expect(forged.length).toBeGreaterThan(400);
    tellFigures({ inputs: forged.length, leaks: trap.connections() });
  });

  it('is told from a good one, by either key of the server, up to half a minute past its ends', async () => {
    const [server, { now, text }] = [await aTokenServer(), nowIn()];
    const app = await aTestApp({ now: text, reception: { issuers: [server.issuer] } });
    const claims = goodClaims({ server, now });
    const good = [
      await sign(claims, server.keys.ec),
      await sign(claims, server.keys.rsa),
      await sign({ ...claims, exp: now - 29 }, server.keys.ec),
      await sign({ ...claims, nbf: now + 29 }, server.keys.ec),
      await sign({ ...claims, aud: ['https://other.example', claims.aud] }, server.keys.ec),
      await sign(claims, server.keys.ec, { typ: 'application/at+JWT' }),
    ];
    for (const token of good) expect(await ask(app, token)).toBe(200);
  });

  it('is also one that is signed rightly, but by an algorithm that is not taken of its issuer', async () => {
    const [server, { now, text }] = [await aTokenServer(), nowIn()];
    const issuers: readonly Issuer[] = [{ ...server.issuer, algorithms: ['RS256'] }];
    const app = await aTestApp({ now: text, reception: { issuers } });
    const claims = goodClaims({ server, now });
    expect(await ask(app, await sign(claims, server.keys.ec))).toBe(401);
    expect(await ask(app, await sign(claims, server.keys.rsa))).toBe(200);
  });

  it('of one issuer that is signed by the key of another lets nobody in', async () => {
    const [first, second, { now, text }] = [await aTokenServer(), await aTokenServer(), nowIn()];
    const issuers: readonly Issuer[] = [first.issuer, { ...second.issuer, name: 'second' }];
    const app = await aTestApp({ now: text, reception: { issuers } });
    const claims = goodClaims({ server: first, now });
    expect(await ask(app, await sign(claims, second.keys.ec))).toBe(401);
    expect(await ask(app, await sign(claims, first.keys.ec))).toBe(200);
  });

  it('by a key that is too short lets nobody in, though the issuer names that key', async () => {
    const [server, { now, text }] = [await aTokenServer(), nowIn()];
    const weak = weakKey(goodClaims({ server, now }));
    const keys = await aServer(JSON.stringify({ keys: [weak.jwk] }));
    const issuers = [{ ...server.issuer, jwksUri: `${keys.url}/jwks` }];
    const app = await aTestApp({ now: text, reception: { issuers } });
    expect(await ask(app, weak.token)).toBe(401);
    expect(keys.connections()).toBe(1);
  });

  it.each([
    ['far too much', `{"keys":[${' '.repeat(70_000)}]}`],
    ['no JSON', 'keys'],
    ['no set of keys', '{"keys":"none"}'],
  ])('cannot be judged where the issuer sends %s as its keys', async (_what, sent) => {
    const [server, { now, text }] = [await aTokenServer(), nowIn()];
    const issuers = [{ ...server.issuer, jwksUri: `${(await aServer(sent)).url}/jwks` }];
    const app = await aTestApp({ now: text, reception: { issuers } });
    expect(await ask(app, await sign(goodClaims({ server, now }), server.keys.ec))).toBe(503);
  });
});
