import { describe, expect, it } from 'vitest';
import request from 'supertest';
import { lookupOf } from '../../src/services/intake-handover.js';
import { answerOf, bodyOf, factsOf, faultsIn, intakeOf, screenBy, vignetteNames } from '../support/http.js';
import { fetchIntake, handOver, handoverOf, intakeIn, codeOf } from '../support/handover.js';
import { logOn, storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, NOW, type TestApp } from '../support/test-app.js';

const CLEAR = { facts: factsOf('healthy-man-first-course') };

const bare = (code: string): string => code.replaceAll('-', '');

describe('POST /intakes', () => {
  it('answers 201 with a code and says where the intake is', async () => {
    const response = await handOver(await aTestApp(), CLEAR);
    const { code } = handoverOf(response);
    expect([response.status, response.type]).toEqual([201, 'application/json']);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(response.headers).toMatchObject({ location: `/intakes/${code}`, 'cache-control': 'no-store' });
  });

  it('says when it came, until when it is kept, and what it was checked under', async () => {
    const app = await aTestApp();
    const { receivedAt, expiresAt, ruleSet } = handoverOf(await handOver(app, CLEAR));
    expect([receivedAt, expiresAt]).toEqual([NOW, '2026-12-06T09:30:00Z']);
    expect(ruleSet).toEqual(answerOf(await screenBy(app, CLEAR)).ruleSet);
  });

  it.each(['one-absolute-nothing-else', 'hypertension-review', 'healthy-man-first-course', 'empty-intake'])(
    'gives away no verdict and no reasons on %s',
    async (name) => {
      const response = await handOver(await aTestApp(), intakeOf(name));
      expect(Object.keys(bodyOf(response)).toSorted()).toEqual([
        'alsoUseful',
        'code',
        'expiresAt',
        'missing',
        'openQuestions',
        'receivedAt',
        'ruleSet',
      ]);
      expect(response.text).not.toMatch(/"(verdict|bounds|reasons|precautions|undetermined|findings)"/);
    },
  );

  it('says what is still open as POST /intake/next does, for every whole patient', async () => {
    const app = await aTestApp();
    for (const name of vignetteNames()) {
      const { openQuestions, missing, alsoUseful } = handoverOf(await handOver(app, intakeOf(name)));
      const next = answerOf(await request(app.url).post('/intake/next').send(intakeOf(name)));
      expect([missing, alsoUseful], name).toEqual([next.missing, next.alsoUseful]);
      expect(openQuestions, name).toBe(next.missing.length);
    }
  });

  it('stores one entry, found by the hash of its code and by nothing else', async () => {
    const app = await aTestApp();
    const code = await codeOf(app, CLEAR);
    const kinds = app.connection.prepare('SELECT kind FROM log ORDER BY position').pluck().all();
    const position = kinds.length - 1;
    const parts = app.connection.prepare('SELECT part FROM payload WHERE position = ?').pluck().all(position);
    const lookups = app.connection
      .prepare('SELECT name, value FROM lookup WHERE position = ? ORDER BY name')
      .all(position);
    expect([storedIn(app.connection), kinds.at(-1)]).toEqual([1, 'intake']);
    expect(parts).toEqual(['answer', 'client', 'intake', 'receipt', 'summary']);
    expect(lookups).toEqual([lookupOf(bare(code)), { name: 'kind', value: 'intake' }]);
  });

  it('keeps the code nowhere but in the answer, which is sealed', async () => {
    const app = await aTestApp();
    const code = bare(handoverOf(await handOver(app, CLEAR, 'a-key')).code);
    const holds = (table: string): boolean =>
      JSON.stringify(app.connection.prepare(`SELECT * FROM ${table}`).all())
        .replaceAll('-', '')
        .includes(code);
    expect(['log', 'lookup', 'idempotency', 'payload'].filter(holds)).toEqual([]);
    const entry = await logOn(app.connection).find({ ...lookupOf(code), organisation: null });
    const holding = Object.entries(entry[0]?.parts ?? {}).filter(([, { body }]) =>
      body.replaceAll('-', '').includes(code),
    );
    expect(holding.map(([name]) => name)).toEqual(['answer']);
  });
});

describe('an intake with faults', () => {
  const BAD = { extra: 1, ruleSet: 'x', asOf: '2030-01-01T00:00:00Z', facts: { age: '54', colour: 1 } };

  it('is refused by the faults that POST /screen tells, all at once, and nothing is stored', async () => {
    const app = await aTestApp();
    const [handed, screened] = [await handOver(app, BAD), await screenBy(app, BAD)];
    expect([handed.status, bodyOf(handed).type]).toEqual([
      422,
      'urn:ketamine-screening:problem:invalid-intake',
    ]);
    expect(faultsIn(handed)).toEqual(faultsIn(screened));
    expect(faultsIn(handed).length).toBeGreaterThan(2);
    expect([storedIn(app.connection), handed.headers.location]).toEqual([0, undefined]);
  });

  it('is refused where the facts are, and where the earlier decision is none', async () => {
    const app = await aTestApp();
    const facts = { age: '54', unstableAngnia: false };
    expect(faultsIn(await handOver(app, { facts }))).toEqual([
      'wrong-type /facts/age',
      'unknown-fact /facts/unstableAngnia',
    ]);
    const supersedes = '0197f3c2-7b1e-7000-8000-ffffffffffff';
    expect(faultsIn(await handOver(app, { ...CLEAR, supersedes }))).toEqual(['unknown-decision /supersedes']);
    expect(storedIn(app.connection)).toBe(0);
  });

  it('is refused where it is no strict JSON', async () => {
    const { url } = await aTestApp();
    const post = request(url).post('/intakes').set('content-type', 'application/json');
    expect((await post.send('{"facts":{},"facts":{}}')).status).toBe(400);
  });
});

describe('GET /intakes/{code}', () => {
  it('gives the intake as it was received, to no cache', async () => {
    const app = await aTestApp();
    const sent = {
      subject: 'pt-8841',
      facts: { age: 54, pastPsychosis: { unknown: 'declined' }, smoking: null },
    };
    const { code, receivedAt, expiresAt, ruleSet } = handoverOf(await handOver(app, sent));
    const response = await fetchIntake(app, code);
    expect([response.status, response.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(bodyOf(response)).toEqual({ receivedAt, expiresAt, ruleSet, intake: sent });
  });

  it('gives what POST /screen takes as it is, with the verdict of the same intake sent there at once', async () => {
    const app = await aTestApp();
    const names = vignetteNames();
    expect(names.length).toBeGreaterThanOrEqual(40);
    for (const name of names) {
      const fetched = await fetchIntake(app, await codeOf(app, intakeOf(name)));
      const [one, two] = [await screenBy(app, intakeIn(fetched)), await screenBy(app, intakeOf(name))];
      expect([one.status, { ...bodyOf(one), id: '' }], name).toEqual([200, { ...bodyOf(two), id: '' }]);
    }
  });

  it('gives it as often as it is asked for, and however the code is typed', async () => {
    const app = await aTestApp();
    const code = await codeOf(app, CLEAR);
    const typed = [
      code,
      bare(code),
      code.toLowerCase(),
      code.replaceAll('0', 'o'),
      code.replaceAll('-', '%20'),
    ];
    const texts = [];
    for (const text of [...typed, code]) texts.push((await fetchIntake(app, text)).text);
    expect([texts.length, new Set(texts).size]).toEqual([6, 1]);
  });

  it('gives it after a restart too, to be judged at the moment when it is screened', async () => {
    const file = `${tempFolder()}/log.db`;
    const code = await codeOf(await aTestApp({ file }), CLEAR);
    const later: TestApp = await aTestApp({ file, now: '2026-12-03T08:00:00Z' });
    const intake = intakeIn(await fetchIntake(later, code));
    expect(intake).toEqual(CLEAR);
    expect(answerOf(await screenBy(later, intake)).asOf).toBe('2026-12-03T08:00:00Z');
  });
});
