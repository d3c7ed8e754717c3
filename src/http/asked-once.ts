import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered, AnsweredOnce, Request } from '../services/answer-once.js';
import { LOCAL_CLIENT, LOCAL_ORGANISATION } from './app-context.js';
import { readIdempotencyKey } from './idempotency-key.js';
import { Problem } from './problem.js';
import { bodyOf, type WithBody } from './request-body.js';

/**
 * A request to a path that stores, with its idempotency key, if it names one.
 * @throws Problem `invalid-header` where the key cannot be one
 */
export const askedOnce = (request: FastifyRequest<WithBody>, path: string): Request => ({
  organisation: LOCAL_ORGANISATION,
  client: LOCAL_CLIENT,
  path,
  key: readIdempotencyKey(request.headers['idempotency-key']),
  body: bodyOf(request),
});

/**
 * What a request that stores is answered with. The reply says whether it is the answer to an earlier one.
 * @throws Problem where its key cannot be honoured, or the intake has faults
 */
export const answeredOf = (outcome: AnsweredOnce, reply: FastifyReply): Answered => {
  if (outcome.kind === 'other-body') throw new Problem('idempotency-key-reused');
  if (outcome.kind === 'still-running') throw new Problem('still-running');
  if (!outcome.result.ok) throw new Problem('invalid-intake', outcome.result.issues);
  if (outcome.repeated) reply.header('idempotent-replayed', 'true');
  return outcome.result.value;
};
