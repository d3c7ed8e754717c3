import type { FastifyInstance, HTTPMethods } from 'fastify';
import { sendProblem } from './problem.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Declares routes, and answers 405 with `Allow` for every other method of their paths.
 * @param declareRoutes declares routes on the app; nothing else may be declared under the same paths
 */
export const withOtherMethodsRefused = (
  app: FastifyInstance,
  declareRoutes: (app: FastifyInstance) => void,
): void => {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, path }) => {
    const methods = taken.get(path) ?? new Set<string>();
    [method].flat().forEach((one) => methods.add(one));
    taken.set(path, methods);
  });
  declareRoutes(app);
  for (const [url, methods] of [...taken]) {
    const allow = [...methods].toSorted().join(', ');
    app.route({
      method: METHODS.filter((method) => !methods.has(method)),
      url,
      handler: (_request, reply) => sendProblem(reply.header('allow', allow), 'method-not-allowed'),
    });
  }
};
