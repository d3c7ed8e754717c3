import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.js';
import { json, documented, type Operation } from '../openapi/operation.js';
import { RETRY_AFTER_SECONDS } from '../problem.js';

const IS_LIVE: Operation = {
  operationId: 'isLive',
  summary: 'Does the process answer?',
  description: 'Answers as long as the process does. Restart it where it does not.',
  tag: 'operation',
  scope: null,
  answers: { 200: { description: 'It does.', headers: ['NoStore'], body: json('Live') } },
  problems: ['not-acceptable', 'invalid-query'],
};

const IS_READY: Operation = {
  operationId: 'isReady',
  summary: 'Can the service screen now?',
  description: 'Tries the decision log. Send no patients to a service that is not ready.',
  tag: 'operation',
  scope: null,
  answers: {
    200: { description: 'It can.', headers: ['NoStore'], body: json('Ready') },
    503: { description: 'It cannot, and why.', headers: ['NoStore', 'RetryAfter'], body: json('NotReady') },
  },
  problems: ['not-acceptable', 'invalid-query'],
};

/** `GET /health/live`: the process answers. `GET /health/ready`: it can screen now, or the reason why not. */
export const healthRoutes = (app: FastifyInstance, { whyNotReady }: AppContext): void => {
  app.get('/health/live', { schema: documented(IS_LIVE) }, (_request, reply) =>
    reply.send({ status: 'live' }),
  );

  app.get('/health/ready', { schema: documented(IS_READY) }, async (_request, reply) => {
    const reason = await whyNotReady();
    if (reason === null) return reply.send({ status: 'ready' });
    return reply.code(503).header('retry-after', RETRY_AFTER_SECONDS).send({ status: 'not ready', reason });
  });
};
