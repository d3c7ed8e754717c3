import { PAGE_LIMITS } from '../../formats/audit/read-decision-list.js';
import { HOOK_SERVICES } from '../../formats/cds/treatment.js';
import { referenceTo } from '../../formats/wire-schemas.js';
import { isJsonObject, type JsonObject } from '../../values/json.js';
import { KEY_PATTERN } from '../idempotency-key.js';
import { FHIR_QUERY } from './fhir-parameters.js';
import { examplesOf } from './examples.js';

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonObject;
  readonly example?: string;
  /** By the name of the example of the answer; where that has none, the parameter is left out. */
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: string | number }>>;
};

/** What the answers to an operation hold under a key in the examples; empty while none is recorded. */
const shownBy = (operationId: string, key: string): string =>
  examplesOf(operationId)
    .map(({ answer }) => (isJsonObject(answer) ? answer[key] : undefined))
    .filter((value) => typeof value === 'string')
    .join();

const TEXT = { type: 'string', minLength: 1 };

const PARAMETERS = {
  Traceparent: {
    name: 'traceparent',
    in: 'header',
    description:
      'The trace that the request belongs to, after W3C Trace Context. One that is malformed, or not there, begins a new trace; it is never an error.',
    required: false,
    schema: { type: 'string' },
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Any text of the client that names this one attempt, such as a UUID. The same key with the same body gives the stored answer again and decides nothing anew; with another body it is a 422. While the first request runs, a second one waits for it, and is a 409 past five seconds. Problems are not kept. Keys never expire.',
    required: false,
    schema: { type: 'string', pattern: KEY_PATTERN.source },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The `ETag` of an earlier answer: where nothing has changed the answer is a 304 without a body.',
    required: false,
    schema: { type: 'string' },
  },
  DecisionId: {
    name: 'id',
    in: 'path',
    description: 'The id of a decision, as its answer and the header `Location` name it.',
    required: true,
    schema: referenceTo('Id'),
    example: shownBy('findDecision', 'id'),
  },
  ...FHIR_QUERY,
  CdsServiceId: {
    name: 'id',
    in: 'path',
    description: 'The id of a CDS service, as the discovery document names it.',
    required: true,
    schema: { enum: HOOK_SERVICES.map(({ id }) => id) },
    example: 'ketamine-order-sign',
  },
  HeardFrom: {
    name: 'from',
    in: 'query',
    description: 'Only cards and feedback that were written at this moment or later.',
    required: false,
    schema: { type: 'string', format: 'date-time' },
  },
  HeardTo: {
    name: 'to',
    in: 'query',
    description: 'Only cards and feedback that were written before this moment.',
    required: false,
    schema: { type: 'string', format: 'date-time' },
    examples: { none: { summary: 'Before 2026', value: '2026-01-01T00:00:00Z' } },
  },
  DecidedFrom: {
    name: 'from',
    in: 'query',
    description: 'Only decisions that were written at this moment or later.',
    required: false,
    schema: { type: 'string', format: 'date-time' },
  },
  DecidedTo: {
    name: 'to',
    in: 'query',
    description: 'Only decisions that were written before this moment.',
    required: false,
    schema: { type: 'string', format: 'date-time' },
  },
  OfOrganisation: {
    name: 'organisation',
    in: 'query',
    description:
      'Only decisions of this organisation. It is that of whoever asks where it is left out; of any other there are none to be seen. While no access control is set up it is `local`.',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  },
  VerdictIs: {
    name: 'verdict',
    in: 'query',
    description: 'Only decisions with this verdict.',
    required: false,
    schema: referenceTo('Verdict'),
    examples: { eligible: { summary: 'Eligible patients', value: 'eligible' } },
  },
  RuleIsTrue: {
    name: 'rule',
    in: 'query',
    description: 'Only decisions for which this rule is true.',
    required: false,
    schema: TEXT,
  },
  DecidedBySet: {
    name: 'ruleSet',
    in: 'query',
    description: 'Only decisions by a version of this rule set. It is said together with `version`.',
    required: false,
    schema: TEXT,
  },
  DecidedByVersion: {
    name: 'version',
    in: 'query',
    description: 'Only decisions by this version. It is said together with `ruleSet`.',
    required: false,
    schema: TEXT,
  },
  ResolutionIs: {
    name: 'resolution',
    in: 'query',
    description:
      'Only decisions on which some clinician decided so; `none` is those on which none has decided.',
    required: false,
    schema: { enum: ['none', 'proceed', 'defer', 'decline'] },
  },
  AfterPosition: {
    name: 'after',
    in: 'query',
    description: 'Only decisions after this position of the log. `Link` says it for the next page.',
    required: false,
    schema: { type: 'integer', minimum: 0 },
  },
  PageLimit: {
    name: 'limit',
    in: 'query',
    description: 'How many decisions a page has at most.',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: PAGE_LIMITS.most, default: PAGE_LIMITS.usual },
  },
  ProofSize: {
    name: 'size',
    in: 'query',
    description:
      'The size of the log to prove it in, such as that of a checkpoint that you kept; the size now where it is left out.',
    required: false,
    schema: { type: 'integer', minimum: 1 },
  },
  ExportFrom: {
    name: 'from',
    in: 'query',
    description: 'The position of the first entry that is wanted; 0 where it is left out.',
    required: false,
    schema: { type: 'integer', minimum: 0 },
    examples: { entries: { summary: 'From the third entry on', value: 2 } },
  },
  ExportSize: {
    name: 'size',
    in: 'query',
    description:
      'The size of the log that is exported, such as that of an export that was cut; the size now where it is left out.',
    required: false,
    schema: { type: 'integer', minimum: 1 },
    examples: { entries: { summary: 'The log up to its fifth entry', value: 5 } },
  },
  ConsistencyFrom: {
    name: 'from',
    in: 'query',
    description: 'The size of the smaller log, such as that of a checkpoint that you kept.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
    examples: { growth: { summary: 'The third entry was the last one then', value: 3 } },
  },
  ConsistencyTo: {
    name: 'to',
    in: 'query',
    description: 'The size of the larger log; the size now where it is left out.',
    required: false,
    schema: { type: 'integer', minimum: 1 },
  },
  IntakeCode: {
    name: 'code',
    in: 'path',
    description:
      'The code that the patient was given, as it was shown or as it was typed: small letters, spaces and hyphens do not matter, O is read as 0, and I and L as 1.',
    required: true,
    schema: TEXT,
    example: shownBy('handOverIntake', 'code'),
  },
  RuleSetId: {
    name: 'set',
    in: 'path',
    description: 'The id of a rule set.',
    required: true,
    schema: TEXT,
    example: 'ketamine-pain',
  },
  Version: {
    name: 'version',
    in: 'path',
    description: 'A version of the rule set, after Semantic Versioning 2.0.0.',
    required: true,
    schema: TEXT,
    example: '1.0.0',
  },
  FromVersion: {
    name: 'from',
    in: 'path',
    description: 'The version that is compared with.',
    required: true,
    schema: TEXT,
    example: '1.0.0',
  },
  ToVersion: {
    name: 'to',
    in: 'path',
    description: 'The version that is compared; it may be the older one, or the same.',
    required: true,
    schema: TEXT,
    example: '1.0.0',
  },
  RuleId: {
    name: 'ruleId',
    in: 'path',
    description: 'The id of a rule, as answers name it; `outside-scope` for the scope.',
    required: true,
    schema: TEXT,
    example: 'hypertension-treat-first',
  },
  RuleSetAsked: {
    name: 'ruleSet',
    in: 'query',
    description: 'The id of a rule set; the default one where it is left out.',
    required: false,
    schema: TEXT,
    example: 'ketamine-pain',
  },
  VersionAsked: {
    name: 'version',
    in: 'query',
    description: 'A version of the rule set; the one in force where it is left out.',
    required: false,
    schema: TEXT,
    example: '1.0.0',
  },
  VersionInstead: {
    name: 'version',
    in: 'query',
    description:
      'Another version of the rule set that decided; the version that decided where it is left out, or named.',
    required: false,
    schema: TEXT,
    examples: { hypothetical: { summary: 'What 1.0.0 would have said', value: '1.0.0' } },
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The name of a parameter in the API description. */
export type ParameterName = keyof typeof PARAMETERS;

/** The parameters of an operation, as it refers to them. */
export const parametersOf = (names: readonly ParameterName[]): readonly JsonObject[] =>
  names.map((name) => ({ $ref: `#/components/parameters/${name}` }));

/** All parameters, by their names in the API description. */
export const parameterComponents = (): JsonObject => PARAMETERS;
