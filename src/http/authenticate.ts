import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OPEN_PRINCIPAL } from '../services/access.js';
import { KEY_PREFIX, keyAt, keyHashOf, keyIdIn } from '../services/keybooks.js';
import type { AppContext } from './app-context.js';
import { isOfCds } from './cross-origin.js';
import { isGuarded } from './guarded.js';
import { refused, type Known } from './known.js';
import { scopeOf } from './path-scope.js';
import { PRINCIPAL } from './principal.js';
import { sendProblem } from './problem.js';
import { requestCounter } from './count-requests.js';
import { clientJwtReader, type ReadClientJwt } from './read-client-jwt.js';
import { tokenReader, type ReadToken } from './read-token.js';

/** What the door knows callers by. */
type Door = {
  readonly context: AppContext;
  readonly readToken: ReadToken;
  readonly readClientJwt: ReadClientJwt;
  /** Counts a request, and tells in how many seconds the next one is taken where it is one too many; else null. */
  readonly waitOf: (request: FastifyRequest) => Promise<number | null>;
};

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Both are hashes of one length, so that how long it takes tells nothing of either. */
const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const byKey = (text: string, { keybooks, ports }: AppContext): Known => {
  const id = keyIdIn(text);
  const key = id === null ? null : keyAt(id, keybooks.known(), ports.clock());
  if (key === null || !isSameHash(key.hash, keyHashOf(text))) return refused('no-such-key');
  const { organisation, client, scopes } = key;
  const via = key.breakGlass === undefined ? 'key' : 'break-glass';
  return { kind: 'known', principal: { organisation, client, scopes, via } };
};

/** The path of a request, without its query. */
const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? url;

/** Who shows a credential. Once any key was made, or where an issuer is configured, nobody is let in without one. */
const knownBy = async (
  request: FastifyRequest,
  { context, readToken, readClientJwt }: Door,
): Promise<Known> => {
  const { authorization } = request.headers;
  if (!isGuarded(context.reception, context.keybooks.known()))
    return { kind: 'known', principal: OPEN_PRINCIPAL };
  if (authorization === undefined) return { kind: 'nobody' };
  const text = BEARER.exec(authorization)?.[1];
  if (text === undefined) return refused('not-a-credential');
  return text.startsWith(KEY_PREFIX)
    ? byKey(text, context)
    : ((isOfCds(request) ? readClientJwt(text, pathOf(request)) : null) ?? readToken(text));
};

const challenge = (reply: FastifyReply, parameters: string): FastifyReply =>
  reply.header('www-authenticate', `Bearer realm="ketamine-screening"${parameters}`);

const refuse = (reply: FastifyReply, { kind }: Exclude<Known, { kind: 'known' }>): FastifyReply => {
  if (kind === 'unavailable') return sendProblem(reply, 'identity-unavailable');
  return sendProblem(
    challenge(reply, kind === 'refused' ? ', error="invalid_token"' : ''),
    'unauthenticated',
  );
};

/** What whoever runs the service should hear of: that a credential counts for nothing, by why and never by what it was; and that a glass was broken. */
const tell = (requestId: string, known: Known, { logger, meters }: AppContext): void => {
  if (known.kind === 'refused') {
    logger.warn({ requestId, why: known.why }, 'a credential was refused');
    meters.credentialRefused(known.why);
  }
  if (known.kind === 'unavailable')
    logger.error({ requestId, cause: known.cause }, 'the keys of an issuer of tokens cannot be fetched');
  if (known.kind === 'known' && known.principal.via === 'break-glass')
    logger.warn({ requestId }, 'a key for an emergency is used');
};

/** Sends why not, where someone may not ask: what is sent ends the request. */
const admit = async (request: FastifyRequest, reply: FastifyReply, door: Door): Promise<void> => {
  const { context, waitOf } = door;
  const scope = scopeOf(request);
  if (scope === null) return;
  const known = await knownBy(request, door);
  tell(request.id, known, context);
  if (known.kind !== 'known') {
    refuse(reply, known);
    return;
  }
  if (scope === 'unknown' || !known.principal.scopes.includes(scope)) {
    sendProblem(challenge(reply, `, error="insufficient_scope", scope="${scope}"`), 'forbidden');
    return;
  }
  request.setDecorator(PRINCIPAL, known.principal);
  const wait = await waitOf(request);
  if (wait !== null) sendProblem(reply, 'too-many-requests', { retryAfter: wait });
};

/**
 * Lets in whoever may ask a path, before anything of the request is read. Call it before the routes are declared: it reads from each operation which scope it asks
 * for.
 */
export const letInWhoMay = async (app: FastifyInstance, context: AppContext): Promise<void> => {
  const { reception, ports } = context;
  const waitOf = await requestCounter(app, reception.requestsPerMinute);
  const door = {
    context,
    waitOf,
    readToken: tokenReader(reception.issuers, ports.clock),
    readClientJwt: clientJwtReader(reception.cdsClients, reception.publicUrl, ports.clock),
  };
  app.addHook('onRequest', (request, reply) => admit(request, reply, door));
};
