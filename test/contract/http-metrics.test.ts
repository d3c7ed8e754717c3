import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { DecisionLog } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';
import { answerOf, intakeOf, postRaw, screenBy, type AnswerSent } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { askMeasures, countsOf, measuresOf, readMeasures } from '../support/measures.js';
import { logOn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.2,*/*;q=0.1';

const INELIGIBLE = { facts: { activePsychosis: true } };

const INCOMPLETE = {
  facts: {
    activePsychosis: { unknown: 'declined' },
    medications: { codes: ['rx-unheard-of', 'rx-unheard-of-2'], complete: true },
  },
};

const patient = (name: string): JsonObject => ({ ...intakeOf(name), retrospective: true });

const screened = async (app: TestApp, intakes: readonly JsonObject[]): Promise<readonly AnswerSent[]> => {
  const answers: AnswerSent[] = [];
  for (const intake of intakes) {
    const response = await screenBy(app, intake);
    expect(response.status).toBe(200);
    answers.push(answerOf(response));
  }
  return answers;
};

const tallyOf = (words: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(words)].map((word) => [word, words.filter((other) => other === word).length]),
  );

const unmappedIn = (answer: AnswerSent): number =>
  (answer as unknown as { readonly unmapped: readonly string[] }).unmapped.length;

const reasonsIn = ({ missing }: AnswerSent): readonly string[] =>
  (missing as unknown as readonly { readonly reason: string }[]).map(({ reason }) => reason);

describe('decisions', () => {
  it('are counted once each, by the version that made them, with why facts were missing and how many codes were unknown', async () => {
    const app = await aTestApp();
    const old = { ...INELIGIBLE, ruleSet: 'ketamine-pain', ruleSetVersion: '1.0.0' };
    const intakes = [INELIGIBLE, INELIGIBLE, INELIGIBLE, INCOMPLETE, { facts: {} }, old];
    const answers = await screened(app, [...intakes, patient('healthy-man-first-course')]);
    const measures = await measuresOf(app);
    const version = answers[0]?.ruleSet.version ?? '';
    expect(version).not.toBe('1.0.0');
    expect(countsOf(measures, 'screening_verdicts_total')).toMatchObject({
      [`ketamine-pain ${version} ineligible`]: 3,
      [`ketamine-pain ${version} incomplete`]: 2,
      'ketamine-pain 1.0.0 ineligible': 1,
    });
    const told = answers.map(({ ruleSet, verdict }) => `${ruleSet.id} ${ruleSet.version} ${verdict}`);
    expect(countsOf(measures, 'screening_verdicts_total')).toEqual(tallyOf(told));
    const reasons = tallyOf(answers.flatMap(reasonsIn));
    expect(Object.keys(reasons)).toEqual(expect.arrayContaining(['declined', 'not-asked']));
    expect(countsOf(measures, 'screening_missing_facts_total')).toEqual(reasons);
    const unmapped = answers.map(unmappedIn).reduce((sum, count) => sum + count, 0);
    expect(unmapped).toBeGreaterThan(1);
    expect(countsOf(measures, 'screening_unmapped_codes_total')).toEqual({ '': unmapped });
  });

  it('are counted in a batch too, and not where an intake is refused or an answer is given again', async () => {
    const app = await aTestApp();
    const lines = [INELIGIBLE, { facts: { activePsychosi: true } }, INCOMPLETE, INELIGIBLE];
    const batch = request(app.url).post('/screen/batch').type('application/x-ndjson');
    await batch.send(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    for (let round = 0; round < 3; round += 1)
      await request(app.url).post('/screen').set('idempotency-key', 'one').send(INELIGIBLE);
    expect((await screenBy(app, { facts: { activePsychosis: 'yes' } })).status).toBe(422);
    expect((await postRaw(app, '{')).status).toBe(400);
    const counts = countsOf(await measuresOf(app), 'screening_verdicts_total');
    expect(Object.entries(counts).map(([key, count]) => `${key.split(' ')[2] ?? ''} ${count}`)).toEqual([
      'ineligible 3',
      'incomplete 1',
    ]);
  });

  it('that could not be made durable are not counted', async () => {
    const app = await aTestApp();
    app.connection.close();
    expect((await screenBy(app, INELIGIBLE)).status).toBe(503);
    const measures = await measuresOf(app);
    expect(countsOf(measures, 'screening_verdicts_total')).toEqual({});
    expect(countsOf(measures, 'screening_missing_facts_total')).toEqual({});
  });

  it('of one service are no business of another in the same process', async () => {
    const [one, other] = [await aTestApp(), await aTestApp()];
    await screened(one, [INELIGIBLE]);
    const [first, second] = await Promise.all([measuresOf(one), measuresOf(other)]);
    expect(Object.values(countsOf(first, 'screening_verdicts_total'))).toEqual([1]);
    expect(countsOf(second, 'screening_verdicts_total')).toEqual({});
    expect(countsOf(second, 'nodejs_version_info')).not.toEqual({});
  });

  it('have a count before the first of them: none by the version in force, for each verdict', async () => {
    const { series } = await measuresOf(await aTestApp());
    const verdicts = [...series.values()].filter(({ name }) => name === 'screening_verdicts_total');
    expect(verdicts.map(({ labels, value }) => [labels.verdict, value])).toEqual(
      ['eligible', 'review', 'incomplete', 'ineligible'].map((verdict) => [verdict, 0]),
    );
  });
});

describe('requests', () => {
  it('are counted and timed by operation, method and status, and what is no operation as one', async () => {
    const app = await aTestApp();
    await screened(app, [INELIGIBLE, INELIGIBLE]);
    await screenBy(app, { facts: 1 });
    await request(app.url).get('/decisions/0197f3c2-7b1e-7000-8000-00000000dcba');
    await request(app.url).head('/rules');
    await request(app.url).delete('/rules');
    await request(app.url).get('/nowhere');
    await request(app.url).get('/nowhere/else');
    const measures = await measuresOf(app);
    const expected = {
      'screenPatient POST 200': 2,
      'screenPatient POST 422': 1,
      'findDecision GET 404': 1,
      'listRuleSets HEAD 200': 1,
      'none any 405': 1,
      'none any 404': 2,
    };
    expect(countsOf(measures, 'screening_http_requests_total')).toEqual(expected);
    expect(countsOf(measures, 'screening_http_request_duration_seconds_count')).toEqual({
      'screenPatient POST 2xx': 2,
      'screenPatient POST 4xx': 1,
      'findDecision GET 4xx': 1,
      'listRuleSets HEAD 2xx': 1,
      'none any 4xx': 3,
    });
  });

  it('are timed in buckets from a millisecond to ten seconds, each of which holds those before it', async () => {
    const app = await aTestApp();
    await screened(app, [INELIGIBLE, INELIGIBLE, INELIGIBLE]);
    const { series } = await measuresOf(app);
    const buckets = [...series.values()].filter(
      ({ name, labels }) =>
        name === 'screening_http_request_duration_seconds_bucket' && labels.operation === 'screenPatient',
    );
    const limits = buckets.map(({ labels }) => labels.le);
    expect([limits[0], limits.at(-2), limits.at(-1)]).toEqual(['0.001', '10', '+Inf']);
    const counts = buckets.map(({ value }) => value);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(3);
  });

  it('that are turned away are counted by the type of the problem', async () => {
    const app = await aTestApp({ reception: { requestsPerMinute: 2 } });
    const [key, other] = [await keyFor(app), await keyFor(app, { client: 'watcher' })];
    const ask = (path: string): request.Test => request(app.url).get(path).set('authorization', key);
    for (let round = 0; round < 5; round += 1) await ask('/rules');
    app.connection.close();
    expect((await request(app.url).get('/health/ready')).status).toBe(503);
    await request(app.url).post('/screen').set('authorization', other).send(INELIGIBLE);
    expect(
      countsOf(await measuresOf(app, { authorization: other }), 'screening_requests_turned_away_total'),
    ).toEqual({ 'too-many-requests': 3, 'log-unavailable': 1 });
  });

  it('with a credential that counts for nothing are counted by why', async () => {
    const app = await aTestApp();
    const key = await keyFor(app);
    for (const shown of [`${key}x`, `${key}x`, 'Basic x', 'Bearer x.y.z'])
      await request(app.url).get('/rules').set('authorization', shown);
    await request(app.url).get('/rules');
    const measures = await measuresOf(app, { authorization: key });
    expect(countsOf(measures, 'screening_credentials_refused_total')).toEqual({
      'no-such-key': 2,
      'not-a-credential': 1,
      'not-a-token': 1,
    });
    expect(countsOf(measures, 'screening_requests_turned_away_total')).toEqual({});
  });
});

describe('GET /metrics', () => {
  it('is answered in the text format, and never kept', async () => {
    const app = await aTestApp();
    const { status, headers, text } = await askMeasures(app, { accept: PROMETHEUS });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect([...readMeasures(text).types.keys()]).toEqual(
      expect.arrayContaining([
        'nodejs_eventloop_lag_p99_seconds',
        'process_resident_memory_bytes',
        'nodejs_active_handles_total',
      ]),
    );
  });

  it.each([
    ['*/*', 200],
    ['text/*', 200],
    ['text/plain', 200],
    ['text/plain;version=0.0.4', 200],
    ['text/plain; version=0.0.4; charset=utf-8', 200],
    ['application/openmetrics-text;version=1.0.0,*/*;q=0.1', 200],
    ['application/openmetrics-text;version=1.0.0', 406],
    ['application/json', 406],
    ['text/html', 406],
  ])('to a client that accepts %s is %d', async (accept, status) => {
    expect((await askMeasures(await aTestApp(), { accept })).status).toBe(status);
  });

  it('takes no parameter', async () => {
    expect((await request((await aTestApp()).url).get('/metrics?name=x')).status).toBe(422);
  });

  it('asks for the scope admin, and for no other', async () => {
    const app = await aTestApp();
    const [admin, others] = [
      await keyFor(app, { scopes: ['admin'] }),
      await keyFor(app, { scopes: ['screen', 'decisions:read', 'rules:read', 'audit:read'] }),
    ];
    const statuses = [{}, { authorization: others }, { authorization: admin }];
    const asked = [];
    for (const headers of statuses) asked.push((await askMeasures(app, headers)).status);
    expect(asked).toEqual([401, 403, 200]);
  });

  it('says how the service is: ready, by which versions and engine, and how long its log is', async () => {
    const app = await aTestApp();
    await screened(app, [INELIGIBLE]);
    const { size = 0 } = (await logOn(app.connection).head(null)) ?? {};
    const listed = JSON.parse((await request(app.url).get('/rules')).text) as {
      readonly items: readonly { readonly id: string; readonly inForce: { readonly version: string } }[];
    };
    const measures = await measuresOf(app);
    expect(countsOf(measures, 'screening_ready')).toEqual({ '': 1 });
    expect(countsOf(measures, 'screening_log_entries')).toEqual({ '': size });
    expect(measures.series.get('screening_log_waiting')?.value).toBe(0);
    expect(countsOf(measures, 'screening_rule_set_in_force')).toEqual(
      Object.fromEntries(listed.items.map(({ id, inForce }) => [`${id} ${inForce.version}`, 1])),
    );
    expect(Object.values(countsOf(measures, 'screening_engine_info'))).toEqual([1]);
  });
});

/** A log that answers nothing any more, and says nothing of it. */
const hung = (log: DecisionLog): DecisionLog => {
  const never = (): Promise<never> => setTimeout(60_000, undefined, { ref: false }) as Promise<never>;
  return { ...log, isReady: never, head: never, append: never };
};

describe('while the log cannot be used', () => {
  it.each([
    ['is closed', (log: DecisionLog) => log],
    ['hangs', hung],
  ])('and %s, it is answered within a second: not ready, and no size is told', async (why, log) => {
    const app = await aTestApp({ log });
    if (why === 'is closed') app.connection.close();
    const before = performance.now();
    const { series } = await measuresOf(app);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(series.get('screening_ready')?.value).toBe(0);
    expect(series.has('screening_log_entries')).toBe(false);
    expect([...series.keys()].some((key) => key.startsWith('screening_rule_set_in_force'))).toBe(true);
  });
});
