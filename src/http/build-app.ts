import { setMaxListeners } from 'node:events';
import accepts from '@fastify/accepts';
import etag from '@fastify/etag';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { answerErrorsAsProblems } from './answer-errors.js';
import type { AppContext, AppParts, Tls } from './app-context.js';
import { letInWhoMay } from './authenticate.js';
import { limitBodyTime } from './body-deadline.js';
import { answerClientError, answerOddRequests } from './client-errors.js';
import { allowOrigins } from './cross-origin.js';
import { limitLoad } from './limit-load.js';
import { refuseOtherAnswers, refuseOtherBodies } from './media-types.js';
import { measureRequests } from './metrics/measure-requests.js';
import { newMeters } from './metrics/meters.js';
import { observeRequests } from './observe.js';
import { descriptionOptions } from './openapi/document.js';
import { refuseOtherMethods, watchPaths } from './other-methods.js';
import { PRINCIPAL } from './principal.js';
import { problemOfStatus, sendProblem } from './problem.js';
import { batchRoutes } from './routes/batch.js';
import { cdsRoutes, discoveryRoutes, feedbackReportRoutes } from './routes/cds.js';
import { decisionListRoutes } from './routes/decision-list.js';
import { decisionsRoutes } from './routes/decisions.js';
import { takeNoQuery } from './query.js';
import { exportRoutes } from './routes/export.js';
import { healthRoutes } from './routes/health.js';
import { intakeRoutes } from './routes/intake.js';
import { handoverRoutes } from './routes/handover.js';
import { metricsRoutes } from './routes/metrics.js';
import { docsRoutes, openapiRoutes } from './routes/openapi.js';
import { proofRoutes } from './routes/proofs.js';
import { replayRoutes } from './routes/replay.js';
import { rulesComparisonRoutes } from './routes/rules-comparison.js';
import { rulesRoutes } from './routes/rules.js';
import { screeningRoutes } from './routes/screening.js';
import { sendSafeHeaders } from './safe-headers.js';
import { BODY_LIMIT, takeStrictJsonOnly } from './strict-json.js';

/** How long the head of a request may take, in milliseconds. */
const HEAD_TIMEOUT_MS = 6_000;

/** How long any request may take to arrive, in milliseconds: lines may come for an hour; any other body has a limit of its own. */
const REQUEST_TIMEOUT_MS = 3_600_000;

const CHECK_INTERVAL_MS = 1_000;

const SERVER = {
  headersTimeout: HEAD_TIMEOUT_MS,
  connectionsCheckingInterval: CHECK_INTERVAL_MS,
  requireHostHeader: false,
} as const;

/** What listens: HTTP, or HTTPS where it speaks TLS itself. Versions of TLS before 1.2 are not spoken. */
const serverOf = (tls: Tls | null): { readonly http: object } | { readonly https: object } =>
  tls === null ? { http: SERVER } : { https: { ...SERVER, ...tls, minVersion: 'TLSv1.2' } };

const createApp = ({ ports, reception }: AppParts): FastifyInstance =>
  fastify({
    ...serverOf(reception.tls),
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // What arrives on an open connection while the service stops is still answered; the answer closes the connection.
    return503OnClosing: false,
    genReqId: () => ports.chance.newId(),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, _request, reply) => {
      sendProblem(reply, problemOfStatus(error.statusCode ?? 400));
    },
  });

type Routes = (app: FastifyInstance, context: AppContext) => void;

/** Routes that take no query: they refuse every parameter. */
const withoutQuery = async (
  app: FastifyInstance,
  context: AppContext,
  routes: readonly Routes[],
): Promise<void> => {
  await app.register((plain) => {
    takeNoQuery(plain);
    for (const register of routes) register(plain, context);
    return Promise.resolve();
  });
};

/** What patients sent and what was decided on it is never kept by a cache. */
const patientRoutes = async (app: FastifyInstance, context: AppContext): Promise<void> => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done();
  });
  await withoutQuery(app, context, [batchRoutes, decisionsRoutes, cdsRoutes]);
  // These read their own query, and refuse what they do not take.
  for (const register of [
    screeningRoutes,
    replayRoutes,
    decisionListRoutes,
    proofRoutes,
    exportRoutes,
    feedbackReportRoutes,
  ])
    register(app, context);
  await withoutQuery(app, context, [handoverRoutes, healthRoutes]);
};

/** What is the same for everyone is answered with a strong ETag, so that a client need not fetch it twice. */
const publicRoutes = async (app: FastifyInstance, context: AppContext): Promise<void> => {
  await app.register(etag);
  await withoutQuery(app, context, [rulesRoutes, rulesComparisonRoutes, discoveryRoutes]);
  intakeRoutes(app, context);
};

const limitedRoutes = async (app: FastifyInstance, context: AppContext): Promise<void> => {
  limitLoad(app, context.reception.mostAtOnce, context.meters.atWork);
  await app.register((patient) => patientRoutes(patient, context));
  await app.register((shared) => publicRoutes(shared, context));
};

/** What the API is, for programs and for people: not in JSON alone, so that it is no part of what answers in JSON only. */
const descriptionRoutes = async (app: FastifyInstance): Promise<void> => {
  await app.register(async (programs) => {
    await programs.register(etag);
    openapiRoutes(programs);
  });
  await app.register(docsRoutes);
};

/** Tells when a service is told to stop. */
const stoppingOf = (app: FastifyInstance): AbortSignal => {
  const controller = new AbortController();
  // One listener for each batch that runs, however many there are.
  setMaxListeners(0, controller.signal);
  app.addHook('preClose', (done) => {
    controller.abort();
    done();
  });
  return controller.signal;
};

/**
 * Builds the service without listening: routes, strict JSON, problems. It can be tried with real HTTP or injected requests.
 */
export const buildApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const app = createApp(parts);
  const context = { ...parts, meters: newMeters(), stopping: stoppingOf(app) };
  // Bodies are read by formats, which tell every fault at once; answers are canonical text already.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  // First, so that an answer of any later hook names its request too.
  observeRequests(app, context);
  measureRequests(app, context.meters.registry);
  app.decorateRequest(PRINCIPAL, null);
  answerOddRequests(app);
  refuseOtherBodies(app);
  limitBodyTime(app);
  takeStrictJsonOnly(app);
  answerErrorsAsProblems(app, context);
  await sendSafeHeaders(app, parts.reception.isProtected);
  await allowOrigins(app, parts);
  const paths = watchPaths(app);
  await app.register(swagger, descriptionOptions());
  await app.register(accepts);
  await app.register(async (api) => {
    await letInWhoMay(api, context);
    refuseOtherAnswers(api);
    // Not limited: it is asked most when there is most to do.
    await withoutQuery(api, context, [metricsRoutes]);
    await api.register((limited) => limitedRoutes(limited, context));
  });
  await app.register(descriptionRoutes);
  refuseOtherMethods(app, paths);
  return app;
};
