import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { stringify } from 'yaml';
import { documented, NOT_MODIFIED, type Body, type Operation } from '../openapi/operation.js';

/**
 * What the pages of the API reference may load: their own files, pictures inside their style sheets, and the styles that they set themselves.
 * Nothing comes from anywhere else, and no other page may show them in a frame.
 */
const CONTENT_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const answers = (body: Body): Operation['answers'] => ({
  200: { description: 'This document.', headers: ['NoCache', 'ETag'], body },
  304: NOT_MODIFIED,
});

const DOCUMENT = {
  type: 'object',
  properties: {
    openapi: { type: 'string' },
    info: { type: 'object' },
    paths: { type: 'object' },
  },
  required: ['openapi', 'info', 'paths'],
};

const OPENAPI_JSON: Operation = {
  operationId: 'openapiJson',
  summary: 'This document as JSON',
  description: 'The description of this API after OpenAPI 3.1, drawn from the routes that the service has.',
  tag: 'operation',
  scope: null,
  parameters: ['IfNoneMatch'],
  answers: answers({ type: 'application/json', schema: DOCUMENT }),
};

const OPENAPI_YAML: Operation = {
  operationId: 'openapiYaml',
  summary: 'This document as YAML',
  description: 'The same as `/openapi.json`, in a form that people read more easily.',
  tag: 'operation',
  scope: null,
  parameters: ['IfNoneMatch'],
  answers: answers({ type: 'application/yaml', schema: { type: 'string' } }),
};

const sendDocument = (reply: FastifyReply, type: string, text: string): FastifyReply =>
  reply.header('cache-control', 'no-cache').type(type).send(text);

/** The description of the API as YAML, with no line broken but where its text is: so that a change to it can be read line by line. */
export const yamlOf = (app: FastifyInstance): string => stringify(app.swagger(), { lineWidth: 0 });

/** Makes a text when it is first asked for, and keeps it: to write the whole description takes a moment, and it never changes. */
const keptText = (make: () => string): (() => string) => {
  let kept: string | null = null;
  return () => (kept ??= make());
};

/** `GET /openapi.json` and `GET /openapi.yaml`: what this API is, for programs. Anyone may have it, in one form each. */
export const openapiRoutes = (app: FastifyInstance): void => {
  const json = keptText(() => JSON.stringify(app.swagger()));
  const yaml = keptText(() => yamlOf(app));

  app.get('/openapi.json', { schema: documented(OPENAPI_JSON) }, (_request, reply) =>
    sendDocument(reply, 'application/json', json()),
  );

  app.get('/openapi.yaml', { schema: documented(OPENAPI_YAML) }, (_request, reply) =>
    sendDocument(reply, 'application/yaml; charset=utf-8', yaml()),
  );
};

/** `GET /docs`: the same for people. All of its files lie on this machine, and the browser is told to load no others. */
export const docsRoutes = async (app: FastifyInstance): Promise<void> => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', CONTENT_POLICY).header('x-content-type-options', 'nosniff');
    done();
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'ketamine-screening: API reference' },
    // Without the bar at the top, in which one could load some other description.
    uiConfig: {
      layout: 'BaseLayout',
      defaultModelsExpandDepth: 0,
      displayOperationId: true,
      docExpansion: 'list',
    },
  });
};
