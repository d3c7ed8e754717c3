import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { expect, onTestFinished, vi } from 'vitest';
import {
  aKeyServer,
  aSite,
  BASE,
  callBy,
  clientClaims,
  clientJwt,
  NOW_SECONDS as now,
  SIGN_PATH,
  whysIn,
} from '../support/cds-site.js';
import { aCall } from '../support/hook-call.js';
import { aTestApp } from '../support/test-app.js';
import { keyPair, type Claims } from '../support/token-server.js';
import type { Topic } from './row.js';

const DEPTH = 'test/contract/http-cds-clients.test.ts';

const [CERT, KEY] = ['test/fixtures/tls/cert.pem', 'test/fixtures/tls/key.pem'];

const statusOverTls = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(new URL('/cds-services', url), { ca: readFileSync(CERT), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).once('error', reject);
  });

type Header = Readonly<Record<string, unknown>>;

/** A good token is let in, and one with each of these changes refused for this reason. */
const refuses = async (why: string, ...changes: readonly (readonly [Claims, Header?])[]): Promise<void> => {
  const site = await aSite();
  expect((await callBy(site, await clientJwt(site.ec))).status).toBe(200);
  for (const [claims, header = {}] of changes)
    expect((await callBy(site, await clientJwt(site.ec, claims, header))).status).toBe(401);
  expect(whysIn(site)).toEqual(changes.map(() => why));
};

/** Whether a token by another algorithm is let in where the client is allowed these. */
const statusOf = async (alg: 'RS256' | 'ES256' | 'PS384', algorithms: readonly string[]): Promise<number> => {
  const pair = await keyPair(alg, 'other');
  const jwks = { keys: [pair.open as never] };
  return (await callBy(await aSite({ jwks, algorithms: algorithms as never }), await clientJwt(pair))).status;
};

/** Who may call, and how it is known. */
export const SECURITY: Topic = {
  name: 'Security',
  file: 'test/conformance/security.ts',
  rows: [
    {
      ids: '2, 168',
      says: 'What is real goes over HTTPS, which the service speaks itself where it has a certificate.',
      also: 'test/e2e/tls.test.ts',
      shows: async () => {
        const tls = { cert: readFileSync(CERT), key: readFileSync(KEY) };
        const { url } = await aTestApp({ reception: { tls, isProtected: true } });
        expect([url.slice(0, 8), await statusOverTls(url)]).toEqual(['https://', 200]);
      },
    },
    {
      ids: '175, 179',
      says: 'Both ends may show a certificate (mutual TLS), beside tokens or in place of them.',
      notMet:
        'A client is known by its token or key. Whatever ends TLS in front of the service can ask for certificates.',
    },
    {
      ids: '176, 178',
      says: 'A client is known by a signed JWT that comes as a Bearer token with each call.',
      also: DEPTH,
      shows: async () => {
        const site = await aSite();
        expect((await callBy(site, await clientJwt(site.ec))).status).toBe(200);
        expect((await callBy(site, 'a.b.c')).status).toBe(401);
        const another = await keyPair('ES384', 'ec');
        expect((await callBy(site, await clientJwt(another))).status).toBe(401);
      },
    },
    {
      ids: '177',
      says: 'A call that could show data of patients needs authentication, once any key or client was configured.',
      also: 'test/contract/http-cds-access.test.ts',
      shows: async () => {
        const { app } = await aSite();
        for (const path of [SIGN_PATH, `${SIGN_PATH}/feedback`]) {
          const { status, headers } = await request(app.url).post(path).send(aCall('order-sign'));
          expect([status, headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Bearer /)]);
        }
      },
    },
    {
      ids: '181-184',
      says: 'The header of a JWT names the algorithm, the key by an id of its own, and the type `JWT`.',
      shows: async () => {
        await refuses('type', [{}, { typ: 'at+jwt' }], [{}, { typ: undefined }]);
        await refuses('signing-key', [{}, { kid: 'other' }]);
      },
    },
    {
      ids: '187, 189-192, 196',
      says: 'A JWT says who made it, for which address, when, until when, and an id of its own.',
      also: DEPTH,
      shows: async () => {
        await refuses('claims', [{ exp: undefined }], [{ jti: undefined }], [{ jti: '' }]);
        await refuses('not-yet', [{ iat: undefined }]);
        await refuses('audience', [{ aud: undefined }], [{ aud: `${BASE}/cds-services` }], [{ aud: BASE }]);
        await refuses('unknown-issuer', [{ iss: 'https://other.example' }]);
        const site = await aSite();
        const several = await clientJwt(site.ec, { aud: ['https://other.example', `${BASE}${SIGN_PATH}`] });
        expect((await callBy(site, several)).status).toBe(200);
      },
    },
    {
      ids: '193, 194',
      says: 'A JWT may name a tenant, which may have to be one of those that are configured.',
      shows: async () => {
        const [any, one] = [await aSite(), await aSite({ tenants: ['north'] })];
        const of = async (site: typeof any, tenant: unknown): Promise<number> =>
          (await callBy(site, await clientJwt(site.ec, { tenant }))).status;
        expect([await of(any, undefined), await of(any, 'x')]).toEqual([200, 200]);
        expect([await of(one, 'north'), await of(one, 'x'), await of(one, undefined)]).toEqual([
          200, 401, 401,
        ]);
      },
    },
    {
      ids: '185, 186, 195',
      says: 'A JWT may say where its key is (`jku`); issuers and such addresses are on a list, and no other is asked.',
      also: DEPTH,
      shows: async () => {
        const pair = await keyPair('ES384', 'fetched');
        const { url, paths } = await aKeyServer(pair);
        const site = await aSite({ jwks: null, jwksUris: [`${url}/jwks/listed`] });
        const by = async (jku: string): Promise<number> =>
          (await callBy(site, await clientJwt(pair, {}, { jku }))).status;
        expect([await by(`${url}/jwks/listed`), await by(`${url}/jwks/other`)]).toEqual([200, 401]);
        expect(paths).toEqual(['/jwks/listed']);
        await refuses('unknown-issuer', [{ iss: 'https://other.example' }]);
      },
    },
    {
      ids: '199',
      says: 'Where a JWT says no `jku` its keys were agreed beforehand.',
      shows: async () => {
        const site = await aSite();
        expect((await callBy(site, await clientJwt(site.rsa))).status).toBe(200);
        expect((await callBy(site, await clientJwt(site.rsa, {}, { jku: `${BASE}/jwks` }))).status).toBe(401);
      },
    },
    {
      ids: '201-203',
      says: 'A JWT without a signature, or signed by a shared secret, is never taken.',
      also: DEPTH,
      shows: async () => {
        const site = await aSite();
        const shared = (alg: string): Promise<string> =>
          new SignJWT(clientClaims())
            .setProtectedHeader({ alg, kid: 'ec', typ: 'JWT' })
            .sign(new TextEncoder().encode(JSON.stringify(site.ec.open)));
        const none = new UnsecuredJWT(clientClaims()).encode();
        for (const token of [none, await shared('HS256'), await shared('HS384'), await shared('HS512')])
          expect((await callBy(site, token)).status).toBe(401);
      },
    },
    {
      ids: '200, 205',
      says: 'Algorithms are those of JSON Web Algorithms; ES384 and RS384 are taken as it comes.',
      shows: async () => {
        const site = await aSite();
        for (const pair of [site.ec, site.rsa])
          expect((await callBy(site, await clientJwt(pair))).status).toBe(200);
      },
    },
    {
      ids: '206, 207',
      says: 'Which algorithms are trusted is weighed again as they age: others are taken by naming them, for each client.',
      shows: async () => {
        for (const alg of ['RS256', 'ES256', 'PS384'] as const)
          expect([await statusOf(alg, ['ES384', 'RS384']), await statusOf(alg, [alg])]).toEqual([401, 200]);
      },
    },
    {
      source: 'practice',
      says: 'A JWT that is over, of the future or of too long a life is refused.',
      shows: async () => {
        await refuses('expired', [{ iat: now - 400, exp: now - 61 }]);
        await refuses('not-yet', [{ iat: now + 61, exp: now + 300 }]);
        await refuses('lifetime', [{ exp: now + 3_600 }]);
      },
    },
    {
      source: 'practice',
      says: 'A JWT counts once: shown again it is refused.',
      shows: async () => {
        const site = await aSite();
        const token = await clientJwt(site.ec);
        expect([(await callBy(site, token)).status, (await callBy(site, token)).status]).toEqual([200, 401]);
        expect(whysIn(site)).toEqual(['replayed']);
      },
    },
    {
      source: 'practice',
      says: 'A JWT counts once in all processes together, and after a start.',
      notMet: 'Each process remembers for itself, and forgets when it stops.',
    },
    {
      source: 'practice',
      says: 'A JWT for another service, or for the address that the client saw inside, is refused: what counts is the configured one.',
      shows: () =>
        refuses(
          'audience',
          [{ aud: `${BASE}/cds-services/ketamine-order-select` }],
          [{ aud: `http://127.0.0.1${SIGN_PATH}` }],
        ),
    },
    {
      source: 'practice',
      says: 'A key that nobody knows makes the keys be fetched once more, and then the token is refused.',
      shows: async () => {
        const { url, paths } = await aKeyServer(await keyPair('ES384', 'fetched'));
        const site = await aSite({ jwks: null, jwksUris: [`${url}/jwks`] });
        const stranger = await keyPair('ES384', 'stranger');
        const ask = async (): Promise<number> => (await callBy(site, await clientJwt(stranger))).status;
        expect([await ask(), await ask(), paths.length]).toEqual([401, 401, 1]);
        onTestFinished(() => {
          vi.useRealTimers();
        });
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
        expect([await ask(), await ask(), paths.length]).toEqual([401, 401, 2]);
      },
    },
    {
      source: 'practice',
      says: 'A refusal does not say what was wrong with the token.',
      also: DEPTH,
      shows: async () => {
        const site = await aSite();
        const tokens = [
          await clientJwt(site.ec, { aud: 'x' }),
          await clientJwt(site.ec, { exp: now - 100 }),
          'a.b.c',
        ];
        const bodies: string[] = [];
        for (const token of tokens)
          bodies.push((await callBy(site, token)).text.replace(/"instance":"[^"]+"/, ''));
        expect([bodies.length, new Set(bodies).size]).toEqual([3, 1]);
      },
    },
    {
      source: 'practice',
      says: 'For each client are configured: other audiences, the longest life of a token, and how far its clock may be off.',
      shows: async () => {
        const site = await aSite({
          audiences: ['https://in.example'],
          maxLifetimeSeconds: 600,
          clockSkewSeconds: 5,
        });
        const of = async (claims: Claims): Promise<number> =>
          (await callBy(site, await clientJwt(site.ec, claims))).status;
        expect([await of({ aud: 'https://in.example' }), await of({ exp: now + 800 })]).toEqual([200, 401]);
        expect([await of({ exp: now - 4 }), await of({ exp: now - 6 })]).toEqual([200, 401]);
      },
    },
  ],
};
