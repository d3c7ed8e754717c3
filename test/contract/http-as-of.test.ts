import { describe, expect, it } from 'vitest';
import { answerOf, factsOf, faultsIn, screenBy } from '../support/http.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp } from '../support/test-app.js';

/** Requests are received at 2026-11-22T09:30:00Z. */
const facts = factsOf('healthy-man-first-course');

describe('the moment of judgement', () => {
  it.each([
    ['5 minutes after receipt', '2026-11-22T09:35:00Z'],
    ['24 hours before receipt', '2026-11-21T09:30:00Z'],
    ['at receipt', '2026-11-22T09:30:00Z'],
  ])('may lie exactly %s', async (_what, asOf) => {
    const response = await screenBy(await aTestApp(), { asOf, facts });
    expect([response.status, answerOf(response).asOf]).toEqual([200, asOf]);
  });

  it('keeps its own offset', async () => {
    const asOf = '2026-11-22T23:30:00+14:00';
    expect(answerOf(await screenBy(await aTestApp(), { asOf, facts })).asOf).toBe(asOf);
  });

  it.each([
    ['more than 5 minutes after receipt', '2026-11-22T09:35:00.001Z', 'as-of-in-future /asOf'],
    ['more than 24 hours before receipt', '2026-11-21T09:29:59.999Z', 'as-of-in-past /asOf'],
  ])('is refused %s, and nothing is stored', async (_what, asOf, fault) => {
    const app = await aTestApp();
    const response = await screenBy(app, { asOf, facts: {} });
    expect([response.status, faultsIn(response)]).toEqual([422, [fault]]);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('may lie long before receipt where that is meant, and the answer says so', async () => {
    const intake = { asOf: '2026-01-01T00:00:00Z', retrospective: true, facts: {} };
    const response = await screenBy(await aTestApp(), intake);
    expect([response.status, answerOf(response).retrospective]).toEqual([200, true]);
  });

  it('may not lie after receipt, meant or not', async () => {
    const intake = { asOf: '2026-11-23T00:00:00Z', retrospective: true, facts: {} };
    expect((await screenBy(await aTestApp(), intake)).status).toBe(422);
  });

  it('is not retrospective unless it says so', async () => {
    expect(answerOf(await screenBy(await aTestApp(), { facts })).retrospective).toBe(false);
  });
});

describe('a reading', () => {
  const taken = (takenAt: string) => ({ bloodPressure: [{ systolic: 124, diastolic: 78, takenAt }] });

  it('may be taken between receipt and asOf', async () => {
    const intake = { asOf: '2026-11-22T09:34:00Z', facts: taken('2026-11-22T09:33:00Z') };
    expect((await screenBy(await aTestApp(), intake)).status).toBe(200);
  });

  it('may not be taken after asOf', async () => {
    const intake = { asOf: '2026-11-22T09:00:00Z', facts: taken('2026-11-22T09:10:00Z') };
    expect(faultsIn(await screenBy(await aTestApp(), intake))).toEqual([
      'after-as-of /facts/bloodPressure/0/takenAt',
    ]);
  });
});

describe('an answer that is over', () => {
  const intake = { asOf: '2026-11-22T09:30:00Z', retrospective: true, facts };

  it.each([
    ['2026-12-20T09:59:59.999Z', false],
    ['2026-12-20T10:00:00Z', true],
  ])('at %s says so: %s', async (now, expired) => {
    const answer = answerOf(await screenBy(await aTestApp({ now }), intake));
    expect([answer.verdict, answer.validUntil, answer.expired]).toEqual([
      'eligible',
      '2026-12-20T10:00:00Z',
      expired,
    ]);
  });
});

describe('the pins of a request', () => {
  it('are met by the version that they name', async () => {
    const app = await aTestApp();
    const { ruleSet } = answerOf(await screenBy(app, { facts }));
    const pinned = { ruleSet: ruleSet.id, ruleSetVersion: ruleSet.version, facts };
    expect(answerOf(await screenBy(app, pinned)).ruleSet).toEqual(ruleSet);
  });

  it.each([
    ['a set', { ruleSet: 'ketamine-depression' }, 'unknown-rule-set /ruleSet'],
    ['a version', { ruleSetVersion: '0.0.1' }, 'unknown-rule-set /ruleSetVersion'],
    ['the version of another set', { ruleSet: 'x', ruleSetVersion: '1.0.0' }, 'unknown-rule-set /ruleSet'],
  ])('are refused for %s that is not there', async (_what, pin, fault) => {
    const response = await screenBy(await aTestApp(), { ...pin, facts });
    expect([response.status, faultsIn(response)]).toEqual([422, [fault]]);
  });

  it('are refused beside every other fault of the request', async () => {
    const intake = { ruleSet: 'x', asOf: '2030-01-01T00:00:00Z', subject: '' };
    expect(faultsIn(await screenBy(await aTestApp(), intake))).toEqual([
      'wrong-type /subject',
      'as-of-in-future /asOf',
      'unknown-rule-set /ruleSet',
    ]);
  });
});
