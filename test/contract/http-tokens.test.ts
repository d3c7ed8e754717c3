import request, { type Response } from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerOf, bodyOf } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import { aTokenServer, type TokenServer } from '../support/token-server.js';

type Setting = { readonly app: TestApp; readonly server: TokenServer };

const aSetting = async (): Promise<Setting> => {
  const server = await aTokenServer();
  const now = new Date().toISOString();
  return { server, app: await aTestApp({ now, reception: { issuers: [server.issuer] } }) };
};

const ask = async ({ url }: TestApp, token: string, path = '/rules'): Promise<Response> =>
  request(url).get(path).set('authorization', `Bearer ${token}`);

const screen = async ({ url }: TestApp, token: string): Promise<Response> =>
  request(url).post('/screen').set('authorization', `Bearer ${token}`).send({ facts: {} });

const whysIn = ({ lines }: TestApp): readonly unknown[] =>
  lines
    .map((line) => JSON.parse(line) as { readonly why?: string })
    .flatMap(({ why }) => (why === undefined ? [] : [why]));

afterEach(() => {
  vi.useRealTimers();
});

describe('an access token of an issuer that is configured', () => {
  it('that a SMART Backend Services client fetched lets it in, and the log names it', async () => {
    const { app, server } = await aSetting();
    const token = await server.tokenFor('screen decisions:read');
    const screened = await screen(app, token);
    expect(screened.status).toBe(200);
    const { id } = answerOf(screened);
    expect((await ask(app, token, `/decisions/${id}`)).status).toBe(200);
    const key = await keyFor(app, { organisation: 'clinic-a', scopes: ['audit:read'] });
    const exported = await request(app.url).get('/audit/export').set('authorization', key);
    expect(exported.text).toContain('"client":"idp:ehr-of-a"');
    expect(exported.text).toContain('"via":"token"');
  });

  it('is good for the scopes that it names, and for no other', async () => {
    const { app, server } = await aSetting();
    const response = await ask(app, await server.tokenFor('screen'));
    expect([response.status, response.headers['www-authenticate']]).toEqual([
      403,
      expect.stringContaining('scope="rules:read"'),
    ]);
  });

  it('is good for what its own scopes stand for here, but for nothing that the issuer cannot grant', async () => {
    const { app, server } = await aSetting();
    const token = await server.tokenFor('system/Patient.rs admin');
    expect((await screen(app, token)).status).toBe(200);
    expect((await ask(app, token, '/metrics')).status).toBe(403);
  });

  it('shows a decision to its own organisation only: to others it is not there, to the byte', async () => {
    const { app, server } = await aSetting();
    const token = await server.tokenFor('decisions:read');
    const other = await keyFor(app, { organisation: 'clinic-b', scopes: ['screen'] });
    const { id } = answerOf(
      await request(app.url).post('/screen').set('authorization', other).send({ facts: {} }),
    );
    const [theirs, nobodys] = await Promise.all([
      ask(app, token, `/decisions/${id}`),
      ask(app, token, '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba'),
    ]);
    const plain = ({ text }: Response): string => text.replace(/"instance":"[^"]+"/, '');
    expect([theirs.status, plain(theirs)]).toEqual([404, plain(nobodys)]);
  });

  it('makes the service closed to everyone else, though no key was ever made', async () => {
    const { app } = await aSetting();
    expect((await request(app.url).get('/rules')).status).toBe(401);
  });

  it('is judged by keys that are fetched once, and once more where it names one that is not among them', async () => {
    const { app, server } = await aSetting();
    const first = await server.tokenFor('rules:read');
    for (let round = 0; round < 5; round += 1) expect((await ask(app, first)).status).toBe(200);
    expect(server.fetches()).toBe(1);
    await server.changeKeys();
    const second = await server.tokenFor('rules:read');
    // Keys that were fetched a moment ago are not fetched again, however many tokens name others.
    expect([(await ask(app, second)).status, server.fetches()]).toEqual([401, 1]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    expect([(await ask(app, second)).status, server.fetches()]).toEqual([200, 2]);
    // The key that the issuer took back counts no more.
    expect([(await ask(app, first)).status, whysIn(app)]).toEqual([401, ['signing-key', 'signing-key']]);
  });

  it('is told that it cannot be judged now where its issuer is down, and keys of the service work', async () => {
    const { app, server } = await aSetting();
    const [token, key] = [await server.tokenFor('rules:read'), await keyFor(app)];
    await server.stop();
    for (let round = 0; round < 3; round += 1) {
      const response = await ask(app, token);
      expect([response.status, bodyOf(response).type]).toEqual([
        503,
        'urn:ketamine-screening:problem:identity-unavailable',
      ]);
      expect(response.headers['retry-after']).toMatch(/^\d+$/);
    }
    expect((await request(app.url).get('/rules').set('authorization', key)).status).toBe(200);
  });

  it('goes on being judged by the keys that are known while its issuer is down', async () => {
    const { app, server } = await aSetting();
    const token = await server.tokenFor('rules:read');
    expect((await ask(app, token)).status).toBe(200);
    await server.stop();
    expect((await ask(app, token)).status).toBe(200);
  });

  it('is written nowhere: not in the log of the service, nor in what is answered', async () => {
    const { app, server } = await aSetting();
    const token = await server.tokenFor('rules:read');
    const bad = `${token.slice(0, -8)}AAAAAAAA`;
    const answers = [await ask(app, token), await ask(app, bad)];
    const told = [
      ...app.lines,
      ...answers.map((answer) => answer.text + JSON.stringify(answer.headers)),
    ].join('');
    for (const part of [token, bad].flatMap((text) => text.split('.'))) expect(told).not.toContain(part);
    expect(whysIn(app)).toEqual(['signature']);
  });
});
