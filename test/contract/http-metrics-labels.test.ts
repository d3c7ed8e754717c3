import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { answerOf, rawRequest, screenBy } from '../support/http.js';
import { keyFor } from '../support/keys.js';
import { askMeasures, measuresOf, namesOf, readMeasures, type Measures } from '../support/measures.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const CANARY = 'canary-4711';

const INTAKE: JsonObject = {
  subject: `${CANARY}-subject`,
  facts: {
    activePsychosis: { unknown: 'declined' },
    medications: { codes: [`${CANARY}-code`], complete: true },
    age: 47.114711,
  },
};

const FAULTY: JsonObject = {
  subject: `${CANARY}-subject`,
  [`${CANARY}-key`]: `${CANARY}-value`,
  facts: { [`${CANARY}Fact`]: true, route: `${CANARY}-option`, age: CANARY },
  ruleSet: CANARY,
  ruleSetVersion: CANARY,
};

/** Every header in which a caller can say something, all of them with the canary. */
const HEADERS = {
  'user-agent': CANARY,
  'x-request-id': CANARY,
  traceparent: `00-${'47114711'.repeat(4)}-4711471147114711-01`,
  tracestate: `${CANARY}=1`,
  'accept-language': CANARY,
  referer: `https://${CANARY}.example/`,
  origin: `https://${CANARY}.example`,
  'x-forwarded-for': CANARY,
  cookie: `a=${CANARY}`,
};

const PATHS = [
  `/${CANARY}`,
  `/screen/${CANARY}`,
  `/decisions/${CANARY}`,
  `/decisions?verdict=${CANARY}`,
  `/decisions?rule=${CANARY}`,
  `/intakes/${CANARY}`,
  `/rules/${CANARY}/versions`,
  `/rules/${CANARY}/versions/${CANARY}/diff/${CANARY}`,
  `/rules/ketamine-pain/rules/${CANARY}/history`,
  `/docs/static/${CANARY}`,
  `/audit/export?from=${CANARY}`,
  `/intake/schema?ruleSet=${CANARY}`,
  `/health/ready?${CANARY}=1`,
  `/metrics?${CANARY}`,
  `/%${CANARY}`,
];

const sayEverywhere = async (app: TestApp, key: string): Promise<void> => {
  const headers = { ...HEADERS, authorization: key };
  const post = (path: string): request.Test => request(app.url).post(path).set(headers);
  const screened = await post('/screen').set('idempotency-key', CANARY).send(INTAKE);
  expect(screened.status).toBe(200);
  await post('/screen').send(FAULTY);
  await post('/screen').type('application/json').send(`{${CANARY}`);
  await post('/screen/batch')
    .type('application/x-ndjson')
    .send(`${JSON.stringify(INTAKE)}\n${CANARY}\n`);
  await post('/intakes').send(INTAKE);
  await post('/intake/next').send(INTAKE);
  await post('/decisions/search').send({ subject: CANARY });
  const { id } = answerOf(screened);
  const by = { reference: CANARY, role: 'physician' };
  await post(`/decisions/${id}/resolution`).send({ choice: 'defer', reason: CANARY, by });
  await post(`/decisions/${id}/replay?version=${CANARY}`);
  for (const path of PATHS) await request(app.url).get(path).set(headers);
  await request(app.url).get('/rules').set('authorization', `Bearer ${CANARY}`);
  await request(app.url)
    .get('/rules')
    .set({ ...headers, accept: CANARY });
  await request(app.url).put(`/decisions/${CANARY}`).set(headers);
  await post('/screen').type(`text/${CANARY}`).send(CANARY);
};

const labelValuesIn = ({ series }: Measures): ReadonlySet<string> =>
  new Set([...series.values()].flatMap(({ labels }) => Object.values(labels)));

describe('what is measured', () => {
  it('holds nothing of what was sent, by whom or where: no text, no number, no id', async () => {
    const app = await aTestApp();
    const key = await keyFor(app, { organisation: `${CANARY}-org`, client: `${CANARY}-client` });
    await sayEverywhere(app, key);
    const { text } = await askMeasures(app, { authorization: key });
    expect(readMeasures(text).series.size).toBeGreaterThan(100);
    expect(text.toLowerCase()).not.toContain('canary');
    expect([...labelValuesIn(readMeasures(text))].filter((value) => value.includes('4711'))).toEqual([]);
    expect(text).not.toMatch(/47\.114711|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}/);
    expect(text).not.toContain(key.slice(-43));
  });

  it('has labels of few kinds, and none of them is of a patient or a caller', async () => {
    const app = await aTestApp();
    await screenBy(app, INTAKE);
    const { series } = await measuresOf(app);
    const names = [...series.values()]
      .filter(({ name }) => name.startsWith('screening_'))
      .flatMap(({ labels }) => Object.keys(labels));
    expect([...new Set(names)].toSorted()).toEqual([
      'engine',
      'le',
      'method',
      'operation',
      'problem',
      'reason',
      'rule_set',
      'status',
      'status_class',
      'verdict',
      'version',
      'why',
    ]);
  });
});

const METHODS = ['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'LOCK', 'SEARCH', 'TRACE', 'MKCOL', 'PURGE', 'REPORT'];

const TAKEN_ELSEWHERE = ['PUT', 'PATCH', 'DELETE', 'TRACE'];

/** Requests of which no two are alike, by a number. */
const oddOnes: readonly ((app: TestApp, at: number) => Promise<unknown>)[] = [
  (app, at) =>
    request(app.url)
      .get(`/path-${at}/of/${at * 7}`)
      .then(String),
  (app, at) => request(app.url).get(`/decisions/0197f3c2-7b1e-7000-8000-${String(at).padStart(12, '0')}`),
  (app, at) => request(app.url).get(`/rules/set-${at}/versions/${at}.0.0`),
  (app, at) =>
    rawRequest(app, { method: METHODS[at % METHODS.length] ?? '', path: `/odd-${at}`, headers: {} }),
  (app, at) => rawRequest(app, { method: TAKEN_ELSEWHERE[at % 4] ?? '', path: '/screen', headers: {} }),
  (app, at) => request(app.url).get(`/decisions?rule=rule-${at}&x${at}=1`),
  (app, at) =>
    screenBy(app, { subject: `pt-${at}`, facts: { medications: { codes: [`c-${at}`], complete: true } } }),
  (app, at) => screenBy(app, { facts: { [`fact${at}`]: at } }),
  (app, at) => request(app.url).get('/rules').set('accept', `text/x-${at}`),
  (app, at) => request(app.url).post('/screen').type(`text/x-${at}`).send('x'),
];

const roundsOf = async (app: TestApp, from: number, rounds: number): Promise<void> => {
  for (let round = from; round < from + rounds; round += 1) for (const ask of oddOnes) await ask(app, round);
};

describe('the number of series', () => {
  it('does not grow with what callers send: of 200 requests none that is unlike the others adds one', async () => {
    const app = await aTestApp();
    await measuresOf(app);
    await roundsOf(app, 1, 1);
    const before = namesOf(await measuresOf(app));
    await roundsOf(app, 2, 20);
    expect(namesOf(await measuresOf(app))).toEqual(before);
  });
});
