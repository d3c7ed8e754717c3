import type { ClaimsRead } from '../../src/formats/fhir/claim.js';
import { readResponse } from '../../src/formats/fhir/read-response.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { aFact, aRuleSet, at, changed, ruleSetOf } from './builders.js';

const pulse = aFact.number('pulse', {
  unit: '/min',
  range: { min: 20, max: 300 },
  alsoAccepts: { '/s': 60 },
});

/** What is asked because of an answer to what is asked because of another answer, outside of any gate. */
const CHAIN: readonly JsonObject[] = [
  aFact.boolean('smoking'),
  aFact.boolean('heavily', { detailOf: 'smoking' }),
  aFact.date('heavilySince', { detailOf: 'heavily' }),
];

const { body } = ruleSetOf(
  [pulse, ...CHAIN].reduce((set, fact) => changed(set, '/facts/-', fact), aRuleSet()),
);

/** The moment at which the responses of these tests are judged. */
const AS_OF = '2026-11-22T12:00:00Z';

/** The codes of answers that every question may have. */
export const CODES = {
  yes: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'Y' },
  no: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N' },
  notSure: { system: 'urn:ketamine-screening:codes:unknown', code: 'asked-unknown' },
  declined: { system: 'urn:ketamine-screening:codes:unknown', code: 'declined' },
} as const;

/** The code of an option of a fact of the small set. */
export const optionOf = (fact: string, code: string): JsonObject => ({
  system: `urn:ketamine-screening:codes:small-set:${fact}`,
  code,
});

/** A quantity in a unit of UCUM. */
export const quantity = (value: JsonValue, code: string): JsonObject => ({
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code },
});

/** An item that is answered with a code, or with some answers. */
export const answered = (linkId: string, ...answers: readonly JsonObject[]): JsonObject => ({
  linkId,
  answer: answers.map((answer) => ('system' in answer ? { valueCoding: answer } : answer)),
});

/** A response to the questionnaire of the small set, filled in at the moment at which it is judged. */
export const aResponse = (item: readonly JsonValue[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'QuestionnaireResponse',
  id: 'form-1',
  status: 'completed',
  questionnaire: 'urn:ketamine-screening:questionnaire:small-set|1.0.0',
  authored: AS_OF,
  item,
  ...more,
});

/** Reads a response under the small set. */
export const readAt = (resource: JsonValue, pointer = ''): ClaimsRead =>
  readResponse({ resource, pointer, fullUrl: null }, { body, asOf: at(AS_OF) });

/** What a response of some items says: each claim as its fact and what is said, and each remark as `code pointer`. */
export const said = (
  ...items: readonly JsonValue[]
): { readonly said: readonly unknown[]; readonly remarks: readonly string[] } => saidBy(aResponse(items));

/** What a response says. */
export const saidBy = (
  response: JsonValue,
): { readonly said: readonly unknown[]; readonly remarks: readonly string[] } => {
  const { claims, remarks } = readAt(response);
  return {
    said: claims.map((claim) => [claim.from.fact, claim.said]),
    remarks: remarks.map(({ code, pointer }) => `${code} ${pointer}`),
  };
};
