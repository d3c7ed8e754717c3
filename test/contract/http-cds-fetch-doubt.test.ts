import { describe, expect, it } from 'vitest';
import { anEhr, sendStatus, type Odd } from '../support/fhir-server.js';
import {
  ACTIVE_ORDER,
  ANGINA,
  appFor,
  callHook,
  decided,
  decidedBy,
  HIGH_PRESSURE,
  pathOf,
  serverOf,
  templatesIn,
  WELL,
} from '../support/hook-fetch.js';
import type { AnswerSent } from '../support/http.js';
import { aCall } from '../support/hook-call.js';
import { storedIn } from '../support/sqlite.js';

const RANKS = ['eligible', 'review', 'ineligible'];

const ceilingOf = ({ bounds }: AnswerSent): number => RANKS.indexOf(bounds.ceiling);

/** Never sends anything. */
const silence: Odd = () => undefined;

describe('whatever the server keeps to itself', () => {
  it.each([
    ['a patient who is well', WELL],
    ['one with unstable angina', [...WELL, ANGINA]],
    ['one with a high pressure and an order', [...WELL, HIGH_PRESSURE, ACTIVE_ORDER]],
  ])('never makes anyone look better: %s', async (_who, records) => {
    const ehr = await anEhr(records);
    const app = await appFor(ehr);
    const whole = await decidedBy(app, ehr);
    const paths = Object.entries(await templatesIn(app)).filter(([key]) => key !== 'patient');
    for (const [index, [key, template]] of paths.entries()) {
      const odd = sendStatus([404, 500, 403][index % 3] ?? 500);
      const part = encodeURI(pathOf(template)).replaceAll('|', '%7C');
      ehr.oddly(part, odd);
      const less = await decidedBy(app, ehr);
      ehr.oddly(part, null);
      expect(less.verdict, key).not.toBe('eligible');
      expect(ceilingOf(less), key).toBeGreaterThanOrEqual(ceilingOf(whole));
    }
    expect(paths.length).toBeGreaterThan(20);
  });

  it('never makes anyone look better where it is too slow to tell', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    for (const part of ['Condition', 'QuestionnaireResponse', 'Observation']) {
      ehr.oddly(part, silence);
      expect((await decidedBy(app, ehr)).verdict, part).toBe('incomplete');
      ehr.oddly(part, null);
    }
  });
});

describe('a client that goes away', () => {
  it('has the asking ended and nothing stored, so that whoever asks again gets the whole answer', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const before = storedIn(app.connection);
    const begun = performance.now();
    const ended = new Promise<number>((resolve) => {
      ehr.oddly('Condition', (response) => {
        response.once('close', () => {
          resolve(performance.now() - begun);
        });
      });
    });
    const sent = fetch(`${app.url}/cds-services/ketamine-order-sign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: JSON.stringify(aCall('order-sign', { prefetch: {}, more: serverOf(ehr.base) })),
      signal: AbortSignal.timeout(500),
    });
    await expect(sent).rejects.toThrow('aborted');
    expect(await ended).toBeLessThan(1_400);
    expect(storedIn(app.connection)).toBe(before);
    ehr.oddly('Condition', null);
    const again = await callHook(app, { more: serverOf(ehr.base), key: 'k' });
    expect((await decided(app, again)).verdict).toBe('eligible');
  });
});
