import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import request, { type Response } from 'supertest';
import type { JsonObject } from '../../src/values/json.js';
import type { TestApp } from './test-app.js';

/** A reason of an answer, as far as tests look at it. */
export type ReasonSent = {
  readonly rule: string;
  readonly domain: string;
  readonly severity: string;
  readonly evidence: readonly JsonObject[];
  readonly citations: readonly JsonObject[];
};

/** A missing fact of an answer, as far as tests look at it. */
export type MissingSent = { readonly fact: string; readonly question: string; readonly couldMake: string };

/** An answer, as far as tests look at it. */
export type AnswerSent = {
  readonly id: string;
  readonly verdict: string;
  readonly bounds: { readonly floor: string; readonly ceiling: string };
  readonly reasons: readonly ReasonSent[];
  readonly precautions: readonly ReasonSent[];
  readonly missing: readonly MissingSent[];
  readonly alsoUseful: readonly MissingSent[];
  readonly undetermined: readonly string[];
  readonly validUntil: string | null;
  readonly expired: boolean;
  readonly retrospective: boolean;
  readonly asOf: string;
  readonly evaluatedAt: string;
  readonly supersedes?: string;
  readonly ruleSet: { readonly id: string; readonly version: string; readonly sha256: string };
};

/** The JSON object of a response. */
export const bodyOf = ({ text }: Response): JsonObject => JSON.parse(text) as JsonObject;

/** The answer of a response. */
export const answerOf = ({ text }: Response): AnswerSent => JSON.parse(text) as AnswerSent;

type OutcomeIssue = {
  readonly details: { readonly coding: readonly { readonly code: string }[] };
  readonly diagnostics?: string;
};

/** The faults that a problem or an OperationOutcome tells, as `code pointer`. */
export const faultsIn = ({ text }: Response): readonly string[] => {
  const { errors = [], issue = [] } = JSON.parse(text) as {
    readonly errors?: readonly { readonly code: string; readonly pointer: string }[];
    readonly issue?: readonly OutcomeIssue[];
  };
  return [
    ...errors.map(({ code, pointer }) => `${code} ${pointer}`),
    ...issue.map(({ details, diagnostics = '' }) => `${details.coding[0]?.code ?? ''} ${diagnostics}`),
  ];
};

/** The name of a problem, told as one or as an OperationOutcome without a fault; empty where an answer is none. */
export const problemIn = (response: Response): string => {
  const { type = '', issue = [] } = bodyOf(response) as {
    readonly type?: string;
    readonly issue?: readonly OutcomeIssue[];
  };
  return issue[0]?.details.coding[0]?.code ?? type.split(':').at(-1) ?? '';
};

/** Sends an intake to be screened. */
export const screenBy = async ({ url }: TestApp, intake: JsonObject): Promise<Response> =>
  request(url).post('/screen').send(intake);

/** Sends a body as it is, bytes or text, as JSON unless another type is given. */
export const postRaw = async ({ url }: TestApp, body: string | Buffer, path = '/screen'): Promise<Response> =>
  request(url)
    .post(path)
    .set('content-type', 'application/json')
    .serialize((sent: unknown) => sent as string)
    .send(body as string);

/** What came back to a request that was written by hand. */
export type RawResponse = { readonly status: number; readonly type: string; readonly text: string };

/** Sends a request with these headers and no others but what HTTP itself needs. */
export const rawRequest = (
  { url }: TestApp,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers: Record<string, string>; body?: string },
): Promise<RawResponse> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, url), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: (response.headers['content-type'] ?? '').replace(/;.*/, ''),
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

const VIGNETTES = new URL('../vignettes/', import.meta.url);

/** The names of the whole patients, in order. */
export const vignetteNames = (): readonly string[] =>
  readdirSync(VIGNETTES)
    .map((file) => file.replace('.json', ''))
    .toSorted();

/** The text of a whole patient. */
export const vignetteText = (name: string): string =>
  readFileSync(new URL(`${name}.json`, VIGNETTES), 'utf8');

/** The intake of a whole patient. */
export const intakeOf = (name: string): JsonObject =>
  (JSON.parse(vignetteText(name)) as { intake: JsonObject }).intake;

/** The facts of a whole patient. */
export const factsOf = (name: string): JsonObject =>
  (JSON.parse(vignetteText(name)) as { intake: { facts: JsonObject } }).intake.facts;
