import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isScope, OPEN_PRINCIPAL, type Known, type Principal, type Scope } from '../services/access.js';
import { hasKeys, keyAt, keyHashOf, keyIdIn } from '../services/keybooks.js';
import type { AppContext } from './app-context.js';
import { PRINCIPAL } from './principal.js';
import { sendProblem } from './problem.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Both are hashes of one length, so that how long it takes tells nothing of either. */
const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const byKey = (text: string, { keybooks, ports }: AppContext): Known => {
  const id = keyIdIn(text);
  const key = id === null ? null : keyAt(id, keybooks.known(), ports.clock());
  if (key === null || !isSameHash(key.hash, keyHashOf(text))) return 'refused';
  const { organisation, client, scopes } = key;
  return { organisation, client, scopes, via: 'key' };
};

/** Who shows a credential. Once any key was made nobody is let in without one. */
const knownBy = (authorization: string | undefined, context: AppContext): Known => {
  if (!hasKeys(context.keybooks.known())) return OPEN_PRINCIPAL;
  if (authorization === undefined) return 'nobody';
  const text = BEARER.exec(authorization)?.[1];
  return text === undefined ? 'refused' : byKey(text, context);
};

const challenge = (reply: FastifyReply, parameters: string): FastifyReply =>
  reply.header('www-authenticate', `Bearer realm="ketamine-screening"${parameters}`);

const refuse = (reply: FastifyReply, known: Exclude<Known, Principal>): FastifyReply =>
  sendProblem(challenge(reply, known === 'refused' ? ', error="invalid_token"' : ''), 'unauthenticated');

/** What a path asks for; null where anyone may ask it. A path whose operation says nothing has none, so it is refused to everyone. */
const scopeOf = ({ routeOptions: { schema } }: FastifyRequest): Scope | null | 'unknown' => {
  const scope: unknown = typeof schema === 'object' && 'x-scope' in schema ? schema['x-scope'] : 'unknown';
  if (scope === null) return null;
  return typeof scope === 'string' && isScope(scope) ? scope : 'unknown';
};

const admit = (request: FastifyRequest, reply: FastifyReply, context: AppContext): FastifyReply | null => {
  const scope = scopeOf(request);
  if (scope === null) return null;
  const known = knownBy(request.headers.authorization, context);
  if (known === 'nobody' || known === 'refused') return refuse(reply, known);
  if (scope === 'unknown' || !known.scopes.includes(scope))
    return sendProblem(challenge(reply, `, error="insufficient_scope", scope="${scope}"`), 'forbidden');
  request.setDecorator(PRINCIPAL, known);
  return null;
};

/**
 * Lets in whoever may ask a path, before anything of the request is read. Call it before the routes are declared: it reads from each operation which scope it asks
 * for.
 */
export const letInWhoMay = (app: FastifyInstance, context: AppContext): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (admit(request, reply, context) === null) done();
  });
};
