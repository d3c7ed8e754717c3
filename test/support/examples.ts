import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../src/values/json.js';

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
  { operationId: 'isLive', name: 'live', summary: 'It answers', method: 'GET', path: '/health/live' },
  { operationId: 'isReady', name: 'ready', summary: 'It can screen', method: 'GET', path: '/health/ready' },
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

const cutList = (value: JsonValue): JsonValue => (Array.isArray(value) ? value.slice(0, 1) : value);

const cutVersion = (version: JsonObject): JsonObject => ({
  ...version,
  body: Object.fromEntries(
    Object.entries(version.body as JsonObject).map(([key, value]) => [key, cutList(value)]),
  ),
});

const firstOfEachType = (facts: JsonObject): JsonObject => {
  const typeOf = (fact: JsonValue): JsonValue | undefined => (fact as JsonObject)['x-type'];
  const all = Object.entries(facts);
  const first = all.filter(
    ([id, fact]) => all.find(([, other]) => typeOf(other) === typeOf(fact))?.[0] === id,
  );
  return Object.fromEntries(first);
};

const cutSchema = (schema: JsonObject): JsonObject => {
  const properties = schema.properties as { readonly facts: { readonly properties: JsonObject } };
  const facts = { ...properties.facts, properties: firstOfEachType(properties.facts.properties) };
  return { ...schema, properties: { ...properties, facts } };
};

/** The first item of each type in each section, and no section in which there is no new one. */
const firstItemsOfEachType = (sections: readonly JsonObject[]): readonly JsonObject[] => {
  const seen = new Set<JsonValue>();
  return sections.flatMap((section) => {
    const item = (section.item as readonly JsonObject[]).filter(({ type = null }) => {
      const isNew = !seen.has(type);
      seen.add(type);
      return isNew;
    });
    return item.length === 0 ? [] : [{ ...section, item }];
  });
};

const cutQuestionnaire = (questionnaire: JsonObject): JsonObject => ({
  ...questionnaire,
  item: firstItemsOfEachType(questionnaire.item as readonly JsonObject[]),
});

const cutDescription = ({ openapi = '', info = {} }: JsonObject): JsonObject => {
  const { title = '', version = '' } = info as JsonObject;
  return { openapi, info: { title, version }, paths: {} };
};

/** How answers that are too long to be read are shown in the description, by operation. */
const CUTS: Readonly<Record<string, (answer: JsonValue) => JsonValue>> = {
  findVersion: (answer) => cutVersion(answer as JsonObject),
  intakeQuestionnaire: (answer) => cutQuestionnaire(answer as JsonObject),
  intakeSchema: (answer) => cutSchema(answer as JsonObject),
  openapiJson: (answer) => cutDescription(answer as JsonObject),
  openapiYaml: (answer) => `${(answer as string).split('\n')[0] ?? ''}\n`,
};

/** Whether the answers of an operation are cut in the description. */
export const isAbridged = (operationId: string): boolean => Object.hasOwn(CUTS, operationId);

/** An answer as the description shows it. */
export const abridged = (operationId: string, answer: JsonValue): JsonValue =>
  CUTS[operationId]?.(answer) ?? answer;

/** A value with all that differs at every run, and the fingerprints of rules that may change, taken out of it. */
export const masked = (value: JsonValue): JsonValue =>
  JSON.parse(
    JSON.stringify(value)
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'an id')
      .replace(/((?:evaluated|replayed|received|expires|registered)At\\?":\\?")[^"\\]+/g, '$1a time')
      .replace(/("(?:at|from)":")\d{4}-\d\d-\d\dT[^"]+/g, '$1a time')
      .replace(/"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"/g, '"a code"')
      .replace(/\b[0-9a-f]{64}\b/g, 'a fingerprint'),
  ) as JsonValue;
