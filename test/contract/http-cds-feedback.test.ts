import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { eraseSubject } from '../../src/services/erase.js';
import type { JsonObject } from '../../src/values/json.js';
import { aCall, PATIENT } from '../support/hook-call.js';
import { bodyOf, faultsIn } from '../support/http.js';
import { keyFor, keyPorts } from '../support/keys.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';
import { routeRules } from '../support/hook-rules.js';

const SERVICE = '/cds-services/ketamine-order-sign';

const shown = async ({ url }: TestApp, key = ''): Promise<string> => {
  const response = await request(url).post(SERVICE).set('authorization', key).send(aCall('order-sign'));
  const { cards } = JSON.parse(response.text) as { readonly cards: readonly { readonly uuid: string }[] };
  return cards[0]?.uuid ?? '';
};

const item = (card: string, more: JsonObject = {}): JsonObject => ({
  card,
  outcome: 'overridden',
  outcomeTimestamp: '2026-11-22T09:31:00.123Z',
  ...more,
});

const send = ({ url }: TestApp, feedback: readonly JsonObject[], key = ''): request.Test =>
  request(url).post(`${SERVICE}/feedback`).set('authorization', key).send({ feedback });

const matchedIn = (response: Response): readonly unknown[] =>
  (bodyOf(response).items as readonly JsonObject[]).map(({ matched }) => matched);

const REASON = { system: 'urn:ketamine-screening:override-reason', code: 'verified-not-present' };

const UNKNOWN = '4c5b8a40-7d2f-4e7e-9a39-0d7b1d2f3c11';

const report = async ({ url }: TestApp, query = '', key = ''): Promise<JsonObject> =>
  bodyOf(await request(url).get(`/audit/feedback${query}`).set('authorization', key));

describe('feedback on cards (2.4)', () => {
  it('is kept in the log, and matched with the decision of the card', async () => {
    const app = await aTestApp();
    const card = await shown(app);
    const response = await send(app, [
      item(card, { overrideReason: { reason: REASON, userComment: 'No.' } }),
    ]);
    expect([response.status, matchedIn(response)]).toEqual([200, [true]]);
    const exported = await request(app.url).get('/audit/export');
    expect(exported.text).toContain('"kind":"feedback"');
  });

  it('may be of many cards, of one card many times, and of cards that nobody knows: all are kept', async () => {
    const app = await aTestApp();
    const [one, two] = [await shown(app), await shown(app)];
    const before = storedIn(app.connection);
    const response = await send(app, [item(one), item(UNKNOWN), item(one), item(two.toUpperCase())]);
    expect([response.status, matchedIn(response)]).toEqual([200, [true, false, true, true]]);
    expect(storedIn(app.connection)).toBe(before + 4);
  });

  it.each([
    ['overridden without a reason', {}],
    ['a reason without a display', { overrideReason: { reason: REASON } }],
    ['words alone', { overrideReason: { userComment: 'Checked.' } }],
    ['fields that nobody knows', { extension: { a: 1 }, overrideReason: { reason: { ...REASON, x: 1 } } }],
    ['accepted with a suggestion', { outcome: 'accepted', acceptedSuggestions: [{ id: 's-1' }] }],
  ])('is taken: %s', async (_what, more) => {
    const app = await aTestApp();
    expect((await send(app, [item(UNKNOWN, more)])).status).toBe(200);
  });

  it.each([
    ['accepted without suggestions', { outcome: 'accepted' }, 'wrong-type /feedback/0/acceptedSuggestions'],
    ['no reason and no words', { overrideReason: {} }, 'wrong-type /feedback/0/overrideReason'],
    ['no such outcome', { outcome: 'ignored' }, 'wrong-type /feedback/0/outcome'],
    ['no time', { outcomeTimestamp: 'today' }, 'wrong-type /feedback/0/outcomeTimestamp'],
    ['no card', { card: '' }, 'wrong-type /feedback/0/card'],
  ])('is refused whole: %s', async (_what, more, fault) => {
    const app = await aTestApp();
    const before = storedIn(app.connection);
    const response = await send(app, [item(UNKNOWN, more), item(UNKNOWN)]);
    expect([response.status, faultsIn(response)]).toEqual([422, [fault]]);
    expect(storedIn(app.connection)).toBe(before);
  });

  it.each([{}, { feedback: [] }, { feedback: {} }, []])('is refused where it is none: %j', async (body) => {
    const app = await aTestApp();
    expect((await request(app.url).post(`${SERVICE}/feedback`).send(body)).status).toBe(422);
  });

  it('is kept once for an idempotency key, and answered as it was; another body is refused', async () => {
    const app = await aTestApp();
    const card = await shown(app);
    const before = storedIn(app.connection);
    const once = (...items: readonly JsonObject[]) => send(app, items).set('idempotency-key', 'again');
    const [first, second] = [await once(item(card), item(UNKNOWN)), await once(item(card), item(UNKNOWN))];
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect((await once(item(card))).status).toBe(422);
    expect(storedIn(app.connection)).toBe(before + 2);
    expect((await report(app)).unmatched).toBe(1);
  });

  it('on the card of another organisation is not matched', async () => {
    const app = await aTestApp();
    const [mine, theirs] = [await keyFor(app), await keyFor(app, { organisation: 'other' })];
    const card = await shown(app, mine);
    expect(matchedIn(await send(app, [item(card)], theirs))).toEqual([false]);
    expect(matchedIn(await send(app, [item(card)], mine))).toEqual([true]);
  });

  it('is no resolution of the decision', async () => {
    const app = await aTestApp();
    await send(app, [item(await shown(app))]);
    const { items } = bodyOf(await request(app.url).get('/decisions'));
    expect(items).toMatchObject([{ resolutions: [] }]);
    const [{ id = '' } = {}] = items as readonly { id?: string }[];
    expect(bodyOf(await request(app.url).get(`/decisions/${id}`)).resolutions).toEqual([]);
  });

  it('is erased with the patient whom it is about', async () => {
    const app = await aTestApp();
    const card = await shown(app);
    await send(app, [item(card, { overrideReason: { userComment: 'A word of a patient' } })]);
    const asked = {
      organisation: 'local',
      subject: `Patient/${PATIENT}`,
      by: 'a test',
      role: 'tester',
      reason: 'asked',
    };
    expect(await eraseSubject(asked, keyPorts(app, NOW))).toMatchObject({
      kind: 'erased',
      positions: { length: 2 },
    });
    expect((await request(app.url).get('/audit/export')).text).not.toContain('A word of a patient');
    expect(matchedIn(await send(app, [item(card)]))).toEqual([false]);
    expect(await report(app)).toEqual({ items: [], unmatched: 1 });
  });
});

describe('the report on feedback (2.4)', () => {
  it('counts by rule, version and reason', async () => {
    const app = await aTestApp({ rules: routeRules() });
    const cards = [await shown(app), await shown(app), await shown(app)];
    const [one = '', two = ''] = cards;
    const other = { system: 'http://example.org', code: 'other', display: 'Other' };
    await send(app, [
      item(one, { overrideReason: { reason: REASON, userComment: 'Checked.' } }),
      item(one, { overrideReason: { reason: REASON } }),
      item(two, { overrideReason: { reason: other } }),
      item(two, { outcome: 'accepted', acceptedSuggestions: [{ id: 's' }] }),
      item(UNKNOWN),
    ]);
    expect(await report(app)).toEqual({
      items: [
        {
          ruleSet: { id: 'ketamine-pain', version: '1.0.0' },
          rule: 'by-vein',
          shown: 3,
          accepted: 1,
          overridden: 3,
          commented: 1,
          reasons: [
            { ...REASON, display: null, count: 2 },
            { ...other, count: 1 },
          ],
        },
      ],
      unmatched: 1,
    });
  });

  it('counts cards that give no reason under no rule', async () => {
    const app = await aTestApp();
    await send(app, [item(await shown(app))]);
    expect(await report(app)).toMatchObject({
      items: [{ rule: null, shown: 1, overridden: 1 }],
      unmatched: 0,
    });
  });

  it('is of a span of time, and of one organisation', async () => {
    const app = await aTestApp();
    const [mine, theirs] = [await keyFor(app), await keyFor(app, { organisation: 'other' })];
    await send(app, [item(await shown(app, mine))], mine);
    const nothing = { items: [], unmatched: 0 };
    expect(await report(app, '', theirs)).toEqual(nothing);
    expect(await report(app, `?from=${NOW}`, mine)).not.toEqual(nothing);
    expect(await report(app, `?to=${NOW}`, mine)).toEqual(nothing);
  });

  it.each(['?from=today', '?card=1', '?from='])(
    'refuses a query that it does not know: %s',
    async (query) => {
      const app = await aTestApp();
      expect((await request(app.url).get(`/audit/feedback${query}`)).status).toBe(422);
    },
  );

  it('is told to those who may read the audit alone', async () => {
    const app = await aTestApp();
    const key = await keyFor(app, { scopes: ['decisions:read'] });
    expect((await request(app.url).get('/audit/feedback').set('authorization', key)).status).toBe(403);
  });
});
