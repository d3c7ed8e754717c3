import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import { PROBLEMS, problemSentBy } from '../problem.js';

/** From a millisecond to ten seconds. */
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The statuses with which a request is turned away that would be answered at another time. */
const TURNED_AWAY: ReadonlySet<number> = new Set([429, 503]);

const turningAway: readonly string[] = Object.entries(PROBLEMS)
  .filter(([, { status }]) => TURNED_AWAY.has(status))
  .map(([type]) => type);

type Asked = { readonly operation: string; readonly method: string };

/** What is none of the operations is told as one, so that no caller can name more of them. */
const NO_OPERATION: Asked = { operation: 'none', method: 'any' };

const askedBy = ({ method, routeOptions: { schema } }: FastifyRequest): Asked => {
  const id: unknown = typeof schema === 'object' && 'operationId' in schema ? schema.operationId : null;
  return typeof id === 'string' ? { operation: id, method } : NO_OPERATION;
};

type Answered = (asked: Asked, reply: FastifyReply) => void;

const requestCounter = (registry: Registry): Answered => {
  const requests = new Counter({
    name: 'screening_http_requests_total',
    help: 'Requests that were answered, by operation, method and status.',
    labelNames: ['operation', 'method', 'status'],
    registers: [registry],
  });
  return (asked, { statusCode }) => {
    requests.inc({ ...asked, status: statusCode });
  };
};

const latencyMeter = (registry: Registry): Answered => {
  const latency = new Histogram({
    name: 'screening_http_request_duration_seconds',
    help: 'How long requests took until they were answered, by operation, method and class of status.',
    labelNames: ['operation', 'method', 'status_class'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return (asked, { statusCode, elapsedTime }) => {
    latency.observe({ ...asked, status_class: `${Math.floor(statusCode / 100)}xx` }, elapsedTime / 1000);
  };
};

const refusalCounter = (registry: Registry): Answered => {
  const turnedAway = new Counter({
    name: 'screening_requests_turned_away_total',
    help: 'Requests that were answered 429 or 503, by the type of the problem.',
    labelNames: ['problem'],
    registers: [registry],
  });
  for (const problem of turningAway) turnedAway.inc({ problem }, 0);
  return (_asked, reply) => {
    const problem = problemSentBy(reply);
    if (problem !== null && turningAway.includes(problem)) turnedAway.inc({ problem });
  };
};

/** Measures every request: how long it took and what it was answered, by the operation that it asked for and never by its path. */
export const measureRequests = (app: FastifyInstance, registry: Registry): void => {
  const meters = [requestCounter(registry), latencyMeter(registry), refusalCounter(registry)];
  app.addHook('onResponse', (request, reply, done) => {
    const asked = askedBy(request);
    for (const answered of meters) answered(asked, reply);
    done();
  });
};
