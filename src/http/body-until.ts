import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

/**
 * The body of a request, which ends early where a signal says so: what was begun then ends in its own way, and the connection is not cut. A body that the client
 * does not send to its end is an error of the stream.
 */
export const bodyUntil = (request: IncomingMessage, signal: AbortSignal): Readable => {
  const body = new PassThrough();
  const end = (): void => {
    request.unpipe(body);
    body.end();
    request.resume();
  };
  // Whoever reads the body is told of the error; where nobody does any more, it must not end the process.
  body.on('error', () => undefined);
  request.pipe(body);
  request.once('close', () => {
    signal.removeEventListener('abort', end);
    if (!request.readableEnded) body.destroy(new Error('the body was cut'));
  });
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return body;
};
