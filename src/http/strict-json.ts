import type { FastifyInstance } from 'fastify';
import { readJson } from '../values/read-json.js';
import { Problem } from './problem.js';

/** The greatest size of a body, in bytes. */
export const BODY_LIMIT = 256 * 1024;

const bytesOf = (body: string | Buffer): Buffer => (typeof body === 'string' ? Buffer.from(body) : body);

/**
 * Makes strict JSON the only body that the service takes: from the bytes, with no key twice and nothing coerced. Any other content type is
 * refused, so that no body passes by.
 */
export const takeStrictJsonOnly = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (_request, body, done) => {
      const json = readJson(bytesOf(body));
      if (json.ok) done(null, json.value);
      else done(new Problem('malformed-body', json.issues));
    },
  );
};
