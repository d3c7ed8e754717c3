import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { Intake } from '../../screening/intake.js';
import { issue } from '../intake/issue.js';
import { readIntake } from '../intake/read-intake.js';
import { unpackBundle, type Unpacked } from './bundle.js';
import { textAt } from './look.js';
import type { Products } from './products.js';
import { readRecords } from './read-records.js';
import type { Given } from './records.js';
import { namedPatient } from './whose.js';

/** What the query of a request says, which has no room in records: what a native intake holds beside its facts, and what is planned. */
export const FHIR_PARAMETERS = [
  'asOf',
  'ruleSet',
  'ruleSetVersion',
  'retrospective',
  'supersedes',
  'route',
  'phase',
] as const;

type Parameter = (typeof FHIR_PARAMETERS)[number];

/** The query of a request, as text. */
export type FhirQuery = Readonly<Partial<Record<Parameter, string>>>;

/** Facts of the planned treatment that a query may give. */
const GIVEN = ['route', 'phase'] as const;

const SENT = ['completed', 'amended'];

const NOTHING: JsonObject = {};

/** Yes and no are words in a query; any other word is left as it is, and then a fault. */
const valueOf = (key: Parameter, text: string): JsonValue =>
  key === 'retrospective' && (text === 'true' || text === 'false') ? text === 'true' : text;

const envelopeOf = (query: FhirQuery): JsonObject =>
  Object.fromEntries(
    FHIR_PARAMETERS.filter((key) => !GIVEN.some((given) => given === key)).flatMap((key) => {
      const text = query[key];
      return text === undefined ? [] : [[key, valueOf(key, text)] as const];
    }),
  );

const givenIn = (query: FhirQuery): readonly Given[] =>
  GIVEN.flatMap((fact) => {
    const value = query[fact];
    return value === undefined ? [] : [{ fact, value, pointer: pointerTo('', fact) }];
  });

/** The questionnaires of this service, by rule set and, where one is named, by version. */
const CANONICAL = /^urn:ketamine-screening:questionnaire:(?<ruleSet>[^|]+)(?:\|(?<version>.+))?$/;

type Pins = { readonly ruleSet: string | null; readonly version: string | null };

const pinsOf = (response: JsonObject): Pins => {
  const named = CANONICAL.exec(textAt(response, 'questionnaire') ?? '')?.groups;
  return { ruleSet: named?.ruleSet ?? null, version: named?.version ?? null };
};

/** A response that came by itself must be one that can be used: there is nothing else to screen. */
const responseFaults = (response: JsonObject): readonly Issue[] => [
  ...(SENT.includes(textAt(response, 'status') ?? '')
    ? []
    : [issue('/status', 'unknown-code', `must be ${SENT.join(' or ')}`)]),
  ...(pinsOf(response).ruleSet === null
    ? [
        issue(
          '/questionnaire',
          'unknown-key',
          'must be the canonical URL of a questionnaire of this service: see GET /intake/questionnaire',
        ),
      ]
    : []),
];

/** What came, as records. */
type Taken = Unpacked & { readonly pins: Pins };

const NO_PINS: Pins = { ruleSet: null, version: null };

const takeResponse = (response: JsonObject): Taken => ({
  parts: [{ resource: response, pointer: '', fullUrl: null }],
  remarks: [],
  issues: responseFaults(response),
  pins: pinsOf(response),
});

const take = (received: JsonValue): Taken => {
  const resource = isJsonObject(received) ? received : NOTHING;
  const type = textAt(resource, 'resourceType');
  if (type === 'Bundle') return { ...unpackBundle(resource), pins: NO_PINS };
  if (type === 'QuestionnaireResponse') return takeResponse(resource);
  const fault = issue('/resourceType', 'wrong-type', 'must be Bundle or QuestionnaireResponse');
  return { parts: [], remarks: [], issues: [fault], pins: NO_PINS };
};

/**
 * What is kept of records beside the facts: how many there were of which kind. The records hold names, addresses and notes that no decision rests on; from where in them each fact
 * came is kept with the decision.
 */
const keptOf = (received: JsonValue, { parts }: Taken, query: FhirQuery): JsonValue => {
  const types = parts.map(({ resource }) =>
    isJsonObject(resource) ? (textAt(resource, 'resourceType') ?? '?') : '?',
  );
  const kinds = [...new Set(types)].toSorted();
  return {
    format: 'fhir-r4',
    resourceType: isJsonObject(received) ? (textAt(received, 'resourceType') ?? null) : null,
    records: Object.fromEntries(
      kinds.map((kind) => [kind, types.filter((type) => type === kind).length] as const),
    ),
    query,
  };
};

/**
 * Reads a request of FHIR R4: a Bundle of the records of one patient, or a response to the questionnaire of this service. Like a native intake it never fails: what is
 * wrong stands in `issues`, and what a record cannot say counts as unknown.
 * Source: HL7 FHIR R4 (4.0.1), Bundle and QuestionnaireResponse
 */
export const readFhir = (received: JsonValue, query: FhirQuery, products: Products): Intake => {
  const envelope = readIntake(envelopeOf(query));
  const taken = take(received);
  const records = { patient: null, parts: taken.parts, remarks: taken.remarks, given: givenIn(query) };
  return {
    ...envelope,
    subject: namedPatient(records),
    ruleSet: envelope.ruleSet ?? taken.pins.ruleSet,
    ruleSetVersion: envelope.ruleSetVersion ?? taken.pins.version,
    received: keptOf(received, taken, query),
    issues: [...envelope.issues, ...taken.issues],
    readFacts: (body, asOf) => readRecords(records, { body, asOf, products }),
  };
};
