import type { Change } from '../../../../src/rules/diff/change.js';
import { changesIn, diffRuleSets } from '../../../../src/rules/diff/diff-rule-sets.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aFact, aRule, aRuleSet, aSetOf, changed, ruleSetOf } from '../../../support/builders.js';

/** The changes between two rule sets that are given as JSON. */
export const changesBetween = (from: JsonObject, to: JsonObject): readonly Change[] =>
  changesIn(diffRuleSets(ruleSetOf(from).body, ruleSetOf(to).body));

/** The changes where one place of the small rule set has another value, or none. */
export const changesAt = (pointer: string, value?: JsonValue): readonly Change[] =>
  changesBetween(aRuleSet(), changed(aRuleSet(), pointer, value));

/** Changes in short, one line each: `kind effect: words`. */
export const told = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ kind, effect, inWords }) => `${kind} ${effect}: ${inWords}`);

/** Where changes are, one line each: the pointer into the first version, and the one into the second. */
export const places = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ from, to }) => `${from?.pointer ?? 'nowhere'} ${to?.pointer ?? 'nowhere'}`);

const FACTS: readonly JsonObject[] = [
  ...['a', 'b', 'c', 'd'].map((id) => aFact.boolean(id)),
  aFact.number('age', { unit: 'a', range: { min: 0, max: 130 }, alsoAccepts: { mo: 0.08333333333 } }),
  aFact.number('ratio'),
  aFact.date('lastAttack'),
  aFact.code('route', ['oral', 'nasal', 'other']),
  aFact.codeList('medicines', ['1', '2', '3'], { open: true }),
];

/** The changes where the one rule of a set, `asked`, has another criterion. */
export const criterionChanges = (from: JsonObject, to: JsonObject): readonly Change[] => {
  const set = (criterion: JsonObject) => aSetOf(FACTS, [aRule('asked', 'relative', criterion)]);
  return changesIn(diffRuleSets(set(from), set(to)));
};
