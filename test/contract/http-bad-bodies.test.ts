import { describe, expect, it } from 'vitest';
import { faultsIn, postRaw, rawRequest, screenBy } from '../support/http.js';
import { rowsIn, storedIn } from '../support/sqlite.js';
import { aTestApp } from '../support/test-app.js';

const CANARY = 'canary-4711';

const facts = (inside: string): string => `{"subject":"${CANARY}","facts":{${inside}}}`;

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Bodies that are no strict JSON, with the faults that are told of them. */
const MALFORMED: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
  ['an empty body', '', ['not-json ']],
  ['a body that was cut off', facts('"age":54').slice(0, -3), ['not-json ']],
  ['a body with more behind it', `${facts('')} ${CANARY}`, ['not-json ']],
  ['a body with a byte order mark', `\uFEFF${facts('')}`, ['not-json ']],
  ['a body in single quotes', `{'${CANARY}':1}`, ['not-json ']],
  ['a body with NaN', facts('"age":NaN'), ['not-json ']],
  ['bytes that are not UTF-8', Buffer.from(facts('"age":"\xe4"'), 'latin1'), ['not-utf8 ']],
  ['a key twice', facts('"age":54,"age":17'), ['duplicate-key /facts/age']],
  ['a key twice, once escaped', facts('"age":54,"\\u0061ge":17'), ['duplicate-key /facts/age']],
  ['facts twice', `{"facts":{},"facts":{"${CANARY}":1}}`, ['duplicate-key /facts']],
  ['the key __proto__', facts('"__proto__":{"age":54}'), ['forbidden-key /facts/__proto__']],
  ['a number beyond every double', facts('"age":1e400'), ['number-out-of-range /facts/age']],
  ['half a character, escaped', facts('"route":"\\ud800"'), ['lone-surrogate /facts/route']],
  ['half a character in a key', facts('"\\udfff":true'), ['lone-surrogate /facts/\uFFFD']],
  ['10,000 levels', nested(10_000), [`too-deep ${'/0'.repeat(32)}`]],
  ['10,000 levels that never end', '['.repeat(10_000), [`too-deep ${'/0'.repeat(32)}`]],
  [
    'three faults at once',
    facts('"age":1e400,"age":54,"__proto__":{}'),
    ['number-out-of-range /facts/age', 'duplicate-key /facts/age', 'forbidden-key /facts/__proto__'],
  ],
];

describe.each(['/screen', '/intake/next'])('POST %s', (path) => {
  it.each(MALFORMED)('refuses %s, tells where, and stores nothing', async (_what, body, faults) => {
    const app = await aTestApp();
    const response = await postRaw(app, body, path);
    expect([response.status, response.type]).toEqual([400, 'application/problem+json']);
    expect(faultsIn(response)).toEqual(faults);
    expect(storedIn(app.connection)).toBe(0);
  });

  it.each(MALFORMED)('repeats nothing of %s, in its answer or in its log', async (_what, body) => {
    const app = await aTestApp();
    const { text } = await postRaw(app, body, path);
    expect([text, ...app.lines].filter((line) => line.includes(CANARY))).toEqual([]);
  });
});

describe('a body that is JSON and no intake', () => {
  it.each(['null', 'true', '7', '"text"', '[]'])('%s is refused as a whole', async (body) => {
    const response = await postRaw(await aTestApp(), body);
    expect([response.status, faultsIn(response)]).toEqual([422, ['wrong-type ']]);
  });
});

describe('an intake with faults', () => {
  const intake = {
    subject: CANARY,
    asOf: '2026-11-22T09:30:00Z',
    extra: CANARY,
    facts: {
      age: CANARY,
      hartDisease: true,
      route: CANARY,
      bloodPressure: [{ systolic: 1500, diastolic: 96, takenAt: CANARY }],
      heartDisease: false,
      unstableAngina: true,
    },
  };

  it('is refused with every fault at once, each with its place', async () => {
    const response = await screenBy(await aTestApp(), intake);
    expect([response.status, response.type]).toEqual([422, 'application/problem+json']);
    expect(faultsIn(response).toSorted()).toEqual([
      'contradiction /facts/heartDisease',
      'contradiction /facts/unstableAngina',
      'not-a-time /facts/bloodPressure/0/takenAt',
      'out-of-range /facts/bloodPressure/0/systolic',
      'unknown-code /facts/route',
      'unknown-fact /facts/hartDisease',
      'unknown-key /extra',
      'wrong-type /facts/age',
    ]);
  });

  it('is told as a problem with a stable type', async () => {
    const { text } = await screenBy(await aTestApp(), intake);
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:ketamine-screening:problem:invalid-intake',
      title: 'The intake has faults, and nothing was stored',
      status: 422,
    });
  });

  it('stores nothing, in the log or beside it', async () => {
    const app = await aTestApp();
    const before = [rowsIn(app.connection, 'log'), rowsIn(app.connection, 'payload')];
    await screenBy(app, intake);
    expect([rowsIn(app.connection, 'log'), rowsIn(app.connection, 'payload')]).toEqual(before);
  });

  it('is not repeated, in the answer or in the log', async () => {
    const app = await aTestApp();
    const { text } = await screenBy(app, intake);
    expect([text, ...app.lines].filter((line) => line.includes(CANARY))).toEqual([]);
    expect(text).not.toContain('1500');
  });
});

describe('the log of the service', () => {
  it('names no patient and no clinical value of an intake that was screened', async () => {
    const app = await aTestApp();
    await screenBy(app, { subject: CANARY, facts: { age: 54, medications: [CANARY] } });
    expect(app.lines.length).toBeGreaterThan(0);
    expect(app.lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  it('names no path that was asked for, which could hold anything', async () => {
    const app = await aTestApp();
    await rawRequest(app, { method: 'GET', path: `/patients/${CANARY}?name=${CANARY}`, headers: {} });
    expect(app.lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });
});
