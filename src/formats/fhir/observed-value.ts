import type { JsonObject } from '../../values/json.js';
import type { Measured } from '../../rules/fact.js';
import type { FactValue } from '../../screening/facts.js';
import { conceptAt, type Concept, type RecordCode } from './concept.js';
import { tokenOf, type FactCodes, type Match } from './fact-codes.js';
import { booleanAt, choiceOf, numberAt, objectAt, orNull } from './look.js';
import { exactQuantity, readQuantity } from './quantity.js';

const UNREADABLE: FactValue = { kind: 'unknown', reason: 'unreadable' };

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

const tokens = (codes: readonly RecordCode[]): ReadonlySet<string> => new Set(codes.map(tokenOf));

/** Codes of yes and no, and of the results of a test that is positive or negative. General knowledge, to check against the terminologies. */
const YES = tokens([
  { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'Y' },
  { system: SNOMED, code: '373066001' },
  { system: LOINC, code: 'LA33-6' },
]);
const NO = tokens([
  { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N' },
  { system: SNOMED, code: '373067005' },
  { system: LOINC, code: 'LA32-8' },
]);
const POSITIVE = tokens([
  { system: SNOMED, code: '10828004' },
  { system: LOINC, code: 'LA6576-8' },
  { system: INTERPRETATION, code: 'POS' },
]);
const NEGATIVE = tokens([
  { system: SNOMED, code: '260385009' },
  { system: LOINC, code: 'LA6577-6' },
  { system: INTERPRETATION, code: 'NEG' },
]);

const isAmong = (concept: Concept, known: ReadonlySet<string>): boolean =>
  concept.codes.some((code) => known.has(tokenOf(code)));

/** Of two things that exclude each other, the one that a concept says; null where it says neither, or both. */
const whichOf = (concept: Concept, yes: ReadonlySet<string>, no: ReadonlySet<string>): boolean | null => {
  const [isYes, isNo] = [isAmong(concept, yes), isAmong(concept, no)];
  return isYes === isNo ? null : isYes;
};

/** The concept that is the value; null where the value is something else. */
const valueConcept = (holder: JsonObject): Concept | null =>
  conceptAt(holder, 'valueCodeableConcept') ?? null;

/** Whether there is one value, as there must be: FHIR lets it be of many types. */
const hasOneValue = (holder: JsonObject): boolean => choiceOf(holder, 'value').length === 1;

/** The number that a component of a series has in an Observation, or in a component of one; null where it cannot be read. */
export const observedNumber = (holder: JsonObject, measured: Measured): number | null => {
  if (!hasOneValue(holder)) return null;
  const quantity = objectAt(holder, 'valueQuantity');
  if (quantity !== undefined) return quantity === null ? null : exactQuantity(quantity, measured);
  return measured.unit === '1' ? (wholeNumber(holder, measured) ?? resultOf(holder, measured)) : null;
};

const wholeNumber = (holder: JsonObject, { range }: Measured): number | null => {
  const whole = orNull(numberAt(holder, 'valueInteger'));
  return whole !== null && whole >= range.min && whole <= range.max ? whole : null;
};

/** The result of a test as the number that a component from nought to one has: one is positive. */
const resultOf = (holder: JsonObject, { range }: Measured): number | null => {
  const concept = range.min === 0 && range.max === 1 ? valueConcept(holder) : null;
  const result = concept === null ? null : whichOf(concept, POSITIVE, NEGATIVE);
  return result === null ? null : Number(result);
};

/** What is named as the value: a code that the dictionary has for the fact itself. */
const namedAnswer = (concept: Concept, { fact }: Match, codes: FactCodes): FactValue => {
  const own = codes.matches(concept).filter((match) => match.fact.id === fact.id);
  const answers = [...new Set(own.map(({ by }) => by.answer))];
  const [answer] = answers;
  if (answers.length !== 1) return UNREADABLE;
  if (fact.type === 'boolean') return { kind: 'boolean', value: answer !== 'no' };
  return fact.type === 'code' && answer !== undefined ? { kind: 'code', value: answer } : UNREADABLE;
};

const observedBoolean = (holder: JsonObject, match: Match, codes: FactCodes): FactValue => {
  const value = booleanAt(holder, 'valueBoolean');
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  const concept = valueConcept(holder);
  if (concept === null) return UNREADABLE;
  const answer = whichOf(concept, YES, NO);
  return answer === null ? namedAnswer(concept, match, codes) : { kind: 'boolean', value: answer };
};

/** The answer to a fact that is no series, in an Observation that the fact has a code for. */
export const observedAnswer = (holder: JsonObject, match: Match, codes: FactCodes): FactValue => {
  if (!hasOneValue(holder)) return UNREADABLE;
  const { fact } = match;
  switch (fact.type) {
    case 'boolean':
      return observedBoolean(holder, match, codes);
    case 'code':
      return observedCode(holder, match, codes);
    case 'number':
      return observedSpan(holder, fact);
    case 'codeList':
    case 'date':
    case 'series':
      return UNREADABLE;
  }
};

const observedCode = (holder: JsonObject, match: Match, codes: FactCodes): FactValue => {
  const concept = valueConcept(holder);
  return concept === null ? UNREADABLE : namedAnswer(concept, match, codes);
};

const observedSpan = (holder: JsonObject, measured: Measured): FactValue => {
  const quantity = orNull(objectAt(holder, 'valueQuantity'));
  const span = quantity === null ? null : readQuantity(quantity, measured);
  return span === null ? UNREADABLE : { kind: 'number', ...span };
};
