import type { FastifyInstance } from 'fastify';
import { isForAnyone } from './path-scope.js';
import { sendProblem } from './problem.js';

/**
 * How many requests are worked on at once. Each waits for the same disk: with more of them none would be answered sooner, and all of them later than a caller
 * waits.
 */
export const MOST_AT_ONCE = 1_024;

/**
 * Turns away what comes while as much is worked on as can be, before anything is evaluated or stored. A request counts from the moment at which it has arrived whole,
 * so that slow senders take no one's place; what anyone may ask, such as whether the process lives, is always answered.
 */
export const limitLoad = (app: FastifyInstance, most: number = MOST_AT_ONCE): void => {
  let atWork = 0;
  app.addHook('preHandler', (request, reply, done) => {
    if (isForAnyone(request)) {
      done();
      return;
    }
    if (atWork >= most) {
      sendProblem(reply, 'overloaded');
      return;
    }
    atWork += 1;
    // Told once for every answer, whether it was sent whole or the caller went away.
    reply.raw.once('close', () => {
      atWork -= 1;
    });
    done();
  });
};
