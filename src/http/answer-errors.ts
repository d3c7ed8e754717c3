import type { FastifyInstance } from 'fastify';
import { writeInclusionProof } from '../formats/audit/write-proof.js';
import { ErasedError } from '../services/kept-decision.js';
import { LogUnavailableError, RulesUnusableError } from '../services/ports.js';
import type { AppContext } from './app-context.js';
import { Problem, problemOfStatus, sendProblem } from './problem.js';

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;

/**
 * The problem that an error is told as. A fault of the service or of its log is logged, by its kind and with the id of the request; what its message
 * says stays inside.
 */
export const problemOf = (
  error: unknown,
  requestId: string,
  { logger }: Pick<AppContext, 'logger'>,
): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof ErasedError)
    return new Problem('erased', [], { proof: writeInclusionProof(error.proof) });
  if (error instanceof LogUnavailableError) {
    // Its message holds a code of the database, never data.
    logger.error({ requestId, cause: error.message }, 'the decision log cannot be used');
    return new Problem('log-unavailable');
  }
  if (error instanceof RulesUnusableError) {
    logger.error({ requestId, cause: error.message }, 'the version in force cannot be used');
    return new Problem('rules-unusable');
  }
  const type = problemOfStatus(statusOf(error));
  if (type === 'internal-error')
    logger.error(
      { requestId, error: error instanceof Error ? error.name : typeof error },
      'a fault in the service',
    );
  return new Problem(type);
};

/** Answers every error as a problem: those that routes raise, those of the framework, and paths that are not there. */
export const answerErrorsAsProblems = (app: FastifyInstance, context: AppContext): void => {
  app.setErrorHandler((error: Error, request, reply) => {
    const problem = problemOf(error, request.id, context);
    return sendProblem(reply, problem.type, problem);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
};
