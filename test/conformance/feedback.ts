import request, { type Response } from 'supertest';
import { expect } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { aCall } from '../support/hook-call.js';
import { bodyOf } from '../support/http.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import { call, cardsIn, expectRefused } from './calls.js';
import type { Topic } from './row.js';

const DEPTH = 'test/contract/http-cds-feedback.test.ts';

const PATH = '/cds-services/ketamine-order-sign/feedback';

const UNKNOWN = '4c5b8a40-7d2f-4e7e-9a39-0d7b1d2f3c11';

/** As the sandbox of CDS Hooks sends a reason: without a display. */
const REASON = { system: 'urn:ketamine-screening:override-reason', code: 'verified-not-present' };

const item = (more: JsonObject = {}): JsonObject => ({
  card: UNKNOWN,
  outcome: 'overridden',
  outcomeTimestamp: '2026-11-22T09:31:00.123Z',
  ...more,
});

const send = async ({ url }: TestApp, feedback: readonly JsonObject[]): Promise<Response> =>
  request(url).post(PATH).send({ feedback });

const shown = async (app: TestApp): Promise<string> =>
  cardsIn(await call(app, aCall('order-sign')))[0]?.uuid ?? '';

const matchedIn = (response: Response): readonly unknown[] =>
  (bodyOf(response).items as readonly JsonObject[]).map(({ matched }) => matched);

/** Each of these is taken. */
const takes = async (...all: readonly JsonObject[]): Promise<void> => {
  const app = await aTestApp();
  for (const more of all) expect((await send(app, [item(more)])).status, JSON.stringify(more)).toBe(200);
};

/** Each of these is refused with a fault at this member, and nothing is stored. */
const refuses = async (member: string, ...all: readonly JsonObject[]): Promise<void> => {
  const app = await aTestApp();
  const before = storedIn(app.connection);
  for (const more of all) {
    const response = await send(app, [item(more)]);
    expect([response.status, response.text], JSON.stringify(more)).toEqual([
      422,
      expect.stringContaining(`"/feedback/0/${member}`),
    ]);
  }
  expect(storedIn(app.connection)).toBe(before);
};

/** What became of a card. */
export const FEEDBACK: Topic = {
  name: 'Feedback',
  file: 'test/conformance/feedback.ts',
  rows: [
    {
      ids: '148, 151-154',
      says: 'A service may take feedback: at its own address and `/feedback`, by POST, as an object with a list.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        expect((await send(app, [item()])).status).toBe(200);
        expectRefused(await request(app.url).post(PATH).send({}), 422, ['missing-key /feedback']);
        expect((await request(app.url).get(PATH)).status).toBe(405);
      },
    },
    {
      ids: '79, 82, 155',
      says: 'Feedback names its card by `uuid`, and the card is found by it in the log.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        expect(matchedIn(await send(app, [item({ card: await shown(app) })]))).toEqual([true]);
        await refuses('card', { card: '' }, { card: 7 });
      },
    },
    {
      ids: '156, 157',
      says: 'An outcome is `accepted` or `overridden`.',
      shows: () => refuses('outcome', { outcome: 'ignored' }, { outcome: null }),
    },
    {
      ids: '158, 162',
      says: 'What is accepted names the suggestions that were taken.',
      also: DEPTH,
      shows: async () => {
        const accepted = { outcome: 'accepted' };
        await takes({ ...accepted, acceptedSuggestions: [{ id: 's-1' }, { id: 's-2' }] });
        await refuses('acceptedSuggestions', accepted, { ...accepted, acceptedSuggestions: [] });
        await refuses('acceptedSuggestions/0', { ...accepted, acceptedSuggestions: [{}] });
      },
    },
    {
      ids: '159, 160, 165-167',
      says: 'What is overridden may have a reason, as a coding, and a comment.',
      shows: async () => {
        await takes({}, { overrideReason: { reason: REASON } }, { overrideReason: { userComment: 'No.' } });
        await refuses('overrideReason', { overrideReason: 'x' }, { overrideReason: { userComment: 7 } });
      },
    },
    {
      ids: '161',
      says: 'The moment of the outcome is a timestamp, to the millisecond too.',
      shows: async () => {
        await takes(
          { outcomeTimestamp: '2026-11-22T09:31:00Z' },
          { outcomeTimestamp: '2026-11-22T09:31:00.5Z' },
        );
        await refuses('outcomeTimestamp', { outcomeTimestamp: 'today' }, { outcomeTimestamp: '2026-11-22' });
      },
    },
    {
      source: 'practice',
      says: 'Many cards in one batch, and one card more than once: all of it is kept.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const [one, two] = [await shown(app), await shown(app)];
        const before = storedIn(app.connection);
        const response = await send(app, [item({ card: one }), item({ card: two }), item({ card: one })]);
        expect(matchedIn(response)).toEqual([true, true, true]);
        expect(storedIn(app.connection)).toBe(before + 3);
      },
    },
    {
      source: 'practice',
      says: 'A card that nobody knows is kept as unmatched, and the batch with it.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const response = await send(app, [item(), item({ card: await shown(app) })]);
        expect([response.status, matchedIn(response)]).toEqual([200, [false, true]]);
      },
    },
    {
      source: 'practice',
      says: 'A batch with one bad item is refused whole.',
      shows: async () => {
        const app = await aTestApp();
        const before = storedIn(app.connection);
        expect((await send(app, [item(), item({ outcome: 'x' })])).status).toBe(422);
        expect(storedIn(app.connection)).toBe(before);
      },
    },
    {
      source: '3.0',
      says: 'An override reason has a reason, a comment or both.',
      also: DEPTH,
      shows: () => refuses('overrideReason', { overrideReason: {} }),
    },
    {
      source: 'field',
      says: 'A reason comes without its display.',
      shows: () => takes({ overrideReason: { reason: REASON } }),
    },
    {
      source: 'practice',
      says: 'A report counts what was overridden by rule, version and reason.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        await send(app, [item({ card: await shown(app), overrideReason: { reason: REASON } })]);
        expect(bodyOf(await request(app.url).get('/audit/feedback'))).toMatchObject({
          items: [{ ruleSet: { id: 'ketamine-pain' }, overridden: 1, reasons: [{ ...REASON, count: 1 }] }],
          unmatched: 0,
        });
      },
    },
    {
      source: 'practice',
      says: 'Feedback that is sent again after a lost answer, under its `Idempotency-Key`, is kept once.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const sent = item({});
        const again = () =>
          request(app.url)
            .post(PATH)
            .set('idempotency-key', 'again')
            .send({ feedback: [sent] });
        const [first, second] = [await again(), await again()];
        expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
        expect(bodyOf(await request(app.url).get('/audit/feedback'))).toMatchObject({ unmatched: 1 });
      },
    },
  ],
};
