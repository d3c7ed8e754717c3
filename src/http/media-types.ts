import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FHIR_BODY } from './fhir-media.js';
import { sendProblem } from './problem.js';

/** What a path takes as its body: strict JSON, the same as resources of FHIR, or a JSON value a line. */
type BodyForm = 'json' | 'fhir' | 'ndjson';

/** What a route says in its `config` of the bodies that it takes and sends. One that says nothing takes JSON, and answers in its forms. */
export type Media = { readonly takes: readonly BodyForm[]; readonly sends: readonly string[] };

/** The media type of lines of JSON. */
export const NDJSON = 'application/x-ndjson';

/** Each form with the types that name it, and the one charset that JSON has. Anything looser has let bodies pass by unread in the past. */
const TAKEN: Readonly<Record<BodyForm, RegExp>> = {
  json: /^application\/json(?: *; *charset="?utf-8"?)?$/i,
  fhir: FHIR_BODY,
  ndjson: /^application\/(?:x-)?ndjson(?: *; *charset="?utf-8"?)?$/i,
};

const JSON_ONLY: Media = {
  takes: ['json'],
  sends: ['application/json', 'application/problem+json', 'application/schema+json'],
};

const isMedia = (media: object): media is Media => 'takes' in media && 'sends' in media;

const mediaOf = ({ routeOptions: { config } }: FastifyRequest): Media =>
  isMedia(config) ? config : JSON_ONLY;

/** Whether the path of a request takes lines of JSON. */
export const takesLines = (request: FastifyRequest): boolean => mediaOf(request).takes.includes('ndjson');

const isTaken = (request: FastifyRequest): boolean => {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  const typeIsTaken = type === undefined || mediaOf(request).takes.some((form) => TAKEN[form].test(type));
  return typeIsTaken && (encoding === undefined || encoding === 'identity');
};

/** Refuses a body of any type but the one that the path takes, before it is read, so that no body passes by. */
export const refuseOtherBodies = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (isTaken(request)) done();
    else sendProblem(reply, 'unsupported-media-type');
  });
};

/** Refuses a request whose client accepts none of the types that the path answers in. */
export const refuseOtherAnswers = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.accepts().type([...mediaOf(request).sends]) === false) sendProblem(reply, 'not-acceptable');
    else done();
  });
};
