import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tellFigures } from '../support/figures.js';
import { rawRequest, sendRaw } from '../support/raw-http.js';
import { startService, type Service } from '../support/service.js';

/** Texts that stand for what must never leave the decision store, one for each place in which it can be sent. */
const CANARIES = {
  subject: 'canary/subject ü 4711',
  medicine: 'canary-medicine-4712',
  unit: 'canary-unit-4713',
  text: 'canary-text-4714',
  reason: 'canary reason 4715',
  clinician: 'canary-clinician-4716',
  broken: 'canary-broken-4717',
  header: 'canary-header-4718',
  key: 'canary-key-4719',
  query: 'canary-query-4720',
  path: 'canary-path-4721',
  trace: 'canary-trace-4722',
  date: '1931-07-13',
  number: '54.3197531',
} as const;

/** The text in base64 as it can stand inside a longer text in base64: at each of its three offsets, without what its neighbours share. */
const base64Of = (text: string): readonly string[] =>
  ['', 'x', 'xx'].map((before) => {
    const encoded = Buffer.from(before + text)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(before === '' ? 0 : 4, -2);
  });

/** All forms in which a text could be seen. */
const formsOf = (text: string): readonly string[] => {
  const hex = Buffer.from(text).toString('hex');
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  return [text, json, JSON.stringify(json).slice(1, -1), hex, hex.toUpperCase(), url, ...base64Of(text)];
};

const tracesIn = (output: string): readonly string[] =>
  Object.entries(CANARIES).flatMap(([place, text]) =>
    formsOf(text)
      .filter((form) => output.includes(form))
      .map((form) => `${place} as ${form}`),
  );

/** What is told about a place names its key, and no value. */
const withoutPointers = (body: string): string => body.replace(/"pointer":"[^"]*"/g, '');

let folder: string;
let service: Service;
const errors: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-trace-'));
  service = await startService({ LOG_LEVEL: 'trace', DATA_DIR: folder });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const WITHIN = { timeout: 20_000, interval: 50 };

const JSON_TYPE = { 'content-type': 'application/json' };

const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: text,
  });
  if (!response.ok) errors.push(withoutPointers(await response.clone().text()));
  return response;
};

const VALID = {
  subject: CANARIES.subject,
  facts: {
    age: Number(CANARIES.number),
    medications: { codes: [CANARIES.medicine], complete: false },
    acuteHeartEvent: true,
    lastHeartEventDate: CANARIES.date,
  },
};

const FAULTY = {
  subject: CANARIES.subject,
  ruleSet: CANARIES.text,
  supersedes: CANARIES.text,
  asOf: CANARIES.date,
  [CANARIES.key]: CANARIES.text,
  facts: {
    age: { value: Number(CANARIES.number), unit: CANARIES.unit },
    route: CANARIES.text,
    [CANARIES.key]: true,
    lastHeartEventDate: `${CANARIES.date}x`,
    bloodPressure: [{ systolic: CANARIES.text, diastolic: 1, takenAt: CANARIES.date }],
    activePsychosis: { unknown: CANARIES.text },
  },
};

const sendAll = async (): Promise<readonly Response[]> => {
  const { key, header, query, path, trace, reason, clinician, broken } = CANARIES;
  const headers = {
    'idempotency-key': key,
    'x-patient': header,
    traceparent: `00-${trace}-x`,
    'user-agent': header,
  };
  const screened = await post('/screen', VALID, headers);
  const location = screened.headers.get('location') ?? '';
  const resolution = { choice: 'defer', reason, by: { reference: clinician, role: 'physician' } };
  return Promise.all([
    post('/screen', { ...VALID, subject: 'other' }, headers),
    post('/screen', FAULTY),
    post('/intake/next', VALID),
    post('/intake/next', FAULTY),
    post('/intakes', VALID),
    post('/screen', `{"facts":{"${broken}":"${broken}`),
    post('/screen', `{"subject":"${broken}","subject":"${broken}"}`),
    post('/screen', broken, { 'content-type': `text/${broken}` }),
    post(`/screen?patient=${query}`, VALID),
    post('/screen/batch', `${JSON.stringify(VALID)}\n${JSON.stringify(FAULTY)}\n{"${broken}`, {
      'content-type': 'application/x-ndjson',
    }),
    post(`${location}/resolution`, resolution),
    post(`${location}/resolution`, { ...resolution, choice: broken }),
    post(`${location}/replay`, '{}'),
    post(`${location}/replay?version=${query}`, '{}'),
    post(`${location}/replay?version=1.0.0`, '{}'),
    post('/decisions/search', { subject: CANARIES.subject }),
    post('/decisions/search', { subject: CANARIES.subject, [CANARIES.key]: CANARIES.text }),
    fetch(`${service.url}/decisions?rule=${query}&verdict=${query}`),
    fetch(service.url + location + '/proof'),
    fetch(`${service.url}/decisions/${path}/proof?size=${query}`),
    fetch(`${service.url}/decisions/${path}`),
    fetch(`${service.url}/intakes/${path}`),
    fetch(`${service.url}/${path}/${encodeURIComponent(CANARIES.subject)}`),
    fetch(service.url + location),
  ]);
};

describe('what patients and clinicians sent', () => {
  it('is found where it must be, in the decision that is asked for', async () => {
    const responses = await sendAll();
    const last = await responses.at(-1)?.text();
    expect(last).toContain(CANARIES.subject);
    expect(responses.map(({ status }) => status)).toEqual(
      expect.arrayContaining([200, 201, 400, 404, 415, 422]),
    );
  });

  it('is in none of the errors', async () => {
    const { path, header } = CANARIES;
    for (const bytes of [
      rawRequest(`GET /${path}%zz HTTP/1.1`),
      rawRequest('GET / HTTP/1.1', [`X-${header}: \u0000${header}`]),
      Buffer.from(`${header}\r\n\r\n`),
    ])
      errors.push((await sendRaw(new URL(service.url), bytes)).body);
    expect(errors.length).toBeGreaterThan(8);
    expect(tracesIn(errors.join('\n'))).toEqual([]);
  });

  it('is not in the log of the service, which says something of each request', async () => {
    const other = new Database(join(folder, 'ketamine-screening.db'));
    other.exec('BEGIN IMMEDIATE');
    const locked = await post('/screen', VALID);
    other.exec('ROLLBACK');
    other.close();
    expect(locked.status).toBe(503);
    // The log comes through a pipe: an answer can be here before the line that tells of it.
    await vi.waitFor(() => {
      expect(service.output().match(/"msg":"answered"/g)?.length).toBeGreaterThan(20);
      expect(service.output()).toContain('the decision log cannot be used');
    }, WITHIN);
    const traces = tracesIn(service.output());
    tellFigures({ inputs: service.output().match(/"msg":"answered"/g)?.length ?? 0, leaks: traces.length });
    expect(traces).toEqual([]);
  });

  it('would be found in every form', () => {
    for (const text of Object.values(CANARIES))
      for (const form of formsOf(text)) expect(tracesIn(`before ${form} after`).length).toBeGreaterThan(0);
    const inside = Buffer.from(`{"a":"${CANARIES.reason}"}`).toString('base64');
    expect(tracesIn(inside).length).toBeGreaterThan(0);
  });
});
