import request from 'supertest';
import { expect } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { aBundle, aCall, anOrder, aPatient, PATIENT, route, signing } from '../support/hook-call.js';
import { routeRules } from '../support/hook-rules.js';
import { answerOf, bodyOf, type AnswerSent } from '../support/http.js';
import { condition } from '../support/records.js';
import { storedIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';
import { call, cardFor, cardsIn, expectRefused, listedServices, without } from './calls.js';
import type { Topic } from './row.js';

const DEPTH = 'test/unit/formats/cds/take-prefetch.test.ts';

const NO_PATIENT = ['missing-key /prefetch/patient'];

const FAILED: JsonObject = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception' }],
};

/** A psychosis that is there now is a contraindication. */
const PSYCHOSIS = aBundle([condition('icd10cm:F31.2', { subject: { reference: `Patient/${PATIENT}` } })]);

/** The decision that a call came to. */
const decisionOn = async (app: TestApp, prefetch: JsonObject): Promise<AnswerSent> => {
  const response = await call(app, aCall('order-sign', { prefetch: { patient: aPatient(), ...prefetch } }));
  const { extension = {} } = cardsIn(response)[0] ?? {};
  const { id } = extension['org.ketamine-screening.decision'] as { readonly id: string };
  return answerOf(await request(app.url).get(`/decisions/${id}`));
};

const askedIn = ({ missing }: AnswerSent): readonly string[] => missing.map(({ fact }) => fact);

/** Where this value stands by the key of the conditions, what it could have told is as unknown as if nothing stood there. */
const isUnknown = async (value: JsonValue): Promise<void> => {
  const app = await aTestApp();
  const [bare, empty] = [await decisionOn(app, {}), await decisionOn(app, { conditions: value })];
  expect([bare.verdict, empty.verdict]).toEqual(['incomplete', 'incomplete']);
  expect(askedIn(bare)).toContain('activePsychosis');
  expect(askedIn(empty)).toEqual(askedIn(bare));
};

/** Where this value stands by the key of the conditions, the card names the key and nothing is cleared. */
const isTold = async (value: JsonObject, told: RegExp): Promise<void> => {
  const prefetch = { patient: aPatient(), conditions: value };
  const { indicator, detail } = await cardFor(aCall('order-sign', { prefetch }));
  expect([indicator, detail]).toEqual(['warning', expect.stringMatching(told)]);
  expect(detail).toContain('(`/prefetch/conditions');
};

/** What comes with a call of the record of a patient. */
export const PREFETCHES: Topic = {
  name: 'Prefetch',
  file: 'test/conformance/prefetches.ts',
  rows: [
    {
      ids: '28-30',
      says: 'Templates are registered in the list of services, and their data come by the same keys.',
      also: 'test/unit/formats/cds/hook-intake.test.ts',
      shows: async () => {
        const app = await aTestApp();
        for (const { prefetch } of await listedServices(app))
          expect(Object.keys(prefetch)).toEqual(expect.arrayContaining(['patient', 'conditions']));
        expect((await decisionOn(app, { conditions: PSYCHOSIS })).verdict).toBe('ineligible');
      },
    },
    {
      ids: '23',
      says: 'A call may come without a prefetch; where it has one, that is an object.',
      shows: async () => {
        const app = await aTestApp();
        expectRefused(await call(app, without(aCall('order-sign'), 'prefetch')), 412, NO_PATIENT);
        expectRefused(await call(app, aCall('order-sign', { prefetch: [] })), 422, ['wrong-type /prefetch']);
      },
    },
    {
      ids: '37, 49, 51',
      says: 'A key that a client does not honour, or cannot, is left out: what it could have told is unknown.',
      shows: async () => {
        const app = await aTestApp();
        const { verdict, bounds, missing } = await decisionOn(app, {});
        expect([verdict, bounds.floor, bounds.ceiling]).toEqual(['incomplete', 'eligible', 'ineligible']);
        expect(missing.length).toBeGreaterThan(50);
      },
    },
    {
      ids: '53',
      says: 'A key with nothing on file is null: what it could have told is unknown.',
      also: DEPTH,
      shows: () => isUnknown(null),
    },
    {
      source: '3.0',
      says: 'A key with nothing on file is an empty Bundle: what it could have told is unknown.',
      shows: () => isUnknown({ resourceType: 'Bundle', type: 'searchset', total: 0 }),
    },
    {
      ids: '50, 52',
      says: 'An error while data were fetched comes as an OperationOutcome: it is looked for, and is no absence.',
      also: DEPTH,
      shows: async () => {
        await isTold(FAILED, /told of an error/);
        await isTold(aBundle([FAILED]), /told of an error|OperationOutcome/);
      },
    },
    {
      ids: '48',
      says: 'A result may come in pages: one that has more is not complete, and what is not sent is not absent.',
      also: DEPTH,
      shows: () =>
        isTold(
          aBundle([], { link: [{ relation: 'next', url: 'https://ehr.example/r4?page=2' }] }),
          /has more than was sent/,
        ),
    },
    {
      ids: '54',
      says: 'Where what is required cannot be had the answer is 412; it names the key, and nothing is stored.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const before = storedIn(app.connection);
        const values = [null, FAILED, aPatient({ id: 'another' }), aBundle([])];
        for (const prefetch of [{}, ...values.map((patient) => ({ patient }))])
          expectRefused(await call(app, aCall('order-sign', { prefetch })), 412, NO_PATIENT);
        expect(storedIn(app.connection)).toBe(before);
      },
    },
    {
      source: '3.0',
      says: 'The body of a 412 is an OperationOutcome; a problem for a client that puts `application/problem+json` first in `Accept`.',
      shows: async () => {
        const { url } = await aTestApp();
        const ask = (accept: string): request.Test =>
          request(url)
            .post('/cds-services/ketamine-order-sign')
            .set('accept', accept)
            .send(aCall('order-sign', { prefetch: {} }));
        for (const accept of ['application/json', '*/*', 'application/fhir+json, application/json']) {
          const told = await ask(accept);
          expect([told.status, bodyOf(told)], accept).toMatchObject([
            412,
            {
              resourceType: 'OperationOutcome',
              issue: [{ code: 'required', diagnostics: '/prefetch/patient' }],
            },
          ]);
        }
        expect((await ask('application/problem+json, application/json')).headers['content-type']).toMatch(
          /^application\/problem\+json/,
        );
      },
    },
    {
      source: 'practice',
      says: 'The Patient alone is required: all else that is missing is named in the card.',
      shows: async () => {
        const { indicator, detail } = await cardFor(aCall('order-sign'));
        expect([indicator, detail]).toEqual(['warning', expect.stringContaining('**Missing**')]);
      },
    },
    {
      source: 'practice',
      says: 'A contraindication that is known shows, whatever else is missing.',
      shows: async () => {
        const app = await aTestApp({ rules: routeRules() });
        const order = anOrder({ dosageInstruction: [{ route: route('34206005') }] });
        expect(cardsIn(await call(app, signing(order)))).toMatchObject([{ indicator: 'critical' }]);
        expect(
          (await decisionOn(await aTestApp(), { conditions: PSYCHOSIS, procedures: FAILED })).verdict,
        ).toBe('ineligible');
      },
    },
    {
      source: 'field',
      says: 'A value comes wrapped with the status of the answer, as in 1.0.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const wrapped = (status: string): JsonObject => ({ response: { status }, resource: PSYCHOSIS });
        expect((await decisionOn(app, { conditions: wrapped('200 OK') })).verdict).toBe('ineligible');
        await isTold(wrapped('500'), /About the data/);
      },
    },
  ],
};
