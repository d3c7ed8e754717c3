import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { anEhr, sendFhir, sendStatus, type Ehr, type Odd } from '../support/fhir-server.js';
import { aBundle } from '../support/hook-call.js';
import {
  ANGINA,
  appFor,
  callHook,
  decided,
  decidedBy,
  HIGH_PRESSURE,
  serverOf,
  WELL,
  without,
  wholePrefetch,
} from '../support/hook-fetch.js';
import type { AnswerSent } from '../support/http.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

/** Never sends anything. */
const silence: Odd = () => undefined;

const html: Odd = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in</p>');
};

const huge: Odd = (response) => {
  response.writeHead(200, { 'content-type': 'application/fhir+json' });
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    response.once('drain', more);
  };
  more();
};

const sending =
  (body: object | null): Odd =>
  (response: ServerResponse) => {
    sendFhir(response, body as never);
  };

const timed = async <T>(run: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> => {
  const begun = performance.now();
  const value = await run();
  return { value, ms: performance.now() - begun };
};

describe('a server that does not answer as it must', () => {
  it.each([
    ['asks for another token', sendStatus(401)],
    ['refuses', sendStatus(403)],
    ['has no such path', sendStatus(404)],
    ['fails', sendStatus(500)],
    ['says that there is nothing', sendStatus(204)],
    ['sends a page for people', html],
    ['sends more than can be read', huge],
    ['sends a record in place of a result', sending(ANGINA)],
    ['sends a collection in place of a result', sending(aBundle([], { type: 'collection' }))],
    ['sends entries that are no list', sending({ resourceType: 'Bundle', type: 'searchset', entry: null })],
    ['sends null', sending(null)],
    ['sends an error as if it were a result', sending({ resourceType: 'OperationOutcome' })],
    [
      'cuts the connection',
      (response: ServerResponse) => {
        response.destroy();
      },
    ],
  ])('leaves unknown what it would have told: it %s', async (_what, odd) => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    ehr.oddly('Condition', odd);
    const { verdict, dataQuality } = (await decidedBy(app, ehr)) as AnswerSent & {
      readonly dataQuality: readonly { readonly code: string; readonly pointer: string }[];
    };
    expect(verdict).toBe('incomplete');
    expect(dataQuality.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'cut-off /prefetch/conditions',
    ]);
  });

  it('by sending too much in all has the rest of it left unread', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const large: Odd = (response, path) => {
      const body = JSON.stringify(ehr.answerTo(path));
      response.writeHead(200).end(body + ' '.repeat(1.5 * 1024 * 1024));
    };
    const types = ['Condition', 'AllergyIntolerance', 'MedicationStatement'];
    for (const type of types) ehr.oddly(type, large);
    expect((await decidedBy(app, ehr)).verdict).toBe('eligible');
    for (const type of ['MedicationRequest', 'Procedure']) ehr.oddly(type, large);
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
  });

  it('by sending elsewhere has nothing and nobody asked there', async () => {
    const [ehr, other] = [await anEhr(WELL), await anEhr(WELL)];
    const app = await appFor(ehr, [other.base]);
    ehr.oddly('Condition', (response, path) => {
      response.writeHead(302, { location: `${other.base}/${path}` }).end();
    });
    expect((await decidedBy(app, ehr)).verdict).toBe('incomplete');
    expect(other.asked).toEqual([]);
  });

  it('in time is given up, and the answer is given all the same', async () => {
    const ehr = await anEhr([...WELL, HIGH_PRESSURE]);
    const app = await appFor(ehr);
    ehr.oddly('Condition', silence);
    ehr.oddly('Procedure', (response) => {
      response.writeHead(200).write('{"resourceType":');
    });
    const { value, ms } = await timed(() => callHook(app, { more: serverOf(ehr.base) }));
    expect(ms).toBeGreaterThan(1_000);
    expect(ms).toBeLessThan(2_500);
    expect((await decided(app, value)).verdict).toBe('incomplete');
  });

  it('and is not there at all is no fault of the service', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    await ehr.stop();
    const response = await callHook(app, { more: serverOf(ehr.base), prefetch: { patient: WELL[0] ?? {} } });
    expect((await decided(app, response)).verdict).toBe('incomplete');
  });
});

describe('a server that may not be asked', () => {
  const notAsked = async (app: TestApp, ehr: Ehr, more: object): Promise<void> => {
    const { length } = ehr.asked;
    const prefetch = without(await wholePrefetch(app, ehr), 'conditions');
    const response = await callHook(app, { prefetch, more: more as never });
    expect((await decided(app, response)).verdict).toBe('eligible');
    expect(ehr.asked).toHaveLength(length);
  };

  const told = ({ lines }: TestApp): readonly unknown[] =>
    lines.flatMap((line) => {
      const { msg, why } = JSON.parse(line) as { readonly msg: string; readonly why?: string };
      return msg === 'the FHIR server of a call was not asked' ? [why] : [];
    });

  it('for it is not listed is not, and the log of the service says so once a call', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const none = await aTestApp();
    await notAsked(none, ehr, serverOf(ehr.base));
    expect(told(none)).toEqual(['not-listed']);
    const near = [
      `${ehr.base}//`,
      `${ehr.base}/x`,
      ehr.base.slice(0, -1),
      ehr.base.replace('127.0.0.1', 'localhost'),
    ];
    for (const base of near) await notAsked(app, ehr, serverOf(base));
    expect(told(app)).toEqual(near.map(() => 'not-listed'));
  });

  it('for its token is of another kind, or none at all, is not', async () => {
    const ehr = await anEhr(WELL);
    const app = await appFor(ehr);
    const wrong = [
      { token_type: 'MAC' },
      { token_type: 7 },
      { access_token: 'a\r\nx: y' },
      { access_token: '' },
    ];
    for (const authorization of wrong) await notAsked(app, ehr, serverOf(ehr.base, authorization));
    await notAsked(app, ehr, { fhirServer: ehr.base, fhirAuthorization: 'Bearer x' });
    expect(told(app)).toEqual([...wrong, 1].map(() => 'no-bearer-token'));
  });

  it('is not told of where a call has no order for the treatment', async () => {
    const app = await aTestApp();
    await callHook(app, {
      hook: 'patient-view',
      prefetch: { medicationRequests: null },
      more: serverOf('https://a'),
    });
    expect(told(app)).toEqual([]);
  });
});
