import type { FastifyInstance } from 'fastify';
import { readJson } from '../values/read-json.js';
import { Problem } from './problem.js';

/** The greatest size of a body, and of a line of NDJSON, in bytes. */
export const BODY_LIMIT = 256 * 1024;

const bytesOf = (body: string | Buffer): Buffer => (typeof body === 'string' ? Buffer.from(body) : body);

/**
 * Makes strict JSON the only body that the service reads: from the bytes, with no key twice and nothing coerced. Lines of JSON are handed to their
 * route as they come, which reads each of them in the same way.
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
  app.addContentTypeParser(/^application\/(?:x-)?ndjson/i, (_request, lines, done) => {
    done(null, lines);
  });
};
