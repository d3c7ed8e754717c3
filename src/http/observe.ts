import type { FastifyInstance } from 'fastify';
import type { AppContext } from './app-context.js';
import { traceOf } from './trace-context.js';

/** The name under which a request keeps the id of its trace. */
const TRACE_ID = 'traceId';

/**
 * Carries the trace of each request through, names the request in its answer, and writes one line for it: route patterns instead of paths, ids and times, and
 * nothing else that came from outside.
 */
export const observeRequests = (app: FastifyInstance, { logger }: AppContext): void => {
  app.decorateRequest(TRACE_ID, '');
  app.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const trace = traceOf(typeof traceparent === 'string' ? traceparent : undefined);
    request.setDecorator(TRACE_ID, trace.traceId);
    reply.header('traceparent', trace.header).header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logger.info(
      {
        requestId: request.id,
        traceId: request.getDecorator<string>(TRACE_ID),
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
};
