import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { PROBLEMS, problemText, sendProblem, type ProblemType } from './problem.js';

const kindOf = (code: string | undefined): ProblemType => {
  if (code === 'HPE_HEADER_OVERFLOW') return 'head-too-large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'bad-request';
};

const endWith = (socket: Duplex, type: ProblemType, headers: readonly string[] = []): void => {
  const { status } = PROBLEMS[type];
  const body = problemText(type, null);
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      'Cache-Control: no-store',
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      'Connection: close',
      ...headers,
      '',
      body,
    ].join('\r\n'),
  );
};

/**
 * Answers a request that Node could not read and Fastify never sees: as a problem, like every other error, and then closes the
 * connection.
 */
export const answerClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else endWith(socket, kindOf(error.code));
};

/** Answers what Node would answer without a body, or not at all: a request without a host, and a request for a tunnel. */
export const answerOddRequests = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      sendProblem(reply, 'bad-request');
    else done();
  });
  app.server.on('connect', (_request, socket) => {
    endWith(socket, 'method-not-allowed', ['Allow: GET, HEAD, POST']);
  });
};
