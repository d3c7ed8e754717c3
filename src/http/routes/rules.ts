import type { FastifyInstance, FastifyReply } from 'fastify';
import { intakeSchema } from '../../formats/intake/intake-schema.js';
import { writeLifecycle, writeListedSet, writeVersionBody } from '../../formats/rule-sets/write-rule-set.js';
import { findPinned, listRuleSets } from '../../services/rule-sets.js';
import type { AppContext } from '../app-context.js';
import { Problem } from '../problem.js';

type VersionParams = { Params: { set: string; version: string } };

const LAST_CHANGE_UNKNOWN = 'no-cache';

const sendFresh = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header('cache-control', LAST_CHANGE_UNKNOWN).send(body);

/** `GET /rules`, `GET /rules/{set}/versions` and `GET /rules/{set}/versions/{v}`: what the service screens by. */
export const rulesRoutes = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.get('/rules', (_request, reply) =>
    sendFresh(reply, { items: listRuleSets(ports, inForce).map(writeListedSet) }),
  );

  app.get<{ Params: { set: string } }>('/rules/:set/versions', (request, reply) => {
    const set = listRuleSets(ports, inForce).find(({ id }) => id === request.params.set);
    if (set === undefined) throw new Problem('not-found');
    return sendFresh(reply, { items: set.versions.map((version) => writeLifecycle(version, set.inForce)) });
  });

  app.get<VersionParams>('/rules/:set/versions/:version', (request, reply) => {
    const { set, version } = request.params;
    const found = ports.rules.find(set, version);
    if (found === null) throw new Problem('not-found');
    return sendFresh(reply, writeVersionBody(found, inForce.of(set)));
  });
};

type SchemaQuery = { Querystring: { ruleSet?: string; version?: string } };

/** `GET /intake/schema`: the JSON Schema of an intake, for the version in force or `?ruleSet=&version=`. */
export const schemaRoute = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.get<SchemaQuery>('/intake/schema', (request, reply) => {
    const { ruleSet = null, version = null } = request.query;
    const pinned = findPinned({ ruleSet, ruleSetVersion: version }, ports.rules, inForce);
    if (!pinned.found) throw new Problem('not-found');
    return reply
      .header('cache-control', LAST_CHANGE_UNKNOWN)
      .type('application/schema+json')
      .send(JSON.stringify(intakeSchema(pinned.ruleSet.body)));
  });
};
