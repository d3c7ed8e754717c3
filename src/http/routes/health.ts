import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.js';
import { RETRY_AFTER_SECONDS } from '../problem.js';

/** `GET /health/live`: the process answers. `GET /health/ready`: it can screen now, or the reason why not. */
export const healthRoutes = (app: FastifyInstance, { whyNotReady }: AppContext): void => {
  app.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));

  app.get('/health/ready', async (_request, reply) => {
    const reason = await whyNotReady();
    if (reason === null) return reply.send({ status: 'ready' });
    return reply.code(503).header('retry-after', RETRY_AFTER_SECONDS).send({ status: 'not ready', reason });
  });
};
