import { readIntake } from '../formats/intake/read-intake.js';
import { writeAnswer } from '../formats/intake/write-answer.js';
import { BODY_LIMIT } from '../http/strict-json.js';
import { canonicalText } from '../log/canonical.js';
import { NOT_APPROVED } from '../rules/approval.js';
import { ENGINE_VERSION } from '../screening/engine.js';
import { evaluateIntake } from '../services/evaluate-intake.js';
import { looseDecision, type LooseDecision } from '../services/loose-decision.js';
import type { Clock, RuleLibrary } from '../services/ports.js';
import type { Issue } from '../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import { failure, success, type Result } from '../values/result.js';
import { newestIn } from './load-rules.js';

/** What the command line says in the place of the intake. Only keys that an intake knows. */
export type Overrides = {
  readonly asOf?: string;
  readonly retrospective?: true;
  readonly ruleSet?: string;
  readonly ruleSetVersion?: string;
};

/** Screens the bytes of one intake; null is an intake that is too long to be read. Every fault is reported at once. */
export type IntakeScreener = (bytes: Uint8Array | null) => Result<LooseDecision>;

/** The greatest size of an intake in bytes: that of a request to the service. */
export const INTAKE_LIMIT = BODY_LIMIT;

const TOO_LONG: Issue = {
  pointer: '',
  code: 'too-long',
  detail: `an intake has at most ${INTAKE_LIMIT} bytes`,
};

const withOverrides = (received: JsonValue, overrides: Overrides): JsonValue =>
  isJsonObject(received) ? { ...received, ...overrides } : received;

/**
 * Makes a screener that reads and evaluates as the service does, by the same reader and the same rules, and writes to no log. An earlier
 * decision that an intake supersedes is not looked up, and no version counts as approved: there is no log to find that in.
 */
export const screenerOf = (rules: RuleLibrary, clock: Clock, overrides: Overrides): IntakeScreener => {
  const versions = newestIn(rules);
  return (bytes) => {
    const json = bytes === null ? failure([TOO_LONG]) : readJson(bytes);
    if (!json.ok) return json;
    const intake = readIntake(withOverrides(json.value, overrides));
    const evaluated = evaluateIntake(intake, { clock }, versions);
    const by = { approval: NOT_APPROVED, engine: ENGINE_VERSION };
    return evaluated.ok ? success(looseDecision(intake, evaluated.value, by)) : evaluated;
  };
};

const withoutId = (answer: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(answer).filter(([key]) => key !== 'id'));

/** The answer as `POST /screen` would send it, canonical JSON on one line, but without an id: no decision was made. */
export const answerText = (decision: LooseDecision): string =>
  canonicalText(withoutId(writeAnswer({ ...decision, id: '' })));
