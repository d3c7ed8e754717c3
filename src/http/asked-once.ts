import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered, AnsweredOnce, AnswerGiven, Request } from '../services/answer-once.js';
import { readIdempotencyKey } from './idempotency-key.js';
import { principalOf } from './principal.js';
import { Problem, type ProblemType } from './problem.js';
import { bodyOf, type WithBody } from './request-body.js';

/** The organisation and the client of whoever asks. */
export const whoAsks = (request: FastifyRequest): Pick<Request, 'organisation' | 'client'> => {
  const { organisation, client } = principalOf(request);
  return { organisation, client };
};

/**
 * A request to a path that stores, with its idempotency key, if it names one.
 * @throws Problem `invalid-header` where the key cannot be one
 */
export const askedOnce = (request: FastifyRequest<WithBody>, path: string): Request => ({
  ...whoAsks(request),
  path,
  key: readIdempotencyKey(request.headers['idempotency-key']),
  body: bodyOf(request),
});

/** An answer, durable unless it says less. `repeated` says that it was given to an earlier request with the same key. */
export type AnsweredAgain<T extends AnswerGiven = Answered> = T & { readonly repeated: boolean };

/**
 * What a request that stores is answered with.
 * @param faults how faults of what was sent are told
 * @throws Problem where its key cannot be honoured, or what was sent has faults
 */
export const answeredOf = <T extends AnswerGiven>(
  outcome: AnsweredOnce<T>,
  faults: ProblemType,
): AnsweredAgain<T | Answered> => {
  if (outcome.kind === 'other-body') throw new Problem('idempotency-key-reused');
  if (outcome.kind === 'still-running') throw new Problem('still-running');
  if (!outcome.result.ok) throw new Problem(faults, outcome.result.issues);
  return { ...outcome.result.value, repeated: outcome.repeated };
};

/** Sends an answer as it was stored, and says whether it was given before. */
export const sendAnswered = (
  reply: FastifyReply,
  { answer, repeated }: AnsweredAgain<AnswerGiven>,
): FastifyReply => {
  if (repeated) reply.header('idempotent-replayed', 'true');
  return reply.type('application/json').send(answer);
};
