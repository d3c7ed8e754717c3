import type { FastifyRequest } from 'fastify';
import type { JsonValue } from '../values/json.js';

/** A route that takes a body. */
export type WithBody = { Body: JsonValue };

/** The body of a request. One without a body reaches a route as undefined: to a reader it is null, which is no intake. */
export const bodyOf = (request: FastifyRequest<WithBody>): JsonValue => request.body ?? null;
