import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takesLines } from './media-types.js';
import { sendProblem } from './problem.js';

/** How long a body may take to arrive, in milliseconds: one that drips in is given up in time. */
const BODY_TIMEOUT_MS = 10_000;

/** How long a connection may be silent in both directions while lines are sent and answered, in milliseconds. */
const SILENCE_TIMEOUT_MS = 30_000;

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? '0') > 0;

const giveUp = (request: FastifyRequest, reply: FastifyReply): void => {
  const cut = (): void => {
    request.raw.destroy();
  };
  if (reply.sent) {
    cut();
    return;
  }
  reply.raw.once('finish', cut);
  sendProblem(reply.header('connection', 'close'), 'request-timeout');
};

/**
 * Gives up a request whose body does not arrive in time. Lines may go on for as long as they come and are answered, which Node's own limit for a
 * request could not tell apart from a body that drips in.
 */
export const limitBodyTime = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (takesLines(request)) request.raw.setTimeout(SILENCE_TIMEOUT_MS);
    else if (hasBody(request)) {
      const timer = setTimeout(() => {
        giveUp(request, reply);
      }, BODY_TIMEOUT_MS);
      const stop = (): void => {
        clearTimeout(timer);
      };
      request.raw.once('end', stop).once('close', stop);
    }
    done();
  });
};
