import { memberOf, typeOf } from '../../formats/cds/members.js';
import { referenceTo } from '../../formats/wire-schemas.js';
import type { JsonObject, JsonValue } from '../../values/json.js';
import { FHIR_JSON, PROBLEM_JSON } from '../fhir-media.js';
import { PROBLEMS, urnOf, type ProblemKind, type ProblemType } from '../problem.js';
import { headersOf, TRACE, TRACE_ONCE_READ, type HeaderName } from './headers.js';

const KINDS: Readonly<Record<ProblemType, ProblemKind>> = PROBLEMS;

const isType = (name: string): name is ProblemType => Object.hasOwn(KINDS, name);

/** The names of all kinds of problem. */
const problemTypes: readonly ProblemType[] = Object.keys(KINDS).filter(isType);

/** What any path can answer with, whatever it does. */
export const ANYWHERE: readonly ProblemType[] = [
  'bad-request',
  'method-not-allowed',
  'request-timeout',
  'unsupported-media-type',
  'head-too-large',
  'internal-error',
];

/** What a path that not everyone may ask can answer with. */
export const AT_THE_DOOR: readonly ProblemType[] = [
  'unauthenticated',
  'forbidden',
  'too-many-requests',
  'identity-unavailable',
  'overloaded',
];

/** What any path that takes a body can answer with. */
export const WITH_BODY: readonly ProblemType[] = ['malformed-body', 'too-large'];

/** The statuses that a request can be answered with before it was read. */
const BEFORE_READ: readonly number[] = [400, 408, 431];

const extraHeaders = (status: number): readonly HeaderName[] => {
  if (status === 405) return ['Allow'];
  if (status === 401 || status === 403) return ['WwwAuthenticate'];
  return status === 409 || status === 503 ? ['RetryAfter'] : [];
};

const titlesOf = (types: readonly ProblemType[]): string =>
  types.map((type) => `\`${type}\`: ${KINDS[type].title}. ${KINDS[type].mend}`).join('\n\n');

/** A problem of one of these types, which all have one status. */
const schemaOf = (types: readonly ProblemType[], status: number): JsonObject => ({
  allOf: [
    { $ref: '#/components/schemas/Problem' },
    {
      type: 'object',
      properties: { type: { enum: types.map(urnOf) }, status: { const: status } },
      required: ['type', 'status'],
    },
  ],
});

const isOutcome = (example: JsonValue): boolean => typeOf(memberOf(example, 'value')) === 'OperationOutcome';

/** Those of some examples that are told in FHIR, or those that are not. */
const examplesIn = (examples: JsonObject | undefined, isFhir: boolean): JsonObject => {
  const fit = Object.entries(examples ?? {}).filter(([, example]) => isOutcome(example) === isFhir);
  return fit.length === 0 ? {} : { examples: Object.fromEntries(fit) };
};

/**
 * The answer with problems of one status.
 * @param types    the kinds of problem, all of them with the same status
 * @param examples examples of the body, by name
 */
export const problemResponse = (types: readonly ProblemType[], examples?: JsonObject): JsonObject => {
  const status = types[0] === undefined ? 500 : KINDS[types[0]].status;
  const trace = BEFORE_READ.includes(status) ? TRACE_ONCE_READ : TRACE;
  return {
    description: titlesOf(types),
    headers: headersOf([...trace, 'NoStore', ...extraHeaders(status)]),
    content: {
      [PROBLEM_JSON]: { schema: schemaOf(types, status), ...examplesIn(examples, false) },
      [FHIR_JSON]: { schema: referenceTo('OperationOutcome'), ...examplesIn(examples, true) },
    },
  };
};

const componentNameOf = (type: ProblemType): string =>
  type.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** The answer with problems of one status, as an operation refers to it: by name where there is one kind only. */
export const problemReference = (types: readonly ProblemType[]): JsonObject =>
  types.length === 1 && types[0] !== undefined
    ? { $ref: `#/components/responses/${componentNameOf(types[0])}` }
    : problemResponse(types);

/** The kinds of problem of an operation, by the status that they are sent with, lowest first. */
export const byStatus = (
  types: readonly ProblemType[],
): readonly (readonly [status: number, types: readonly ProblemType[]])[] => {
  const statuses = [...new Set(types.map((type) => KINDS[type].status))].toSorted((a, b) => a - b);
  return statuses.map((status) => [status, types.filter((type) => KINDS[type].status === status)]);
};

/** The answers with one kind of problem, by their names in the API description. */
export const problemComponents = (): JsonObject =>
  Object.fromEntries(problemTypes.map((type) => [componentNameOf(type), problemResponse([type])]));

/** The shape of every problem (RFC 9457), with the closed list of its types. */
export const problemSchema = (): JsonObject => ({
  type: 'object',
  description:
    'A problem after RFC 9457. It holds no value that was sent, no path of a file and no stack. Branch on `type`, which is stable.',
  properties: {
    type: { enum: problemTypes.map(urnOf), description: 'The kind of problem.' },
    title: { type: 'string', description: 'What it is, in words; always the same for a type.' },
    status: { type: 'integer', description: 'The status that it is sent with.' },
    detail: { type: 'string', description: 'What to do about it.' },
    instance: {
      type: 'string',
      pattern: '^urn:ketamine-screening:request:[0-9a-f-]{36}$',
      description:
        'Names the request, as the log of the service does. Absent where the request could not be read.',
    },
    proof: {
      ...referenceTo('InclusionProof'),
      description: 'Of what was erased: that it stands in the log as it did.',
    },
    errors: {
      type: 'array',
      minItems: 1,
      items: referenceTo('Fault'),
      description:
        'Every fault in what was sent, all at once; at most a hundred for a body that is not strict JSON.',
    },
  },
  required: ['type', 'title', 'status', 'detail'],
  additionalProperties: false,
});

/** All kinds of problem as a table in Markdown. */
export const problemTable = (): string =>
  [
    '| `type` | status | title | what to do |',
    '| --- | --- | --- | --- |',
    ...problemTypes.map(
      (type) =>
        `| \`${urnOf(type)}\` | ${String(KINDS[type].status)} | ${KINDS[type].title} | ${KINDS[type].mend} |`,
    ),
  ].join('\n');
