import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { breakGlass, type BreakGlassAsked } from '../../src/services/break-glass.js';
import { answerOf } from '../support/http.js';
import { keyFor, keyPorts, newKeyText } from '../support/keys.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import { aTokenServer } from '../support/token-server.js';

type Asked = Partial<Omit<BreakGlassAsked, 'id' | 'hash'>>;

const REASON = 'the identity provider is down';

const broken = async (app: TestApp, asked: Asked, now: string) => {
  const { id, text, hash } = newKeyText();
  const key = await breakGlass(
    {
      organisation: 'clinic-a',
      client: 'dr-x',
      hours: 4,
      by: 'A. Clerk',
      reason: REASON,
      ...asked,
      id,
      hash,
    },
    keyPorts(app, now),
  );
  await app.refreshKeys();
  return { key, header: `Bearer ${text}` };
};

const NOW = '2026-11-22T09:30:00Z';

const screened = async (app: TestApp): Promise<string> => {
  const key = await keyFor(app, { organisation: 'clinic-a', scopes: ['screen'] });
  const sent = request(app.url).post('/screen').set('authorization', key);
  return answerOf(await sent.send({ facts: {} })).id;
};

describe('a broken glass', () => {
  it('lets decisions be read while the identity provider is down, and the log tells that it did', async () => {
    const server = await aTokenServer();
    const app = await aTestApp({ now: NOW, reception: { issuers: [server.issuer] } });
    const id = await screened(app);
    await server.stop();
    const { header } = await broken(app, {}, NOW);
    expect((await request(app.url).get(`/decisions/${id}`).set('authorization', header)).status).toBe(200);
    const auditor = await keyFor(app, { organisation: 'clinic-a', scopes: ['audit:read'] });
    const log = (await request(app.url).get('/audit/export').set('authorization', auditor)).text;
    expect(log).toContain('"via":"break-glass"');
    expect(log).toContain(REASON);
    expect(app.lines.filter((line) => line.includes('a key for an emergency is used'))).toHaveLength(1);
  });

  it('lets nothing else be done, and nothing of others be read', async () => {
    const app = await aTestApp({ now: NOW });
    const id = await screened(app);
    const { header } = await broken(app, {}, NOW);
    const other = await broken(app, { organisation: 'clinic-b' }, NOW);
    const asked = [
      await request(app.url).post('/screen').set('authorization', header).send({ facts: {} }),
      await request(app.url).post(`/decisions/${id}/resolution`).set('authorization', header).send({}),
      await request(app.url).get('/audit/export').set('authorization', header),
      await request(app.url).get(`/decisions/${id}`).set('authorization', other.header),
    ];
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 404]);
  });

  it('is whole again after some hours', async () => {
    const app = await aTestApp({ now: NOW });
    const id = await screened(app);
    const { header } = await broken(app, { hours: 4 }, '2026-11-22T05:30:00Z');
    const { header: later } = await broken(app, { hours: 4 }, '2026-11-22T05:30:01Z');
    const read = async (key: string): Promise<number> =>
      (await request(app.url).get(`/decisions/${id}`).set('authorization', key)).status;
    expect([await read(header), await read(later)]).toEqual([401, 200]);
  });

  it.each<readonly [string, Asked]>([
    ['bad-reason', { reason: ' ' }],
    ['bad-reason', { reason: 'one\ntwo' }],
    ['bad-hours', { hours: 25 }],
    ['bad-hours', { hours: 0 }],
    ['bad-hours', { hours: Number.NaN }],
    ['bad-client', { client: '' }],
    ['bad-name', { by: ' ' }],
    ['bad-organisation', { organisation: 'service' }],
  ])('is refused with %s: %j', async (code, asked) => {
    const app = await aTestApp({ now: NOW });
    const { key } = await broken(app, asked, NOW);
    expect(key).toMatchObject({ faults: [{ code }] });
  });
});
