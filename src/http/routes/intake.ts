import type { FastifyInstance } from 'fastify';
import { intakeSchema } from '../../formats/intake/intake-schema.js';
import { findPinned } from '../../services/rule-sets.js';
import type { AppContext } from '../app-context.js';
import { referenceTo } from '../../formats/wire-schemas.js';
import { documented, NOT_MODIFIED, type Operation } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';

const INTAKE_SCHEMA: Operation = {
  operationId: 'intakeSchema',
  summary: 'The JSON Schema of an intake',
  description:
    'Every fact that can be sent, with its question in plain words, its codes, its unit and its limits; for the version in force, or the one that is asked for. A form can be made of it.',
  tag: 'intake',
  parameters: ['RuleSetAsked', 'VersionAsked', 'IfNoneMatch'],
  answers: {
    200: {
      description: 'The schema.',
      headers: ['NoCache', 'ETag'],
      body: { type: 'application/schema+json', schema: referenceTo('IntakeDocument') },
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query'],
};

/** `GET /intake/schema`: the JSON Schema of an intake, for the version in force or `?ruleSet=&version=`. */
export const intakeRoutes = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.get('/intake/schema', { schema: documented(INTAKE_SCHEMA) }, (request, reply) => {
    const { ruleSet = null, version = null } = readQuery(request.query, ['ruleSet', 'version']);
    const pinned = findPinned({ ruleSet, ruleSetVersion: version }, ports.rules, inForce);
    if (!pinned.found) throw new Problem('not-found');
    return reply
      .header('cache-control', 'no-cache')
      .type('application/schema+json')
      .send(JSON.stringify(intakeSchema(pinned.ruleSet.body)));
  });
};
