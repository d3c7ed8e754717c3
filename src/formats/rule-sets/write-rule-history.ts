import type { JsonObject } from '../../values/json.js';
import type { RuleStep } from '../../rules/diff/rule-history.js';
import { stepInWords } from './difference-words.js';

const writeStep =
  (id: string) =>
  (step: RuleStep): JsonObject => {
    const { version, change, effect, rule, changes, factChanges } = step;
    return {
      version: version.body.version,
      sha256: version.sha256,
      change,
      effect,
      inWords: stepInWords(id, step, [...changes, ...factChanges.flatMap((fact) => fact.changes)]),
      rule,
      changes,
      factChanges,
    };
  };

/** Writes the history of a rule, oldest version first. */
export const writeRuleHistory = (
  { set, rule }: { readonly set: string; readonly rule: string },
  steps: readonly RuleStep[],
): JsonObject => ({ ruleSet: set, rule, items: steps.map(writeStep(rule)) });
