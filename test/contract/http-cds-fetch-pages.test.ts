import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { anEhr, sendFhir, sendStatus, type Odd } from '../support/fhir-server.js';
import { aBundle } from '../support/hook-call.js';
import { ANGINA, appFor, decidedBy, WELL, wholePrefetch } from '../support/hook-fetch.js';
import { condition } from '../support/records.js';

const html: Odd = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in</p>');
};

const sending =
  (body: object | null): Odd =>
  (response: ServerResponse) => {
    sendFhir(response, body as never);
  };

describe('a result of several pages', () => {
  const OURS = { subject: ANGINA.subject ?? null };
  const colds = Array.from({ length: 4 }, (_none, index) =>
    condition('snomed:82272006', { ...OURS, id: `c-${index}` }),
  );
  const RECORDS = [...WELL, ...colds, ANGINA];

  it('is read to its end', async () => {
    const ehr = await anEhr(RECORDS, 2);
    const app = await appFor(ehr);
    const { verdict, reasons } = await decidedBy(app, ehr);
    expect([verdict, reasons.length]).toEqual(['ineligible', 1]);
    expect(ehr.asked.filter(({ path }) => path.startsWith('Condition'))).toHaveLength(3);
  });

  it('is read on where the client sent the first of them', async () => {
    const ehr = await anEhr(RECORDS, 2);
    const app = await appFor(ehr);
    expect((await decidedBy(app, ehr, await wholePrefetch(app, ehr))).verdict).toBe('ineligible');
    expect(ehr.asked.map(({ path }) => path)).toEqual(
      [1, 2].map((page) => `Condition?patient=pt-17&_page=${page}`),
    );
  });

  it.each([
    ['fails', sendStatus(500)],
    ['is none', html],
    ['is another record', sending(ANGINA)],
  ])('is incomplete where a later one %s', async (_what, odd) => {
    const ehr = await anEhr([...WELL, ...colds], 2);
    const app = await appFor(ehr);
    ehr.oddly('_page=1', odd);
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
  });

  it('has no end that is waited for', async () => {
    const ehr = await anEhr([...WELL, ...colds], 2);
    const app = await appFor(ehr);
    ehr.oddly('Condition', (response, path) => {
      const link = [{ relation: 'next', url: `${ehr.base}/${path}` }];
      sendFhir(response, aBundle(colds, { link }));
    });
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
    expect(ehr.asked.filter(({ path }) => path.startsWith('Condition'))).toHaveLength(10);
  });

  it('whose next one lies elsewhere is not followed, and is incomplete', async () => {
    const [ehr, other] = [await anEhr(WELL), await anEhr(WELL)];
    const app = await appFor(ehr, [other.base]);
    ehr.oddly('Condition', (response, path) => {
      const link = [{ relation: 'next', url: `${other.base}/${path}` }];
      sendFhir(response, aBundle(colds, { link }));
    });
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
    expect(other.asked).toEqual([]);
  });

  it('whose total is above what came is incomplete', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    ehr.oddly('Condition', sending(aBundle(colds, { total: 5 })));
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
    ehr.oddly('Condition', sending(aBundle(colds, { total: 4 })));
    expect((await decidedBy(app, ehr)).verdict).toBe('eligible');
  });
});
