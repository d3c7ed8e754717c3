import type { FastifyInstance, FastifyReply, RouteGenericInterface } from 'fastify';
import { writeQuestionnaire } from '../../formats/fhir/write-questionnaire.js';
import { intakeSchema } from '../../formats/intake/intake-schema.js';
import { findPinned, type Pinned } from '../../services/rule-sets.js';
import type { JsonObject } from '../../values/json.js';
import type { AppContext } from '../app-context.js';
import { referenceTo } from '../../formats/wire-schemas.js';
import type { Media } from '../media-types.js';
import { documented, NOT_MODIFIED, type Operation } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';

const SCHEMA_JSON = 'application/schema+json';

const FHIR_JSON = 'application/fhir+json';

/** Clients of FHIR name the release that they can read, and a type with a parameter accepts no type without it. */
const QUESTIONNAIRE_MEDIA: Media = {
  takes: ['json'],
  sends: [FHIR_JSON, `${FHIR_JSON}; fhirVersion=4.0`, 'application/json', 'application/problem+json'],
};

const INTAKE_SCHEMA: Operation = {
  operationId: 'intakeSchema',
  summary: 'The JSON Schema of an intake',
  description:
    'Every fact that can be sent, with its question in plain words, its codes, its unit and its limits; for the version in force, or the one that is asked for. A form can be made of it.',
  tag: 'intake',
  scope: 'rules:read',
  parameters: ['RuleSetAsked', 'VersionAsked', 'IfNoneMatch'],
  answers: {
    200: {
      description: 'The schema.',
      headers: ['NoCache', 'ETag'],
      body: { type: SCHEMA_JSON, schema: referenceTo('IntakeDocument') },
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query', 'rules-unusable'],
};

const INTAKE_QUESTIONNAIRE: Operation = {
  operationId: 'intakeQuestionnaire',
  summary: 'The questions of an intake as a FHIR R4 Questionnaire',
  description:
    'An item for every fact that can be sent, under the id of the fact, in an order fit to be asked; for the version in force, or the one that is asked for. Every question can be answered "Not sure" or "Prefer not to say"; a particular question is hidden only where the general one was answered no. docs/questionnaire.md says what each answer means as a fact of an intake.',
  tag: 'intake',
  scope: 'rules:read',
  parameters: ['RuleSetAsked', 'VersionAsked', 'IfNoneMatch'],
  answers: {
    200: {
      description: 'The questionnaire.',
      headers: ['NoCache', 'ETag'],
      body: { type: FHIR_JSON, schema: referenceTo('Questionnaire') },
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query', 'rules-unusable'],
};

type PinnedRuleSet = Extract<Pinned, { readonly found: true }>['ruleSet'];

/** The version in force, or that of `?ruleSet=&version=`. */
const versionAsked = async (query: unknown, { rulebooks }: AppContext): Promise<PinnedRuleSet> => {
  const { ruleSet = null, version = null } = readQuery(query, ['ruleSet', 'version']);
  const pinned = findPinned({ ruleSet, ruleSetVersion: version }, await rulebooks.latest());
  if (!pinned.found) throw new Problem('not-found');
  return pinned.ruleSet;
};

const sendDocument = (reply: FastifyReply, type: string, document: JsonObject): FastifyReply =>
  reply.header('cache-control', 'no-cache').type(type).send(JSON.stringify(document));

/**
 * `GET /intake/schema` and `GET /intake/questionnaire`: what an intake can hold, as a JSON Schema and as a FHIR R4 Questionnaire; for the version in force or
 * `?ruleSet=&version=`.
 */
export const intakeRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.get('/intake/schema', { schema: documented(INTAKE_SCHEMA) }, async (request, reply) => {
    const { body } = await versionAsked(request.query, context);
    return sendDocument(reply, SCHEMA_JSON, intakeSchema(body));
  });

  app.get<RouteGenericInterface, Media>(
    '/intake/questionnaire',
    { schema: documented(INTAKE_QUESTIONNAIRE), config: QUESTIONNAIRE_MEDIA },
    async (request, reply) => {
      const { body, sha256 } = await versionAsked(request.query, context);
      return sendDocument(reply, FHIR_JSON, writeQuestionnaire(body, sha256));
    },
  );
};
