import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import { sendProblem } from './problem.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** The paths for which routes are declared. Call it before the first of them. */
export const watchPaths = (app: FastifyInstance): ReadonlySet<string> => {
  const paths = new Set<string>();
  app.addHook('onRoute', ({ url }) => {
    paths.add(url);
  });
  return paths;
};

/** Answers 405 with `Allow` for every other method of the paths that were declared. Call it after the last of them. */
export const refuseOtherMethods = (app: FastifyInstance, paths: ReadonlySet<string>): void => {
  for (const url of [...paths]) {
    // The router is asked: Fastify does not announce every route that it adds for a plugin.
    const taken = METHODS.filter((method) => app.hasRoute({ method, url }));
    const others = METHODS.filter((method) => !taken.includes(method));
    if (others.length === 0) continue;
    const refuse = (reply: FastifyReply): FastifyReply =>
      sendProblem(reply.header('allow', taken.toSorted().join(', ')), 'method-not-allowed');
    app.route({
      method: others,
      url,
      // What a path does not do is no operation of it: the description tells of 405 where it describes the path.
      schema: { hide: true },
      // Before the body is read: whatever stands in it, the method is what is wrong.
      onRequest: (_request, reply) => {
        refuse(reply);
      },
      handler: (_request, reply) => refuse(reply),
    });
  }
};
