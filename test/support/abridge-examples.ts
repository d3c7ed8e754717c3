import type { JsonObject, JsonValue } from '../../src/values/json.js';

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

/** One decision tells what they all look like. How many there are, and what was decided on them, is of the service that was asked. */
const cutDecisions = ({ items }: JsonObject): JsonObject => ({
  items: (items as readonly JsonObject[]).slice(0, 1).map((item) => ({ ...item, resolutions: [] })),
});

/** The parts of a payload are long, and each is shown where it is asked for: one of them tells what they look like. */
const cutProof = ({ parts, ...proof }: JsonObject): JsonObject => {
  const { summary = null } = parts as JsonObject;
  return { ...proof, parts: { summary } };
};

/** The head, the first entry without its payload, and the end. */
const cutExport = (text: string): string => {
  const [head = '', entry = '{}', ...others] = text.trimEnd().split('\n');
  const shown = { ...(JSON.parse(entry) as JsonObject), parts: {} };
  return `${[head, JSON.stringify(shown), others.at(-1) ?? ''].join('\n')}\n`;
};

/** What there is, without the numbers of the moment: and that the service can screen. */
const cutMeasures = (text: string): string =>
  `${text
    .split('\n')
    .filter((line) => /^# (?:HELP|TYPE) screening_|^screening_ready /.test(line))
    .join('\n')}\n`;

/** How answers that are too long to be read are shown in the description, by operation. */
const CUTS: Readonly<Record<string, (answer: JsonValue) => JsonValue>> = {
  metrics: (answer) => cutMeasures(answer as string),
  findVersion: (answer) => cutVersion(answer as JsonObject),
  intakeQuestionnaire: (answer) => cutQuestionnaire(answer as JsonObject),
  intakeSchema: (answer) => cutSchema(answer as JsonObject),
  listDecisions: (answer) => cutDecisions(answer as JsonObject),
  searchDecisions: (answer) => cutDecisions(answer as JsonObject),
  exportLog: (answer) => cutExport(answer as string),
  proveDecision: (answer) => cutProof(answer as JsonObject),
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
      .replace(/((?:at|from)\\?":\\?")\d{4}-\d\d-\d\dT[^"\\]+/g, '$1a time')
      .replace(/"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"/g, '"a code"')
      .replace(/ketamine-screening\/[0-9a-f]{16}(?:[^"\\]|\\n|\\\\n)*/g, 'a log')
      .replace(/"hashes":\[[^\]]*\]/g, '"hashes":[]')
      .replace(/(size|position)(\\?"):\d+/g, '$1$2:0')
      .replace(/\b[0-9a-f]{64}\b/g, 'a fingerprint'),
  ) as JsonValue;
