import { SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import {
  aKeyServer,
  aSite,
  BASE,
  callBy as call,
  clientClaims as goodClaims,
  clientJwt as signed,
  NOW_SECONDS as now,
  SIGN_PATH as PATH,
  whysIn,
} from '../support/cds-site.js';
import { aCall } from '../support/hook-call.js';
import { keyFor } from '../support/keys.js';
import { keyPair, type Claims } from '../support/token-server.js';

describe('the JWT of a client of CDS services (2.5)', () => {
  it('lets it in by ES384 and by RS384, and the log names it', async () => {
    const site = await aSite();
    const statuses = [await call(site, await signed(site.ec)), await call(site, await signed(site.rsa))];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
    const key = await keyFor(site.app, { organisation: 'clinic-a', scopes: ['audit:read'] });
    const exported = await request(site.app.url).get('/audit/export').set('authorization', key);
    expect(exported.text).toContain('"client":"ehr:cds"');
  });

  it('makes the service closed to everyone else, but for discovery', async () => {
    const { app } = await aSite();
    expect((await request(app.url).post(PATH).send(aCall('order-sign'))).status).toBe(401);
    expect((await request(app.url).get('/rules')).status).toBe(401);
    expect((await request(app.url).get('/cds-services')).status).toBe(200);
  });

  it('is good for feedback too, by its own address', async () => {
    const site = await aSite();
    const path = `${PATH}/feedback`;
    expect((await call(site, await signed(site.ec, { aud: `${BASE}${path}` }), path)).status).toBe(422);
    expect((await call(site, await signed(site.ec), path)).status).toBe(401);
  });

  it('is good for CDS services and for nothing else', async () => {
    const site = await aSite();
    expect((await call(site, await signed(site.ec, { aud: `${BASE}/screen` }), '/screen')).status).toBe(401);
  });

  it('counts once: shown again it is refused, and another one is not', async () => {
    const site = await aSite();
    const token = await signed(site.ec);
    const twice = [await call(site, token), await call(site, token), await call(site, await signed(site.ec))];
    expect(twice.map(({ status }) => status)).toEqual([200, 401, 200]);
    expect(whysIn(site)).toEqual(['replayed']);
  });

  it('may be for one of several audiences, and for another name that is configured', async () => {
    const site = await aSite({ audiences: ['https://inside.example/hooks'] });
    const several = await signed(site.ec, { aud: ['https://other.example', `${BASE}${PATH}`] });
    const inside = await signed(site.ec, { aud: 'https://inside.example/hooks' });
    expect([(await call(site, several)).status, (await call(site, inside)).status]).toEqual([200, 200]);
  });

  const REFUSED: readonly (readonly [string, Claims, Readonly<Record<string, unknown>>, string])[] = [
    ['of another service', { aud: `${BASE}/cds-services/ketamine-order-select` }, {}, 'audience'],
    ['of the address that the client saw inside', { aud: `http://127.0.0.1${PATH}` }, {}, 'audience'],
    ['that is over', { iat: now - 400, exp: now - 61 }, {}, 'expired'],
    ['of the future', { iat: now + 61, exp: now + 300 }, {}, 'not-yet'],
    ['that lives too long', { exp: now + 3_600 }, {}, 'lifetime'],
    ['without an id', { jti: undefined }, {}, 'claims'],
    ['with an empty id', { jti: '' }, {}, 'claims'],
    ['without an end', { exp: undefined }, {}, 'claims'],
    ['without an audience', { aud: undefined }, {}, 'audience'],
    ['of an issuer that nobody knows', { iss: 'https://other.example' }, {}, 'unknown-issuer'],
    ['of another type', {}, { typ: 'at+jwt' }, 'type'],
    ['under a key that nobody knows', {}, { kid: 'other' }, 'signing-key'],
    [
      'with an address of keys that is not configured',
      {},
      { jku: 'https://evil.example/jwks' },
      'signing-key',
    ],
  ];

  it.each(REFUSED)('%s is refused', async (_what, claims, header, why) => {
    const site = await aSite();
    const response = await call(site, await signed(site.ec, claims, header));
    expect([response.status, whysIn(site)]).toEqual([401, [why]]);
  });

  it('is refused without a detail, whatever is wrong with it', async () => {
    const site = await aSite();
    const tokens = [await signed(site.ec, { aud: 'x' }), await signed(site.ec, { exp: now - 100 }), 'a.b.c'];
    const bodies = [];
    for (const token of tokens) bodies.push((await call(site, token)).text.replace(/"instance":"[^"]+"/, ''));
    expect(new Set(bodies).size).toBe(1);
  });

  it('without a signature, by a shared secret, or by another algorithm is refused', async () => {
    const site = await aSite();
    const other = await keyPair('RS256', 'rsa');
    const none = new UnsecuredJWT(goodClaims()).encode();
    const secret = new TextEncoder().encode(JSON.stringify(site.ec.open));
    const shared = await new SignJWT(goodClaims())
      .setProtectedHeader({ alg: 'HS384', kid: 'ec', typ: 'JWT' })
      .sign(secret);
    for (const token of [none, shared, await signed(other), await signed(await keyPair('ES384', 'ec'))])
      expect((await call(site, token)).status).toBe(401);
    expect(whysIn(site).length).toBe(4);
  });

  it('is of a tenant that is configured, where any is', async () => {
    const site = await aSite({ tenants: ['north'] });
    const statuses = [];
    for (const tenant of ['north', 'south', undefined, ['north']])
      statuses.push((await call(site, await signed(site.ec, { tenant }))).status);
    expect(statuses).toEqual([200, 401, 401, 401]);
  });

  it('is written nowhere', async () => {
    const site = await aSite();
    const token = await signed(site.ec);
    const answers = [await call(site, token), await call(site, token)];
    const told = [...site.app.lines, ...answers.map(({ text }) => text)].join('');
    for (const part of token.split('.')) expect(told).not.toContain(part);
  });
});

describe('keys of a client that are fetched (2.5)', () => {
  it('come from an address that is configured, which a token may name, and from no other', async () => {
    const pair = await keyPair('ES384', 'fetched');
    const { url, paths } = await aKeyServer(pair);
    const site = await aSite({ jwks: null, jwksUris: [`${url}/jwks`, `${url}/jwks/second`] });
    const named = (jku?: string) => signed(pair, {}, jku === undefined ? {} : { jku });
    expect((await call(site, await named())).status).toBe(200);
    expect((await call(site, await named(`${url}/jwks/second`))).status).toBe(200);
    expect((await call(site, await named(`${url}/jwks/third`))).status).toBe(401);
    expect(paths).toEqual(['/jwks', '/jwks/second']);
  });
});
