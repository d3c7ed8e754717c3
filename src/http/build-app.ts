import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { LogUnavailableError } from '../services/ports.js';
import type { AppContext } from './app-context.js';
import { withOtherMethodsRefused } from './other-methods.js';
import { Problem, problemOfStatus, sendProblem } from './problem.js';
import { healthRoutes } from './routes/health.js';
import { rulesRoutes, schemaRoute } from './routes/rules.js';
import { decisionRoute, nextRoute, screenRoute } from './routes/screening.js';
import { BODY_LIMIT, takeStrictJsonOnly } from './strict-json.js';

/** Time limits of a connection, in milliseconds: a head or a body that drips in is closed in time. */
const HEAD_TIMEOUT_MS = 6_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CHECK_INTERVAL_MS = 1_000;

const answerError = (error: Error, reply: FastifyReply, { logger }: AppContext): FastifyReply => {
  if (error instanceof Problem) return sendProblem(reply, error.type, error.issues);
  if (error instanceof LogUnavailableError) {
    logger.error({ requestId: reply.request.id, cause: causeOf(error) }, 'the decision log cannot be used');
    return sendProblem(reply, 'log-unavailable');
  }
  const type = problemOfStatus(statusOf(error));
  if (type === 'internal-error')
    logger.error({ requestId: reply.request.id, error: error.name }, 'a fault in the service');
  return sendProblem(reply, type);
};

/** The code that a driver gives its error: a word such as SQLITE_BUSY, never a message that could hold data. */
const causeOf = ({ cause }: Error): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';

const statusOf = (error: Error): number =>
  'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;

/**
 * Builds the service without listening: routes, strict JSON, problems. It can be tried with real HTTP or injected requests.
 */
export const buildApp = (context: AppContext): FastifyInstance => {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEAD_TIMEOUT_MS, connectionsCheckingInterval: CHECK_INTERVAL_MS },
    genReqId: () => context.ports.chance.newId(),
    frameworkErrors: (error: FastifyError, _request, reply) => {
      sendProblem(reply, problemOfStatus(error.statusCode ?? 400));
    },
  });
  takeStrictJsonOnly(app);
  app.setErrorHandler((error: Error, _request, reply) => answerError(error, reply, context));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  app.addHook('onResponse', (request, reply, done) => {
    const { method, id, routeOptions } = request;
    context.logger.info(
      {
        requestId: id,
        method,
        route: routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
  withOtherMethodsRefused(app, () => {
    healthRoutes(app, context);
    screenRoute(app, context);
    nextRoute(app, context);
    decisionRoute(app, context);
    rulesRoutes(app, context);
    schemaRoute(app, context);
  });
  return app;
};
