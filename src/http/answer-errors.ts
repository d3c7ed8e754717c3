import type { FastifyInstance, FastifyReply } from 'fastify';
import { LogUnavailableError } from '../services/ports.js';
import type { AppContext } from './app-context.js';
import { Problem, problemOfStatus, sendProblem } from './problem.js';

const statusOf = (error: Error): number =>
  'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;

const answerError = (error: Error, reply: FastifyReply, { logger }: AppContext): FastifyReply => {
  const requestId = reply.request.id;
  if (error instanceof Problem) return sendProblem(reply, error.type, error.issues);
  if (error instanceof LogUnavailableError) {
    // Its message holds a code of the database, never data.
    logger.error({ requestId, cause: error.message }, 'the decision log cannot be used');
    return sendProblem(reply, 'log-unavailable');
  }
  const type = problemOfStatus(statusOf(error));
  if (type === 'internal-error') logger.error({ requestId, error: error.name }, 'a fault in the service');
  return sendProblem(reply, type);
};

/** Answers every error as a problem: those that routes raise, those of the framework, and paths that are not there. */
export const answerErrorsAsProblems = (app: FastifyInstance, context: AppContext): void => {
  app.setErrorHandler((error: Error, _request, reply) => answerError(error, reply, context));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
};
