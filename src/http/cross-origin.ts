import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** How long a browser may remember what it was allowed, in seconds. */
const REMEMBERED_SECONDS = 600;

const ALLOWED: FastifyCorsOptions = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match', 'Traceparent'],
  exposedHeaders: [
    'ETag',
    'Link',
    'Location',
    'Retry-After',
    'Traceparent',
    'WWW-Authenticate',
    'X-Request-Id',
  ],
  maxAge: REMEMBERED_SECONDS,
};

const asksBefore = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined;

/**
 * Lets pages of these origins call the service from a browser. Every other origin, and a request that is no question of a browser, is answered as if there were none of this.
 * A page needs a credential like any other client: cookies are never read.
 */
export const allowOrigins = async (app: FastifyInstance, origins: readonly string[]): Promise<void> => {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  await app.register(cors, {
    delegator: (request, done) => {
      const { origin = '' } = request.headers;
      done(null, allowed.has(origin) && asksBefore(request) ? { ...ALLOWED, origin } : { origin: false });
    },
  });
};
