import type { FastifyInstance, RouteGenericInterface } from 'fastify';
import type { AppContext } from '../app-context.js';
import type { Media } from '../media-types.js';
import { processRegistry } from '../metrics/process-registry.js';
import { stateMeter } from '../metrics/state-meter.js';
import { documented } from '../openapi/operation.js';
import { METRICS } from './metrics-operation.js';

/** `GET /metrics`: what the service counts and measures of itself, for whoever watches it. */
export const metricsRoutes = (app: FastifyInstance, context: AppContext): void => {
  const { registry } = context.meters;
  const look = stateMeter(context);
  const ofProcess = processRegistry();
  // With its version and its charset, so that a client which accepts only that very form is answered too.
  const config: Media = { takes: ['json'], sends: [registry.contentType, 'application/problem+json'] };
  app.get<RouteGenericInterface, Media>(
    '/metrics',
    { schema: documented(METRICS), config },
    async (_request, reply) => {
      await look();
      const texts = await Promise.all([registry.metrics(), ofProcess.metrics()]);
      return reply.header('cache-control', 'no-store').type(registry.contentType).send(texts.join('\n'));
    },
  );
};
