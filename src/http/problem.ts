import type { FastifyReply } from 'fastify';
import type { Issue } from '../values/issue.js';
import type { JsonObject } from '../values/json.js';
import { FHIR_JSON, PROBLEM_JSON, speaksFhir } from './fhir-media.js';
import { outcomeText } from './problem-outcome.js';

/** A kind of problem: the status that it is sent with, what it is, and what to do about it. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly mend: string };

/** Every kind of problem that the service answers with. Each is a stable `type` that integrators may branch on. */
export const PROBLEMS = {
  'malformed-body': {
    status: 400,
    title: 'The body is not strict JSON',
    mend: 'Send UTF-8 JSON in which no object names a key twice; `errors` points to each fault.',
  },
  'bad-request': {
    status: 400,
    title: 'The request cannot be read',
    mend: 'Send a well-formed HTTP/1.1 request.',
  },
  'invalid-header': {
    status: 400,
    title: 'A header has a value that it cannot have',
    mend: 'Correct the header that `errors` names.',
  },
  unauthenticated: {
    status: 401,
    title: 'Nobody is known by this request',
    mend: 'Send `Authorization: Bearer` with a key of this service or an access token that counts. One that was taken back or is over is told like one that never was.',
  },
  forbidden: {
    status: 403,
    title: 'This client may not do this',
    mend: 'Ask for a key or a token with the scope that the header `WWW-Authenticate` names.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    mend: 'Check the path and the id. A decision of another organisation is not found either.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This path does not take this method',
    mend: 'Use a method that the header `Allow` names.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No answer in a form that the client accepts',
    mend: 'Accept application/json, or the type that the path is described with.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    mend: 'Send the whole request within ten seconds.',
  },
  'still-running': {
    status: 409,
    title: 'A request with this idempotency key is still running',
    mend: 'Send it again a little later.',
  },
  'version-gone': {
    status: 410,
    title: 'The rule-set version that decided is nowhere to be had',
    mend: 'Put the files of the version that `ruleSet` of the decision names back among the rules.',
  },
  erased: {
    status: 410,
    title: 'The decision was erased',
    mend: 'Nothing can bring it back. `proof` shows that it was made and stands in the log as it did.',
  },
  expired: {
    status: 410,
    title: 'The code has expired, and the intake cannot be fetched any more',
    mend: 'Ask the patient again: a code is good for 14 days.',
  },
  'patient-missing': {
    status: 412,
    title: 'The patient cannot be had, so nothing can be screened',
    mend: 'Send the Patient that the context names under the prefetch key `patient`, or let the service ask the FHIR server for it.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    mend: 'Send at most 256 KiB; of FHIR, and to a CDS service, at most 6 MiB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a type that this path does not take',
    mend: 'Send `Content-Type: application/json`, or the type that the path is described with.',
  },
  'invalid-intake': {
    status: 422,
    title: 'The intake has faults, and nothing was stored',
    mend: 'Correct every place that `errors` points to, and send it again.',
  },
  'invalid-hook': {
    status: 422,
    title: 'The call of the hook has faults, and nothing was stored',
    mend: 'Correct every place that `errors` points to.',
  },
  'invalid-feedback': {
    status: 422,
    title: 'The feedback has faults, and nothing was stored',
    mend: 'Correct every place that `errors` points to, and send it again.',
  },
  'invalid-query': {
    status: 422,
    title: 'The query has faults',
    mend: 'Correct every parameter that `errors` points to.',
  },
  'invalid-search': {
    status: 422,
    title: 'The search has faults',
    mend: 'Correct every place that `errors` points to, and send it again.',
  },
  'no-such-size': {
    status: 422,
    title: 'The log never had such a size, or not yet the entry at it',
    mend: 'Ask for a size from that of the entry on, up to that of the newest checkpoint.',
  },
  'invalid-resolution': {
    status: 422,
    title: 'The resolution has faults, and nothing was stored',
    mend: 'Correct every place that `errors` points to, and send it again.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This idempotency key was used for another body',
    mend: 'Use a new key for a new request.',
  },
  'too-many-requests': {
    status: 429,
    title: 'This client asks more often than it may',
    mend: 'Send it again after the time that `Retry-After` names.',
  },
  'head-too-large': {
    status: 431,
    title: 'The head of the request is too large',
    mend: 'Send fewer or shorter headers.',
  },
  'internal-error': {
    status: 500,
    title: 'The service has a fault',
    mend: 'Report it with the id under `instance`. No verdict was given.',
  },
  'identity-unavailable': {
    status: 503,
    title: 'The issuer of this token cannot be asked, so nobody is known by it',
    mend: 'Send it again after the time that `Retry-After` names. A key of this service works meanwhile.',
  },
  'log-unavailable': {
    status: 503,
    title: 'The decision log cannot be used now, so no verdict is given',
    mend: 'Send it again after the time that `Retry-After` names.',
  },
  'rules-unusable': {
    status: 503,
    title: 'This service cannot use the version in force, so no verdict is given',
    mend: 'A version that this service does not understand was put in force: start a service that does, or activate another version.',
  },
  overloaded: {
    status: 503,
    title: 'The service is asked more than it can answer, and has not begun with this',
    mend: 'Send it again after the time that `Retry-After` names.',
  },
  stopping: {
    status: 503,
    title: 'The service stops, and reads no further',
    mend: 'Send what was not answered again, after the time that `Retry-After` names.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** The name of a kind of problem. */
export type ProblemType = keyof typeof PROBLEMS;

/** The stable name of a kind of problem on the wire. */
export const urnOf = (type: ProblemType): string => `urn:ketamine-screening:problem:${type}`;

/** What a problem tells beside its kind: every fault of the input, and what only this kind has. */
export type ProblemDetails = {
  readonly issues?: readonly Issue[];
  readonly more?: JsonObject;
  /** When to try again, in seconds, where it is known better than it is of all problems of its kind. */
  readonly retryAfter?: number;
};

/** A problem as a route raises it: its kind, and the faults of the input where there are some. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: ProblemType;
  readonly issues: readonly Issue[];
  /** Members beside those that every problem has. */
  readonly more: JsonObject;

  constructor(type: ProblemType, issues: readonly Issue[] = [], more: JsonObject = {}) {
    super(PROBLEMS[type].title);
    this.type = type;
    this.issues = issues;
    this.more = more;
  }
}

/** How long a client should wait before it tries again, in seconds. */
export const RETRY_AFTER_SECONDS = '2';

/** The kinds that stand for a status which Fastify or Node give themselves. */
const BY_STATUS: ReadonlyMap<number, ProblemType> = new Map([
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [406, 'not-acceptable'],
  [408, 'request-timeout'],
  [413, 'too-large'],
  [415, 'unsupported-media-type'],
  [431, 'head-too-large'],
]);

/** The kind of problem that a status of Fastify's own stands for. */
export const problemOfStatus = (status: number): ProblemType =>
  BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'bad-request' : 'internal-error');

/** The text of a problem, as RFC 9457 has it. It holds no value that was sent, no path of a file and no stack. */
export const problemText = (
  type: ProblemType,
  requestId: string | null,
  { issues = [], more = {} }: ProblemDetails = {},
): string =>
  JSON.stringify({
    type: urnOf(type),
    title: PROBLEMS[type].title,
    status: PROBLEMS[type].status,
    detail: PROBLEMS[type].mend,
    ...(requestId === null ? {} : { instance: `urn:ketamine-screening:request:${requestId}` }),
    ...(issues.length > 0 ? { errors: issues } : {}),
    ...more,
  });

/** The statuses of what may go better a little later. */
const TRANSIENT: ReadonlySet<number> = new Set([409, 429, 503]);

/** Which problem each answer was, as long as the answer is known. */
const sent = new WeakMap<FastifyReply, ProblemType>();

/** Which problem an answer was; null where it was none. */
export const problemSentBy = (reply: FastifyReply): ProblemType | null => sent.get(reply) ?? null;

/** Sends a problem as `application/problem+json`; as an OperationOutcome to a client that speaks FHIR. */
export const sendProblem = (
  reply: FastifyReply,
  type: ProblemType,
  details: ProblemDetails = {},
): FastifyReply => {
  const { status } = PROBLEMS[type];
  sent.set(reply, type);
  if (TRANSIENT.has(status)) reply.header('retry-after', String(details.retryAfter ?? RETRY_AFTER_SECONDS));
  reply.code(status).header('cache-control', 'no-store');
  return speaksFhir(reply.request)
    ? reply.type(FHIR_JSON).send(outcomeText({ type, ...PROBLEMS[type] }, details.issues ?? []))
    : reply.type(PROBLEM_JSON).send(problemText(type, reply.request.id, details));
};
