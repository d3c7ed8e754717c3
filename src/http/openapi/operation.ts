import { referenceTo, type WireShape } from '../../formats/wire-schemas.js';
import type { Scope } from '../../services/access.js';
import type { JsonObject } from '../../values/json.js';
import { FHIR_JSON } from '../fhir-media.js';
import { NDJSON } from '../media-types.js';
import type { ProblemType } from '../problem.js';
import { answerExamples, examplesOf, requestExamples, type Example } from './examples.js';
import { headersOf, TRACE, type HeaderName } from './headers.js';
import { parametersOf, type ParameterName } from './parameters.js';
import { ANYWHERE, AT_THE_DOOR, byStatus, problemReference, problemResponse } from './problems.js';

/** The groups in which operations are shown. */
export type Tag = 'screening' | 'intake' | 'rule history' | 'audit' | 'EHR' | 'operation';

/** A body: its media type and its schema. */
export type Body = { readonly type: string; readonly schema: JsonObject };

/** What comes back when there is no problem. */
export type Success = {
  readonly description: string;
  /** Headers beside those of the trace. */
  readonly headers: readonly HeaderName[];
  /** An answer without one has no body. Where there are several, the client says which it wants; the first is what it gets otherwise. */
  readonly body?: Body | readonly Body[];
};

/** What an operation takes and answers, as its route declares it. */
export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: Tag;
  /** What a client must be allowed to do; null where anyone may ask. */
  readonly scope: Scope | null;
  /** Parameters beside that of the trace. */
  readonly parameters?: readonly ParameterName[];
  /** The body that it takes, or each of those of which it takes one: its media type and its schema. */
  readonly takes?: Body | readonly Body[];
  /** By status. */
  readonly answers: Readonly<Record<string, Success>>;
  /** The kinds of problem that it can answer with, beside those that any path can. */
  readonly problems?: readonly ProblemType[];
};

/** What a route hands to Fastify, so that the API description is drawn from the routes and from nothing else. */
export type Documented = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Read by the door of the service. */
  readonly 'x-scope': Scope | null;
  readonly 'x-operation': JsonObject;
};

/** A body of a shape, as JSON. */
export const json = (shape: WireShape): Body => ({
  type: 'application/json',
  schema: referenceTo(shape),
});

/** A resource of FHIR of a shape. */
export const fhir = (shape: WireShape): Body => ({ type: FHIR_JSON, schema: referenceTo(shape) });

/** A body that is a JSON value of a shape a line: a text, as JSON Schema sees it. */
export const lines = (shape: WireShape | 'BatchLine', description: string): Body => ({
  type: NDJSON,
  schema: {
    type: 'string',
    description,
    contentMediaType: 'application/json',
    contentSchema: { $ref: `#/components/schemas/${shape}` },
  },
});

/** What a client gets that has the same bytes already. */
export const NOT_MODIFIED: Success = {
  description: 'Nothing has changed since the answer whose `ETag` was sent.',
  headers: ['NoCache', 'ETag'],
};

const isList = (body: Body | readonly Body[]): body is readonly Body[] => Array.isArray(body);

/** Bodies by their media type. What examples there are, are of the first. */
const contentOf = (body: Body | readonly Body[], examples: JsonObject | undefined): JsonObject =>
  Object.fromEntries(
    (isList(body) ? body : [body]).map(({ type, schema }, index) => [
      type,
      { schema, ...(examples === undefined || index > 0 ? {} : { examples }) },
    ]),
  );

const successOf = ({ description, headers, body }: Success, examples?: JsonObject): JsonObject => ({
  description,
  headers: headersOf([...TRACE, ...headers]),
  ...(body === undefined ? {} : { content: contentOf(body, examples) }),
});

const responsesOf = (operation: Operation, examples: readonly Example[]): JsonObject => {
  const successes = Object.entries(operation.answers).map(
    ([status, success]) => [status, successOf(success, answerExamples(examples, status))] as const,
  );
  const problems = byStatus([
    ...ANYWHERE,
    ...(operation.scope === null ? [] : AT_THE_DOOR),
    ...(operation.problems ?? []),
  ]).map(([status, types]) => {
    const shown = answerExamples(examples, String(status));
    return [
      String(status),
      shown === undefined ? problemReference(types) : problemResponse(types, shown),
    ] as const;
  });
  return Object.fromEntries([...successes, ...problems]);
};

const bodyOf = (body: Body | readonly Body[], examples: readonly Example[]): JsonObject => ({
  required: true,
  content: contentOf(body, requestExamples(examples)),
});

/**
 * The declaration of an operation, as the schema of its route. What stands under `x-operation` is the operation as OpenAPI writes it; Fastify
 * does not look at it, because bodies are read by formats, which tell every fault at once.
 */
export const documented = (operation: Operation): Documented => {
  const { operationId, summary, description, tag, scope, parameters = [], takes } = operation;
  const examples = examplesOf(operationId);
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    'x-scope': scope,
    'x-operation': {
      security: scope === null ? [] : [{ bearer: [scope] }],
      parameters: parametersOf([...parameters, 'Traceparent']),
      ...(takes === undefined ? {} : { requestBody: bodyOf(takes, examples) }),
      responses: responsesOf(operation, examples),
    },
  };
};
