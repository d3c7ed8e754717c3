import { referenceTo } from '../../formats/wire-schemas.js';
import { SHOWN_CODE_PATTERN } from '../../values/intake-code.js';
import type { JsonObject } from '../../values/json.js';
import { RETRY_AFTER_SECONDS } from '../problem.js';

type Header = {
  /** Its name on the wire. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonObject;
};

const TRACEPARENT = { type: 'string', pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' };

/** Headers of a request that cannot be read: its trace and its id may not be known yet. */
const ONCE_READ = 'Sent once the head of the request was read.';

const HEADERS = {
  Traceparent: {
    name: 'traceparent',
    description:
      'The trace that the request belongs to, after W3C Trace Context: that of the request, or a new one.',
    required: true,
    schema: TRACEPARENT,
  },
  TraceparentOnceRead: {
    name: 'traceparent',
    description: ONCE_READ,
    required: false,
    schema: TRACEPARENT,
  },
  RequestId: {
    name: 'x-request-id',
    description: 'The id of the request. A problem repeats it under `instance`.',
    required: true,
    schema: referenceTo('Id'),
  },
  RequestIdOnceRead: {
    name: 'x-request-id',
    description: ONCE_READ,
    required: false,
    schema: referenceTo('Id'),
  },
  NextPage: {
    name: 'Link',
    description: 'The next page, with `rel="next"`; absent on the last one.',
    required: false,
    schema: { type: 'string', pattern: '^</decisions[^>]*>; rel="next"$' },
  },
  NoStore: {
    name: 'Cache-Control',
    description: 'Never to be kept by a cache.',
    required: true,
    schema: { const: 'no-store' },
  },
  NoCache: {
    name: 'Cache-Control',
    description: 'To be asked for anew each time, with `If-None-Match`.',
    required: true,
    schema: { const: 'no-cache' },
  },
  ETag: {
    name: 'ETag',
    description: 'Names these very bytes. Send it back under `If-None-Match`.',
    required: true,
    schema: { type: 'string', pattern: '^"[^"]+"$' },
  },
  Location: {
    name: 'Location',
    description: 'The path under which the decision is found again.',
    required: true,
    schema: { type: 'string', pattern: '^/decisions/[0-9a-f-]{36}$' },
  },
  IntakeLocation: {
    name: 'Location',
    description:
      'The path under which the clinic fetches the intake. It holds the code, so keep it as secret as the answers.',
    required: true,
    schema: { type: 'string', pattern: SHOWN_CODE_PATTERN.source.replace('^', '^/intakes/') },
  },
  IdempotentReplayed: {
    name: 'Idempotent-Replayed',
    description:
      '`true` where the answer is the one that was stored for an earlier request with this idempotency key.',
    required: false,
    schema: { const: 'true' },
  },
  RetryAfter: {
    name: 'Retry-After',
    description: `How long to wait, in seconds. It is ${RETRY_AFTER_SECONDS}.`,
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  WwwAuthenticate: {
    name: 'WWW-Authenticate',
    description: 'What is asked for, after RFC 6750: a bearer credential; with 403 the scope that it lacks.',
    required: true,
    schema: { type: 'string' },
  },
  Allow: {
    name: 'Allow',
    description: 'The methods that the path takes, separated by commas.',
    required: true,
    schema: { type: 'string', pattern: '^[A-Z]+(, [A-Z]+)*$' },
  },
} as const satisfies Readonly<Record<string, Header>>;

/** The name of a header of an answer in the API description. */
export type HeaderName = keyof typeof HEADERS;

/** The headers of every answer to a request that could be read. */
export const TRACE: readonly HeaderName[] = ['Traceparent', 'RequestId'];

/** The headers of an answer to a request that perhaps could not be read. */
export const TRACE_ONCE_READ: readonly HeaderName[] = ['TraceparentOnceRead', 'RequestIdOnceRead'];

/** The headers of an answer, as an operation refers to them. */
export const headersOf = (names: readonly HeaderName[]): JsonObject =>
  Object.fromEntries(
    names.map((name) => [HEADERS[name].name, { $ref: `#/components/headers/${name}` }] as const),
  );

/** All headers of answers, by their names in the API description. */
export const headerComponents = (): JsonObject =>
  Object.fromEntries(
    Object.entries(HEADERS).map(([name, { description, required, schema }]) => [
      name,
      { description, required, schema },
    ]),
  );
