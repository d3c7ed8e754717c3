import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppParts } from './app-context.js';
import { isGuarded } from './guarded.js';

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

/** Where CDS services are. Clients of CDS Hooks run in browsers, on pages that nobody knows beforehand. */
export const CDS_PATH = '/cds-services';

/** Whether a request is for a CDS service, or for the list of them. */
export const isOfCds = ({ url }: FastifyRequest): boolean =>
  url === CDS_PATH || url.startsWith(`${CDS_PATH}/`) || url.startsWith(`${CDS_PATH}?`);

/**
 * Lets pages of the configured origins call the service from a browser; and any page the CDS services, as long as the service is open to its own machine and asks nobody
 * who it is. Every other origin, and a request that is no question of a browser, is answered as if there were none of this.
 * A page needs a credential like any other client: cookies are never read.
 */
export const allowOrigins = async (
  app: FastifyInstance,
  { reception, keybooks }: Pick<AppParts, 'reception' | 'keybooks'>,
): Promise<void> => {
  const allowed = new Set(reception.corsOrigins);
  const mayCall = (request: FastifyRequest, origin: string): boolean =>
    allowed.has(origin) || (isOfCds(request) && !isGuarded(reception, keybooks.known()));
  await app.register(cors, {
    delegator: (request, done) => {
      const { origin = '' } = request.headers;
      const isLetIn = origin !== '' && asksBefore(request) && mayCall(request, origin);
      done(null, isLetIn ? { ...ALLOWED, origin } : { origin: false });
    },
  });
};
