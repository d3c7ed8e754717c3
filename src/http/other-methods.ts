import type { FastifyInstance, HTTPMethods } from 'fastify';
import { sendProblem } from './problem.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The methods that each path takes, as routes are declared. Call it before the first of them. */
export const watchMethods = (app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> => {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, url }) => {
    const methods = taken.get(url) ?? new Set<string>();
    [method].flat().forEach((one) => methods.add(one));
    taken.set(url, methods);
  });
  return taken;
};

/** Answers 405 with `Allow` for every other method of the paths that were declared. Call it after the last of them. */
export const refuseOtherMethods = (
  app: FastifyInstance,
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): void => {
  for (const [url, methods] of [...taken]) {
    const allow = [...methods].toSorted().join(', ');
    const others = METHODS.filter((method) => !methods.has(method));
    if (others.length === 0) continue;
    app.route({
      method: others,
      url,
      handler: (_request, reply) => sendProblem(reply.header('allow', allow), 'method-not-allowed'),
    });
  }
};
