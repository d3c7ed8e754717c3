import type { FastifyReply } from 'fastify';
import type { Issue } from '../values/issue.js';

/** The kinds of problem that the service answers with. Each is a stable `type` that integrators may branch on. */
const PROBLEMS = {
  'malformed-body': { status: 400, title: 'The body is not strict JSON' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'invalid-intake': { status: 422, title: 'The intake has faults, and nothing was stored' },
  'invalid-query': { status: 422, title: 'The query has faults' },
  'internal-error': { status: 500, title: 'The service has a fault' },
  'log-unavailable': { status: 503, title: 'The decision log cannot be used now, so no verdict is given' },
} as const;

/** The name of a kind of problem. */
export type ProblemType = keyof typeof PROBLEMS;

/** A problem as a route raises it: its kind, and the faults of the input where there are some. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: ProblemType;
  readonly issues: readonly Issue[];

  constructor(type: ProblemType, issues: readonly Issue[] = []) {
    super(PROBLEMS[type].title);
    this.type = type;
    this.issues = issues;
  }
}

/** How long a client should wait before it tries again, in seconds. */
const RETRY_AFTER_SECONDS = '2';

/** The kind of problem that a status of Fastify's own stands for. */
export const problemOfStatus = (status: number): ProblemType => {
  const found = problemTypes.find((type) => PROBLEMS[type].status === status && type !== 'malformed-body');
  if (found !== undefined) return found;
  return status >= 400 && status < 500 ? 'bad-request' : 'internal-error';
};

const problemTypes: readonly ProblemType[] = [
  'bad-request',
  'not-found',
  'method-not-allowed',
  'too-large',
  'unsupported-media-type',
];

/** Sends a problem as RFC 9457 `application/problem+json`. It holds no value that was sent, no path of a file and no stack. */
export const sendProblem = (
  reply: FastifyReply,
  type: ProblemType,
  issues: readonly Issue[] = [],
): FastifyReply => {
  const { status, title } = PROBLEMS[type];
  if (status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:ketamine-screening:problem:${type}`,
        title,
        status,
        instance: `urn:ketamine-screening:request:${reply.request.id}`,
        ...(issues.length > 0 ? { errors: issues } : {}),
      }),
    );
};
