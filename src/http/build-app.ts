import accepts from '@fastify/accepts';
import etag from '@fastify/etag';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { answerErrorsAsProblems } from './answer-errors.js';
import type { AppContext } from './app-context.js';
import { answerClientError, answerOddRequests } from './client-errors.js';
import { observeRequests } from './observe.js';
import { descriptionOptions } from './openapi/document.js';
import { refuseOtherMethods, watchPaths } from './other-methods.js';
import { problemOfStatus, sendProblem } from './problem.js';
import { healthRoutes } from './routes/health.js';
import { intakeRoutes } from './routes/intake.js';
import { docsRoutes, openapiRoutes } from './routes/openapi.js';
import { rulesRoutes } from './routes/rules.js';
import { screeningRoutes } from './routes/screening.js';
import { BODY_LIMIT, takeStrictJsonOnly } from './strict-json.js';

/** Time limits of a connection, in milliseconds: a head or a body that drips in is closed in time. */
const HEAD_TIMEOUT_MS = 6_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CHECK_INTERVAL_MS = 1_000;

const JSON_TYPES = [
  'application/json',
  'application/problem+json',
  'application/schema+json',
  'application/fhir+json',
  // Clients of FHIR name the release that they can read, and a type with a parameter accepts no type without it.
  'application/fhir+json; fhirVersion=4.0',
];

const createApp = ({ ports }: AppContext): FastifyInstance =>
  fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // What arrives on an open connection while the service stops is still answered; the answer closes the connection.
    return503OnClosing: false,
    http: {
      headersTimeout: HEAD_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      requireHostHeader: false,
    },
    genReqId: () => ports.chance.newId(),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, _request, reply) => {
      sendProblem(reply, problemOfStatus(error.statusCode ?? 400));
    },
  });

/** Refuses a request whose client accepts none of the forms of JSON that the service answers in. */
const answerJsonOnly = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.accepts().type(JSON_TYPES) === false) sendProblem(reply, 'not-acceptable');
    else done();
  });
};

/** What patients sent and what was decided on it is never kept by a cache. */
const patientRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done();
  });
  screeningRoutes(app, context);
  healthRoutes(app, context);
};

/** What is the same for everyone is answered with a strong ETag, so that a client need not fetch it twice. */
const publicRoutes = async (app: FastifyInstance, context: AppContext): Promise<void> => {
  await app.register(etag);
  rulesRoutes(app, context);
  intakeRoutes(app, context);
};

/** What the API is, for programs and for people: not in JSON alone, so that it is no part of what answers in JSON only. */
const descriptionRoutes = async (app: FastifyInstance): Promise<void> => {
  await app.register(async (programs) => {
    await programs.register(etag);
    openapiRoutes(programs);
  });
  await app.register(docsRoutes);
};

/**
 * Builds the service without listening: routes, strict JSON, problems. It can be tried with real HTTP or injected requests.
 */
export const buildApp = async (context: AppContext): Promise<FastifyInstance> => {
  const app = createApp(context);
  // Bodies are read by formats, which tell every fault at once; answers are canonical text already.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  // First, so that an answer of any later hook names its request too.
  observeRequests(app, context);
  answerOddRequests(app);
  takeStrictJsonOnly(app);
  answerErrorsAsProblems(app, context);
  const paths = watchPaths(app);
  await app.register(swagger, descriptionOptions());
  await app.register(accepts);
  await app.register(async (api) => {
    answerJsonOnly(api);
    await api.register((patient) => {
      patientRoutes(patient, context);
      return Promise.resolve();
    });
    await api.register((shared) => publicRoutes(shared, context));
  });
  await app.register(descriptionRoutes);
  refuseOtherMethods(app, paths);
  return app;
};
