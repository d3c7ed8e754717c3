import type { Socket } from 'node:net';
import { PROBLEMS, problemText, type ProblemType } from './problem.js';

const kindOf = (code: string | undefined): ProblemType => {
  if (code === 'HPE_HEADER_OVERFLOW') return 'head-too-large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'bad-request';
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers a request that Node could not read and Fastify never sees: as a problem, like every other error, and then closes the
 * connection.
 */
export const answerClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const type = kindOf(error.code);
  const { status } = PROBLEMS[type];
  const body = problemText(type, null);
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${REASONS[status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      'Cache-Control: no-store',
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};
