import { parseRuleSet } from '../../src/rules/parse.js';
import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import type { Severity } from '../../src/rules/rule.js';
import type { FactValue, Reading, SeriesValue } from '../../src/screening/facts.js';
import { parseInstant, type Instant } from '../../src/values/instant.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';

/** The instant of a timestamp. @throws Error where it is none */
export const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`${text} is no timestamp`);
  return instant;
};

const asked = (id: string): JsonObject => ({
  id,
  domain: 'heart',
  about: 'patient',
  question: `What of ${id}?`,
});

const option = (code: string): JsonObject => ({ code, label: `label of ${code}` });

const mercury: JsonObject = {
  unit: 'mm[Hg]',
  range: { min: 20, max: 300 },
  alsoAccepts: { kPa: 7.500637554 },
};

/** Entries of a fact dictionary, one for each type, as JSON. What is given besides stands over what they hold. */
export const aFact = {
  boolean: (id: string, more: JsonObject = {}): JsonObject => ({ ...asked(id), type: 'boolean', ...more }),
  number: (id: string, more: JsonObject = {}): JsonObject => ({
    ...asked(id),
    type: 'number',
    unit: '1',
    range: { min: 0, max: 100 },
    ...more,
  }),
  code: (id: string, codes: readonly string[], more: JsonObject = {}): JsonObject => ({
    ...asked(id),
    type: 'code',
    options: codes.map(option),
    ...more,
  }),
  codeList: (id: string, codes: readonly string[], more: JsonObject = {}): JsonObject => ({
    ...asked(id),
    type: 'codeList',
    open: false,
    options: codes.map(option),
    ...more,
  }),
  date: (id: string, more: JsonObject = {}): JsonObject => ({ ...asked(id), type: 'date', ...more }),
  pressure: (id: string, more: JsonObject = {}): JsonObject => ({
    ...asked(id),
    type: 'series',
    components: { systolic: mercury, diastolic: mercury },
    ordered: [{ greater: 'systolic', lesser: 'diastolic' }],
    ...more,
  }),
  derived: (id: string, derive: JsonObject, more: JsonObject = {}): JsonObject => ({
    id,
    domain: 'heart',
    about: 'patient',
    type: 'derived',
    label: `the ${id}`,
    unit: '1',
    derive,
    source: 'guide',
    ...more,
  }),
} as const;

const explained = (criterion: JsonObject): JsonObject => ({
  title: 'A title',
  explanation: 'An explanation.',
  rationale: 'A rationale.',
  action: 'An action.',
  criterion,
  citations: [{ source: 'guide', locator: 'page 7', supports: 'All of it', basis: 'seen' }],
});

/** A rule as JSON. */
export const aRule = (
  id: string,
  severity: Severity,
  criterion: JsonObject,
  more: JsonObject = {},
): JsonObject => ({
  ...explained(criterion),
  id,
  domain: 'heart',
  severity,
  lastReviewDate: null,
  tags: [],
  ...more,
});

/** A test of a boolean fact. */
export const is = (fact: string, value = true): JsonObject => ({ fact, is: value });

/** A comparison of a number without a unit, with a threshold from the one source of these sets. */
export const compare = (fact: string, op: string, value: number, unit = '1'): JsonObject => ({
  fact,
  compare: op,
  value,
  unit,
  source: 'guide',
});

/** A test of the time since a date. */
export const elapsed = (fact: string, op: string, duration: string): JsonObject => ({
  fact,
  elapsed: op,
  duration,
  source: 'guide',
});

/** The mean systolic pressure of the latest sitting. */
const MEAN_SYSTOLIC = aFact.derived(
  'meanSystolic',
  {
    mean: {
      series: 'pressure',
      component: 'systolic',
      within: 'P30D',
      sitting: 'PT1H',
      minReadings: 2,
    },
  },
  { unit: 'mm[Hg]', label: 'mean systolic of the latest sitting' },
);

const SCORE = aFact.derived('score', {
  sum: [
    { points: { fact: 'angina', true: 2, false: 0 } },
    { points: { fact: 'route', answers: { oral: 0, intravenous: 3 } } },
    { points: { fact: 'age', bands: [{ points: 0 }, { from: 65, points: 1 }, { above: 75, points: 4 }] } },
  ],
});

/** The facts of `aRuleSet`, one of every type; a test may point at them by their place. */
const FACTS: readonly JsonObject[] = [
  aFact.boolean('adult'),
  aFact.number('age', { unit: 'a', range: { min: 0, max: 130 } }),
  aFact.code('route', ['oral', 'intravenous'], { about: 'treatment' }),
  aFact.codeList('medicines', ['6813', '1819'], { open: true }),
  aFact.codeList('allergies', ['latex', 'nuts']),
  aFact.boolean('heartDisease', { gate: ['angina', 'heartFailure'] }),
  aFact.boolean('angina'),
  aFact.boolean('heartFailure'),
  aFact.date('lastAttack', { detailOf: 'angina' }),
  aFact.pressure('pressure'),
  aFact.number('urgency', { integer: true, range: { min: 0, max: 5 }, detailOf: 'heartDisease' }),
  MEAN_SYSTOLIC,
  SCORE,
];

const UNSPECIFIED: JsonObject = {
  all: [is('heartDisease'), { not: { any: [is('angina'), is('heartFailure')] } }],
};

const RULES: readonly JsonObject[] = [
  aRule('severe-pressure', 'absolute', compare('meanSystolic', '>=', 180, 'mm[Hg]')),
  aRule('recent-attack', 'absolute', { all: [is('angina'), elapsed('lastAttack', '<=', 'P42D')] }),
  aRule('high-pressure', 'relative', compare('meanSystolic', '>=', 160, 'mm[Hg]')),
  aRule('heart-disease-unspecified', 'relative', UNSPECIFIED),
  aRule('heart-failure', 'relative', is('heartFailure')),
  aRule('high-score', 'relative', compare('score', '>=', 5)),
  aRule('on-methadone', 'precaution', { fact: 'medicines', includesAny: ['6813'] }),
  aRule('oral-route', 'precaution', { fact: 'route', in: ['oral'] }),
];

/** A small valid rule set as JSON, with a fact of every type. What is given stands over what it holds. */
export const aRuleSet = (more: JsonObject = {}): JsonObject => ({
  id: 'small-set',
  version: '1.0.0',
  title: 'A small set',
  description: 'A small set for tests.',
  scope: explained(is('adult')),
  facts: FACTS,
  sources: [{ id: 'guide', title: 'A guide', year: 2025, kind: 'guideline', basis: 'seen' }],
  domains: [{ id: 'heart', title: 'Heart', description: 'Of the heart.' }],
  rules: RULES,
  ...more,
});

/** A rule set of some facts and rules, whose scope is that the patient is an `adult`. */
export const aSetOf = (facts: readonly JsonObject[], rules: readonly JsonObject[]): RuleSetBody =>
  ruleSetOf(aRuleSet({ facts: [aFact.boolean('adult'), ...facts], rules })).body;

/** The rule set that a JSON value is. @throws Error with every mistake where it is none */
export const ruleSetOf = (json: JsonValue): RuleSet => {
  const parsed = parseRuleSet(json);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.issues.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n'));
};

const put = (
  inside: JsonValue | undefined,
  steps: readonly string[],
  value: JsonValue | undefined,
): JsonValue => {
  const [step, ...others] = steps;
  if (step === undefined) return value ?? null;
  if (Array.isArray(inside)) {
    const items: readonly JsonValue[] = inside;
    const index = step === '-' ? items.length : Number(step);
    return [...items.slice(0, index), put(items[index], others, value), ...items.slice(index + 1)];
  }
  const object = inside !== undefined && isJsonObject(inside) ? inside : {};
  if (value === undefined && others.length === 0)
    return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
  return { ...object, [step]: put(object[step], others, value) };
};

/** The same JSON with another value in one place (a JSON Pointer; `-` appends), or without it where no value is given. */
export const changed = (json: JsonObject, pointer: string, value?: JsonValue): JsonObject => {
  const result = put(json, pointer.split('/').slice(1), value);
  return isJsonObject(result) ? result : json;
};

/** Typed facts, as a reader makes them. */
export const known = {
  yes: { kind: 'boolean', value: true },
  no: { kind: 'boolean', value: false },
  declined: { kind: 'unknown', reason: 'declined' },
  askedUnknown: { kind: 'unknown', reason: 'asked-unknown' },
  number: (value: number): FactValue => ({ kind: 'number', low: value, high: value }),
  code: (value: string): FactValue => ({ kind: 'code', value }),
  codes: (codes: readonly string[], complete = true): FactValue => ({ kind: 'codeList', codes, complete }),
  date: (value: string): FactValue => ({ kind: 'date', value }),
  series: (...readings: readonly Reading[]): SeriesValue => ({ kind: 'series', readings }),
} as const satisfies Record<string, FactValue | ((...values: never[]) => FactValue)>;

/** A reading of the blood pressure; the diastolic one is 80 where it is not given. */
export const pressureAt = (
  takenAt: string,
  systolic: number | null,
  diastolic: number | null = 80,
): Reading => ({
  takenAt,
  values: { systolic, diastolic },
});
