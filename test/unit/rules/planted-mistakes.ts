import type { RuleIssueCode } from '../../../src/rules/rule-issue.js';
import type { JsonObject, JsonValue } from '../../../src/values/json.js';
import { aRuleSet, changed } from '../../support/builders.js';

/**
 * A mistake in an otherwise valid rule set: where it is put and what is put there (undefined takes away), where it is reported if that is
 * elsewhere, and what else follows from it, as `code pointer`.
 */
type Planted = readonly [
  at: string,
  put: JsonValue | undefined,
  pointer?: string | undefined,
  also?: readonly string[],
];

/** Mistakes by the code that names them, and in words. */
export type Mistakes = Readonly<Partial<Record<RuleIssueCode, Readonly<Record<string, Planted>>>>>;

/** One mistake with the rule set that holds it, and all that must be said of that set, as `code pointer`. */
export type Mistake = {
  readonly code: string;
  readonly what: string;
  readonly ruleSet: JsonObject;
  readonly expected: readonly string[];
};

/** Each mistake on its own. */
export const mistakesIn = (mistakes: Mistakes): readonly Mistake[] =>
  Object.entries(mistakes).flatMap(([code, byName]) =>
    Object.entries(byName).map(([what, [at, put, pointer = at, also = []]]) => ({
      code,
      what,
      ruleSet: changed(aRuleSet(), at, put),
      expected: [`${code} ${pointer}`, ...also],
    })),
  );
