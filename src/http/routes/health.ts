import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.js';

/** `GET /health/live`: the process answers. `GET /health/ready`: it can screen now, or the reason why not. */
export const healthRoutes = (app: FastifyInstance, { whyNotReady }: AppContext): void => {
  app.get('/health/live', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );

  app.get('/health/ready', async (_request, reply) => {
    const reason = await whyNotReady();
    reply.header('cache-control', 'no-store');
    return reason === null
      ? reply.send({ status: 'ready' })
      : reply.code(503).header('retry-after', '2').send({ status: 'not ready', reason });
  });
};
