import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { wireSchemas } from '../../formats/wire-schemas.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { readJson } from '../../values/read-json.js';
import { batchLineSchema } from './batch-line.js';
import { API_VERSION, description } from './description.js';
import { headerComponents } from './headers.js';
import type { Tag } from './operation.js';
import { parameterComponents } from './parameters.js';
import { problemComponents, problemSchema } from './problems.js';
import { usedComponents } from './prune.js';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transformObject']>;

const TAGS: Readonly<Record<Tag, string>> = {
  screening: 'Screening a patient, and finding the decision again.',
  intake: 'What can be sent, and what to ask next.',
  'rule history': 'What the service screens by: rule sets and their versions.',
  audit: 'For those who check, years later and far from the service, what was decided.',
  EHR: 'For EHRs: screening from within the record (CDS Hooks 2.0).',
  operation: 'For those who run the service or call it from a program.',
};

const SECURITY = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A key of a client, as `ketamine-screening keys create` prints it once; or an access token (JWT, RFC 9068) of an issuer that the service is told of. While no key was ever made and no issuer is configured, the service is open to everyone on its own machine.',
  },
};

const NOTHING: JsonObject = {};

/** What a value is as JSON. The whole document is made of JSON; only the types of the plugin say more. */
const asJson = (value: unknown): JsonObject => {
  const read = readJson(Buffer.from(JSON.stringify(value)), { maxDepth: 100 });
  return read.ok && isJsonObject(read.value) ? read.value : NOTHING;
};

/** An operation as OpenAPI writes it: what its route declared takes the place of what the plugin makes up. */
const finishOperation = (drawn: JsonValue): JsonValue => {
  if (!isJsonObject(drawn)) return drawn;
  const { operationId = '', summary = '', description: about = '', tags = [] } = drawn;
  const { 'x-operation': declared = null } = drawn;
  return { operationId, summary, description: about, tags, ...(isJsonObject(declared) ? declared : {}) };
};

const finishPath = (path: JsonValue): JsonValue =>
  isJsonObject(path)
    ? Object.fromEntries(Object.entries(path).map(([method, drawn]) => [method, finishOperation(drawn)]))
    : path;

const finishPaths = (paths: JsonValue): JsonObject =>
  isJsonObject(paths)
    ? Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, finishPath(item)]))
    : NOTHING;

const components = (): Readonly<Record<string, JsonObject>> => ({
  schemas: { ...wireSchemas(), Problem: problemSchema(), BatchLine: batchLineSchema() },
  parameters: parameterComponents(),
  headers: headerComponents(),
  responses: problemComponents(),
});

/**
 * Finishes the document that was drawn from the routes: operations as they were declared, and the components that they refer to.
 * @param drawn what @fastify/swagger made of the routes
 */
const finishDocument = (drawn: JsonObject): JsonObject => {
  const { openapi = '', info = {}, servers = [], tags = [], paths = {} } = drawn;
  const finished = finishPaths(paths);
  const used = usedComponents(finished, components());
  // Copied once more, so that no part stands in two places: YAML would write the second one as an alias of the first.
  return asJson({
    openapi,
    info,
    servers,
    tags,
    paths: finished,
    components: { ...used, securitySchemes: SECURITY },
  });
};

const isDocument = (value: object): value is ReturnType<Transform> => 'openapi' in value;

const transformObject: Transform = (drawn) => {
  const finished = finishDocument(asJson('openapiObject' in drawn ? drawn.openapiObject : {}));
  if (!isDocument(finished)) throw new Error('the API description is none');
  return finished;
};

/** How the API description is drawn from the routes. */
export const descriptionOptions = (): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'ketamine-screening',
      version: API_VERSION,
      summary: 'Screens patients for contraindications before ketamine therapy for pain.',
      description: description().trim(),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This service' }],
    tags: Object.entries(TAGS).map(([name, about]) => ({ name, description: about })),
  },
  transformObject,
});
