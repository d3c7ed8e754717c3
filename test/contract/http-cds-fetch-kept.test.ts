import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCall } from '../../src/formats/cds/hook-intake.js';
import { readHook } from '../../src/formats/cds/read-hook.js';
import { HOOK_SERVICES } from '../../src/formats/cds/treatment.js';
import { NO_PRODUCTS } from '../../src/formats/fhir/products.js';
import type { JsonObject } from '../../src/values/json.js';
import { at as moment } from '../support/builders.js';
import { anEhr, sendFhir, sendStatus } from '../support/fhir-server.js';
import {
  ANGINA,
  appFor,
  callHook,
  decidedBy,
  HIGH_PRESSURE,
  serverOf,
  templatesIn,
  TOKEN,
  WELL,
} from '../support/hook-fetch.js';
import { NOW, shippedRules, aTestApp, type TestApp } from '../support/test-app.js';

type Told = { readonly provenance: readonly { readonly pointer: string }[] };

type Kept = { readonly received: JsonObject; readonly facts: JsonObject };

/** What is kept of the one decision that was made. */
const keptIn = async ({ url }: TestApp): Promise<Kept> => {
  const { text } = await request(url).get('/audit/export');
  const line = text.split('\n').find((one) => one.includes('draftOrders')) ?? '{}';
  return (JSON.parse(line) as { readonly parts: { readonly intake: { readonly value: Kept } } }).parts.intake
    .value;
};

/** What a JSON Pointer leads to. */
const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((within, step) => (within as Record<string, unknown> | undefined)?.[step], value);

describe('what was fetched', () => {
  it('is kept with the decision at its key, which is named, and every pointer leads to it', async () => {
    const ehr = await anEhr([...WELL, ANGINA]);
    const app = await appFor(ehr);
    const { provenance } = (await decidedBy(app, ehr)) as unknown as Told;
    const { received } = await keptIn(app);
    const pointers = provenance.map(({ pointer }) => pointer);
    expect(pointers).toContain('/prefetch/conditions/entry/0/resource/code');
    expect(pointers.filter((pointer) => at(received, pointer) === undefined)).toEqual([]);
    const { extension } = received;
    const keys = Object.keys(await templatesIn(app)).toSorted();
    expect(extension).toEqual({ 'org.ketamine-screening.fetched': keys });
  });

  it('is read the same from what is kept', async () => {
    const ehr = await anEhr([...WELL, ANGINA, HIGH_PRESSURE]);
    const app = await appFor(ehr);
    const { ruleSet } = await decidedBy(app, ehr);
    const { received, facts } = await keptIn(app);
    const [, service] = HOOK_SERVICES;
    const call = service === undefined ? null : readHook(received, service);
    const read = call?.ok === true ? readCall(call.value, NO_PRODUCTS) : null;
    const set = shippedRules().find(ruleSet.id, ruleSet.version);
    if (read?.kind !== 'intake' || set === null) return expect.unreachable();
    expect(read.intake.readFacts(set.body, moment(NOW)).facts).toEqual(facts);
  });
});

describe('the token and the address of the server', () => {
  it('are written nowhere: not in the log of the service, nor in the database, nor in an answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-fetch-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'log.db');
    const ehr = await anEhr([...WELL, ANGINA], 1);
    const app = await aTestApp({ file, reception: { fhirServers: [ehr.base] } });
    const more = serverOf(ehr.base);
    const answers = [await callHook(app, { more, key: 'k' }), await callHook(app, { more, key: 'k' })];
    ehr.oddly('Condition', sendStatus(500));
    ehr.oddly('Procedure', (response, path) => {
      sendFhir(response, {
        resourceType: 'Bundle',
        type: 'searchset',
        link: [{ relation: 'next', url: `${ehr.base}/${path}&b=1` }],
      });
    });
    answers.push(await callHook(app, { more }));
    ehr.oddly('Patient/', sendStatus(401));
    answers.push(
      await callHook(app, { more }),
      await callHook(app, { more: serverOf('http://127.0.0.1:9/r4') }),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 412, 412]);
    answers.push(await request(app.url).get('/audit/export'));
    const told = [...app.lines, ...answers.map(({ text }) => text)].join('\n');
    const stored = ['', '-wal'].map((end) => readFileSync(`${file}${end}`, 'latin1')).join('\n');
    expect(told).toContain('the FHIR server of a call was asked');
    expect(told).toContain('the FHIR server of a call was not asked');
    const { host } = new URL(ehr.base);
    for (const text of [told, stored])
      for (const secret of [TOKEN, host, '127.0.0.1:9']) expect(text.includes(secret)).toBe(false);
    const logged = app.lines.join('\n');
    for (const patient of ['pt-17', 'medicationRequests', '4557003']) expect(logged).not.toContain(patient);
  });
});
