import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readJson } from '../values/read-json.js';
import { Problem, sendProblem } from './problem.js';

/** The greatest size of a body, in bytes. */
export const BODY_LIMIT = 256 * 1024;

const bytesOf = (body: string | Buffer): Buffer => (typeof body === 'string' ? Buffer.from(body) : body);

/** The one type of body, with the one charset that JSON has. Anything looser has let bodies pass by unread in the past. */
const JSON_TYPE = /^application\/json(?: *; *charset="?utf-8"?)?$/i;

const isReadable = ({ 'content-type': type, 'content-encoding': encoding }: IncomingHttpHeaders): boolean =>
  (type === undefined || JSON_TYPE.test(type)) && (encoding === undefined || encoding === 'identity');

/**
 * Makes strict JSON the only body that the service takes: from the bytes, with no key twice and nothing coerced. Any other content type is
 * refused, so that no body passes by.
 */
export const takeStrictJsonOnly = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (isReadable(request.headers)) done();
    else sendProblem(reply, 'unsupported-media-type');
  });
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
