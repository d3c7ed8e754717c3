import type { FastifyInstance } from 'fastify';
import { isForAnyone } from './path-scope.js';
import { sendProblem } from './problem.js';

/**
 * Turns away what comes while as much is worked on as can be, before anything is evaluated or stored. A request counts from the moment at which it has arrived whole,
 * so that slow senders take no one's place; what anyone may ask, such as whether the process lives, is always answered.
 * @param most how many are worked on at once
 * @param tell is told how many are worked on whenever that changes
 */
export const limitLoad = (app: FastifyInstance, most: number, tell: (atWork: number) => void): void => {
  let atWork = 0;
  const change = (by: number): void => {
    atWork += by;
    tell(atWork);
  };
  app.addHook('preHandler', (request, reply, done) => {
    if (isForAnyone(request)) {
      done();
      return;
    }
    // Whoever went away meanwhile will never be told that the answer has ended, and would keep a place for ever.
    if (reply.raw.destroyed) {
      done();
      return;
    }
    if (atWork >= most) {
      sendProblem(reply, 'overloaded');
      return;
    }
    change(1);
    // Told once for every answer, whether it was sent whole or the caller went away.
    reply.raw.once('close', () => {
      change(-1);
    });
    done();
  });
};
