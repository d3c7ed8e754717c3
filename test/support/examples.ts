import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { hookExamples } from './hook-examples.js';

/** An example to be recorded: the operation, its name among the examples of the operation, and what is sent. */
export type ExampleToRecord = {
  readonly operationId: string;
  readonly name: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST';
  /** `{eligible}` stands for the path that the answer recorded under that name says what was stored is found at. */
  readonly path: string;
  /** JSON; a text is lines of JSON, and sent as they are. */
  readonly body?: JsonValue;
};

const intakeIn = (file: string): JsonObject =>
  JSON.parse(readFileSync(`examples/${file}.json`, 'utf8')) as JsonObject;

const SCREENED: readonly (readonly [name: string, summary: string])[] = [
  ['eligible', 'Every question is answered, and none raises a concern'],
  ['review', 'High blood pressure'],
  ['incomplete', 'One question not asked, one declined'],
  ['ineligible', 'A heart attack 20 days ago'],
];

const WITH_FAULTS: JsonObject = {
  asOf: '2026-03-02T09:30:00Z',
  retrospective: true,
  facts: {
    age: '46',
    unstableAngnia: false,
    bloodPressure: [{ systolic: 78, diastolic: 124, takenAt: '2026-02-28T10:00:00Z' }],
  },
};

const BATCH = [
  '{"subject":"pt-1","asOf":"2026-03-02T09:30:00Z","retrospective":true,"facts":{"activePsychosis":true}}',
  '{"subject":"pt-2","asOf":"2026-03-02T09:30:00Z","retrospective":true,"facts":{"activePsychosi":true}}',
  '',
].join('\n');

/** A body as it is sent, with the type that it has. */
export const sentAs = (body: JsonValue): { readonly type: string; readonly text: string } =>
  typeof body === 'string'
    ? { type: 'application/x-ndjson', text: body }
    : { type: 'application/json', text: JSON.stringify(body) };

/** What came back: JSON as its value, anything else as its text. */
export const readAs = (type: string | null, text: string): JsonValue =>
  /[/+]json\b/.test(type ?? '') ? (JSON.parse(text) as JsonValue) : text;

/** Every example of the API description, in the order in which they are recorded. */
export const examplesToRecord = (): readonly ExampleToRecord[] => [
  ...SCREENED.map(([name, summary]) => ({
    operationId: 'screenPatient',
    name,
    summary,
    method: 'POST' as const,
    path: '/screen',
    body: intakeIn(name),
  })),
  {
    operationId: 'screenPatient',
    name: 'faults',
    summary: 'A number sent as text, a typing error, and pressures the wrong way round',
    method: 'POST',
    path: '/screen',
    body: WITH_FAULTS,
  },
  {
    operationId: 'screenBatch',
    name: 'two',
    summary: 'A patient with nothing asked but one contraindication, and a typing error',
    method: 'POST',
    path: '/screen/batch',
    body: BATCH,
  },
  {
    operationId: 'nextQuestions',
    name: 'incomplete',
    summary: 'One question not asked, one declined',
    method: 'POST',
    path: '/intake/next',
    body: intakeIn('incomplete'),
  },
  {
    operationId: 'findDecision',
    name: 'eligible',
    summary: 'An eligible patient',
    method: 'GET',
    path: '{eligible}',
  },
  {
    operationId: 'resolveDecision',
    name: 'defer',
    summary: 'The clinician waits',
    method: 'POST',
    path: '{ineligible}/resolution',
    body: {
      choice: 'defer',
      reason: 'Wait until six weeks have passed since the heart attack, and screen again.',
      by: { reference: 'clinician-17', role: 'physician' },
    },
  },
  {
    operationId: 'replayDecision',
    name: 'identical',
    summary: 'It comes out as it was stored',
    method: 'POST',
    path: '{eligible}/replay',
  },
  {
    operationId: 'replayDecision',
    name: 'hypothetical',
    summary: 'What an earlier version would have said, which does not know some of the facts',
    method: 'POST',
    path: '{eligible}/replay?version=1.0.0',
  },
  {
    operationId: 'listDecisions',
    name: 'eligible',
    summary: 'Eligible patients',
    method: 'GET',
    path: '/decisions?verdict=eligible',
  },
  {
    operationId: 'searchDecisions',
    name: 'patient',
    summary: 'All decisions on one patient',
    method: 'POST',
    path: '/decisions/search',
    body: { subject: 'example-review' },
  },
  {
    operationId: 'checkpoint',
    name: 'now',
    summary: 'The log as it is now',
    method: 'GET',
    path: '/audit/checkpoint',
  },
  {
    operationId: 'proveDecision',
    name: 'eligible',
    summary: 'An eligible patient',
    method: 'GET',
    path: '{eligible}/proof',
  },
  {
    operationId: 'exportLog',
    name: 'entries',
    summary: 'Abridged: an entry without its payload',
    method: 'GET',
    path: '/audit/export?from=2&size=5',
  },
  {
    operationId: 'proveConsistency',
    name: 'growth',
    summary: 'The log since its third entry',
    method: 'GET',
    path: '/audit/consistency?from=3',
  },
  {
    operationId: 'handOverIntake',
    name: 'handover',
    summary: 'One question not asked, one declined',
    method: 'POST',
    path: '/intakes',
    body: intakeIn('incomplete'),
  },
  {
    operationId: 'findIntake',
    name: 'handover',
    summary: 'The answers as they were received',
    method: 'GET',
    path: '{handover}',
  },
  {
    operationId: 'intakeSchema',
    name: 'schema',
    summary: 'Abridged: the first fact of each type',
    method: 'GET',
    path: '/intake/schema?ruleSet=ketamine-pain&version=1.0.0',
  },
  {
    operationId: 'intakeQuestionnaire',
    name: 'questionnaire',
    summary: 'Abridged: the first question of each type',
    method: 'GET',
    path: '/intake/questionnaire?ruleSet=ketamine-pain&version=1.0.0',
  },
  { operationId: 'listRuleSets', name: 'sets', summary: 'One rule set', method: 'GET', path: '/rules' },
  {
    operationId: 'listVersions',
    name: 'versions',
    summary: 'One version',
    method: 'GET',
    path: '/rules/ketamine-pain/versions',
  },
  {
    operationId: 'findVersion',
    name: 'version',
    summary: 'Abridged: the first entry of each list',
    method: 'GET',
    path: '/rules/ketamine-pain/versions/1.0.0',
  },
  {
    operationId: 'compareVersions',
    name: 'same',
    summary: 'A version with itself: nothing changed',
    method: 'GET',
    path: '/rules/ketamine-pain/versions/1.0.0/diff/1.0.0',
  },
  {
    operationId: 'ruleHistory',
    name: 'added',
    summary: 'A rule that the first version added',
    method: 'GET',
    path: '/rules/ketamine-pain/rules/hypertension-treat-first/history',
  },
  ...hookExamples(),
  { operationId: 'isLive', name: 'live', summary: 'It answers', method: 'GET', path: '/health/live' },
  { operationId: 'isReady', name: 'ready', summary: 'It can screen', method: 'GET', path: '/health/ready' },
  {
    operationId: 'metrics',
    name: 'measures',
    summary: 'Abridged: what is measured, without the numbers',
    method: 'GET',
    path: '/metrics',
  },
  {
    operationId: 'openapiJson',
    name: 'document',
    summary: 'Abridged: how it begins',
    method: 'GET',
    path: '/openapi.json',
  },
  {
    operationId: 'openapiYaml',
    name: 'document',
    summary: 'Abridged: its first line',
    method: 'GET',
    path: '/openapi.yaml',
  },
];
