import { readIntake } from '../../src/formats/intake/read-intake.js';
import { writeAnswer } from '../../src/formats/intake/write-answer.js';
import { canonicalText } from '../../src/log/canonical.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import { evaluateIntake } from '../../src/services/evaluate-intake.js';
import { NOT_APPROVED } from '../../src/rules/approval.js';
import { looseDecision } from '../../src/services/loose-decision.js';
import type { RuleLibrary } from '../../src/services/ports.js';
import { newestOf } from '../../src/rules/rule-set.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { at } from './builders.js';

/** What the function says of an intake: read, screened and written here, with no service, log or command between. It has no id. */
export const answerOfFunction = (intake: JsonObject, rules: RuleLibrary, now: string): JsonObject => {
  const read = readIntake(intake);
  const versions = {
    ...rules,
    mayScreen: () => true,
    inForce: (id: string) => newestOf(rules.all().filter(({ body }) => body.id === id)) ?? null,
  };
  const evaluated = evaluateIntake(read, { clock: () => at(now) }, versions);
  if (!evaluated.ok) throw new Error(JSON.stringify(evaluated.issues));
  const { id, ...answer } = writeAnswer({
    ...looseDecision(read, evaluated.value, { approval: NOT_APPROVED, engine: ENGINE_VERSION }),
    id: 'none',
  });
  return id === 'none' ? answer : {};
};

/** The canonical text of an answer without some of its keys. */
export const textWithout = (answer: JsonObject, keys: readonly string[]): string =>
  canonicalText(Object.fromEntries(Object.entries(answer).filter(([key]) => !keys.includes(key))));

/** Whether an answer has expired by its own words: `expired` is the one other key that the moment of evaluation decides. */
export const isExpiredByItsTimes = ({ validUntil, evaluatedAt }: JsonObject): JsonValue =>
  typeof validUntil === 'string' &&
  typeof evaluatedAt === 'string' &&
  at(validUntil).epochMs <= at(evaluatedAt).epochMs;
