import type { FastifyInstance } from 'fastify';
import { intakeSchema } from '../../formats/intake/intake-schema.js';
import { findPinned } from '../../services/rule-sets.js';
import type { AppContext } from '../app-context.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';

/** `GET /intake/schema`: the JSON Schema of an intake, for the version in force or `?ruleSet=&version=`. */
export const intakeRoutes = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.get('/intake/schema', (request, reply) => {
    const { ruleSet = null, version = null } = readQuery(request.query, ['ruleSet', 'version']);
    const pinned = findPinned({ ruleSet, ruleSetVersion: version }, ports.rules, inForce);
    if (!pinned.found) throw new Problem('not-found');
    return reply
      .header('cache-control', 'no-cache')
      .type('application/schema+json')
      .send(JSON.stringify(intakeSchema(pinned.ruleSet.body)));
  });
};
