import type { FastifyReply } from 'fastify';

/** Sends an answer that is to be asked for anew each time, and sent again only where it has changed. */
export const sendFresh = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header('cache-control', 'no-cache').send(body);
