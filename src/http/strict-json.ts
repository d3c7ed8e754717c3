import type { FastifyInstance } from 'fastify';
import { readJson } from '../values/read-json.js';
import { Problem } from './problem.js';

/** The greatest size of a body, and of a line of NDJSON, in bytes. */
export const BODY_LIMIT = 256 * 1024;

/** The greatest size of a body of FHIR, in bytes: the records of one patient reach megabytes. */
const FHIR_BODY_LIMIT = 6 * 1024 * 1024;

/** How deep FHIR may be nested: resources stand in Bundles, and items of a questionnaire in each other. */
export const FHIR_DEPTH = 64;

const bytesOf = (body: string | Buffer): Buffer => (typeof body === 'string' ? Buffer.from(body) : body);

type Limits = { readonly bodyLimit: number; readonly maxDepth?: number };

const takeJson = (app: FastifyInstance, type: string | RegExp, { bodyLimit, ...limits }: Limits): void => {
  app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
    const json = readJson(bytesOf(body), limits);
    if (json.ok) done(null, json.value);
    else done(new Problem('malformed-body', json.issues));
  });
};

/**
 * Makes strict JSON the only body that the service reads: from the bytes, with no key twice and nothing coerced. Lines of JSON are handed to their
 * route as they come, which reads each of them in the same way.
 */
export const takeStrictJsonOnly = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  takeJson(app, 'application/json', { bodyLimit: BODY_LIMIT });
  takeJson(app, /^application\/fhir\+json/i, { bodyLimit: FHIR_BODY_LIMIT, maxDepth: FHIR_DEPTH });
  app.addContentTypeParser(/^application\/(?:x-)?ndjson/i, (_request, lines, done) => {
    done(null, lines);
  });
};
