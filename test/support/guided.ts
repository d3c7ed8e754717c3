import { readAnswer, type Answer } from '../../src/formats/fhir/answered.js';
import { writeGuidance } from '../../src/formats/fhir/write-guidance.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { JsonObject } from '../../src/values/json.js';
import { answerOfFunction } from './answer-texts.js';
import { intakeOf, vignetteNames } from './http.js';
import { NOW, shippedRules } from './test-app.js';

/** The id of each decision that is made here. */
export const DECISION = '0197f3c2-6f3a-7b1e-8c55-0f2d6a1b3c4d';

const shipped = shippedRules();

/** An answer, with the version that gave it. */
export type Guided = { readonly name: string; readonly answer: Answer; readonly body: RuleSetBody };

const guidedOn = (name: string): Guided => {
  const answer = readAnswer({ id: DECISION, ...answerOfFunction(intakeOf(name), shipped, NOW) });
  const version = shipped.find(answer.ruleSet.id, answer.ruleSet.version);
  if (version === null) throw new Error(`${answer.ruleSet.version} is not shipped`);
  return { name, answer, body: version.body };
};

/** What comes of every whole patient. */
export const guidedPatients = (): readonly Guided[] => vignetteNames().map(guidedOn);

/** What comes of one whole patient, with what is given standing over the answer. */
export const guided = (name: string, more: Partial<Answer> = {}): Guided => {
  const one = guidedOn(name);
  return { ...one, answer: { ...one.answer, ...more } };
};

/** The answer in FHIR. */
export const guidanceOf = ({ answer, body }: Guided): JsonObject => writeGuidance(answer, body);

/** What an answer in FHIR contains under an id. @throws Error where there is none */
export const containedIn = (guidance: JsonObject, id: string): JsonObject => {
  const found = (guidance.contained as readonly JsonObject[]).find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing is contained as ${id}`);
  return found;
};
