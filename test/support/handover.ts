import request, { type Response } from 'supertest';
import type { JsonObject } from '../../src/values/json.js';
import { expectDescribed } from './checked-answers.js';
import type { MissingSent } from './http.js';
import type { TestApp } from './test-app.js';

/** The answer to an intake that was handed over, as far as tests look at it. */
export type HandoverSent = {
  readonly code: string;
  readonly receivedAt: string;
  readonly expiresAt: string;
  readonly openQuestions: number;
  readonly missing: readonly MissingSent[];
  readonly alsoUseful: readonly MissingSent[];
  readonly ruleSet: JsonObject;
};

const described = (method: string, path: string, response: Response): Response => {
  const { status, headers, text } = response;
  expectDescribed({ method, path, status, headers, body: text });
  return response;
};

/** Hands an intake over, under an idempotency key where one is given. The API description must allow the answer. */
export const handOver = async ({ url }: TestApp, intake: JsonObject, key?: string): Promise<Response> =>
  described(
    'POST',
    '/intakes',
    await request(url)
      .post('/intakes')
      .set(key === undefined ? {} : { 'idempotency-key': key })
      .send(intake),
  );

/** The answer of a response. */
export const handoverOf = ({ text }: Response): HandoverSent => JSON.parse(text) as HandoverSent;

/** Hands an intake over. @returns its code */
export const codeOf = async (app: TestApp, intake: JsonObject): Promise<string> =>
  handoverOf(await handOver(app, intake)).code;

/** Fetches what was handed over. The API description must allow the answer. */
export const fetchIntake = async ({ url }: TestApp, code: string): Promise<Response> =>
  described('GET', '/intakes/{code}', await request(url).get(`/intakes/${code}`));

/** The intake in a response. */
export const intakeIn = ({ text }: Response): JsonObject =>
  (JSON.parse(text) as { intake: JsonObject }).intake;
