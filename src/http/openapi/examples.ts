import { readJson } from '../../values/read-json.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import callHook from './examples/call-hook.json' with { type: 'json' };
import listCdsServices from './examples/list-cds-services.json' with { type: 'json' };
import reportFeedback from './examples/report-feedback.json' with { type: 'json' };
import sendFeedback from './examples/send-feedback.json' with { type: 'json' };
import checkpoint from './examples/checkpoint.json' with { type: 'json' };
import exportLog from './examples/export-log.json' with { type: 'json' };
import listDecisions from './examples/list-decisions.json' with { type: 'json' };
import proveConsistency from './examples/prove-consistency.json' with { type: 'json' };
import proveDecision from './examples/prove-decision.json' with { type: 'json' };
import searchDecisions from './examples/search-decisions.json' with { type: 'json' };
import compareVersions from './examples/compare-versions.json' with { type: 'json' };
import findDecision from './examples/find-decision.json' with { type: 'json' };
import findIntake from './examples/find-intake.json' with { type: 'json' };
import findVersion from './examples/find-version.json' with { type: 'json' };
import handOverIntake from './examples/hand-over-intake.json' with { type: 'json' };
import intakeQuestionnaire from './examples/intake-questionnaire.json' with { type: 'json' };
import intakeSchema from './examples/intake-schema.json' with { type: 'json' };
import isLive from './examples/is-live.json' with { type: 'json' };
import isReady from './examples/is-ready.json' with { type: 'json' };
import listRuleSets from './examples/list-rule-sets.json' with { type: 'json' };
import listVersions from './examples/list-versions.json' with { type: 'json' };
import metrics from './examples/metrics.json' with { type: 'json' };
import nextQuestions from './examples/next-questions.json' with { type: 'json' };
import openapiJson from './examples/openapi-json.json' with { type: 'json' };
import openapiYaml from './examples/openapi-yaml.json' with { type: 'json' };
import resolveDecision from './examples/resolve-decision.json' with { type: 'json' };
import replayDecision from './examples/replay-decision.json' with { type: 'json' };
import screenBatch from './examples/screen-batch.json' with { type: 'json' };
import ruleHistory from './examples/rule-history.json' with { type: 'json' };
import screenPatient from './examples/screen-patient.json' with { type: 'json' };

/** The examples of each operation: answers of the running service, which a test compares with what it answers now. */
const RECORDED: Readonly<Record<string, unknown>> = {
  callHook,
  checkpoint,
  listCdsServices,
  reportFeedback,
  sendFeedback,
  exportLog,
  listDecisions,
  proveConsistency,
  proveDecision,
  searchDecisions,
  compareVersions,
  findDecision,
  findIntake,
  findVersion,
  handOverIntake,
  intakeQuestionnaire,
  intakeSchema,
  isLive,
  isReady,
  listRuleSets,
  listVersions,
  metrics,
  nextQuestions,
  openapiJson,
  openapiYaml,
  replayDecision,
  resolveDecision,
  screenBatch,
  ruleHistory,
  screenPatient,
};

/** One example of an operation: what was sent, if it has a body, and the answer to it. */
export type Example = {
  readonly name: string;
  readonly summary: string;
  readonly status: string;
  /** Whether lists of the answer were cut, because it is too long to be read here. */
  readonly abridged: boolean;
  readonly request: JsonValue | undefined;
  readonly answer: JsonValue;
};

const NOTHING: JsonObject = {};

/** JSON of our own as a value of the house: what TypeScript makes of it is far more than anyone here needs to know. */
const asJson = (recorded: unknown): JsonObject => {
  const read = readJson(Buffer.from(JSON.stringify(recorded)));
  return read.ok && isJsonObject(read.value) ? read.value : NOTHING;
};

const exampleOf = (name: string, value: JsonValue): Example => {
  const {
    summary = '',
    status = 0,
    abridged,
    request,
    answer = null,
  } = isJsonObject(value) ? value : NOTHING;
  return {
    name,
    summary: typeof summary === 'string' ? summary : '',
    status: JSON.stringify(status),
    abridged: abridged === true,
    request,
    answer,
  };
};

/** The examples of an operation, in the order in which they were recorded. */
export const examplesOf = (operationId: string): readonly Example[] =>
  Object.entries(asJson(RECORDED[operationId] ?? NOTHING)).map(([name, value]) => exampleOf(name, value));

const shown = ({ summary, abridged }: Example, value: JsonValue): JsonObject => ({
  summary,
  ...(abridged ? { 'x-abridged': true } : {}),
  value,
});

/** The bodies that examples send, as the API description has them; undefined where they send none. */
export const requestExamples = (examples: readonly Example[]): JsonObject | undefined => {
  const sent = examples.flatMap((example) =>
    example.request === undefined
      ? []
      : [[example.name, { summary: example.summary, value: example.request }] as const],
  );
  return sent.length === 0 ? undefined : Object.fromEntries(sent);
};

/** The answers of one status, as the API description has them; undefined where there is none. */
export const answerExamples = (examples: readonly Example[], status: string): JsonObject | undefined => {
  const answers = examples.filter((example) => example.status === status);
  return answers.length === 0
    ? undefined
    : Object.fromEntries(answers.map((example) => [example.name, shown(example, example.answer)] as const));
};
