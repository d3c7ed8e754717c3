import { readFacts } from '../../../src/formats/intake/read-facts.js';
import type { FactValue } from '../../../src/screening/facts.js';
import type { FactsRead } from '../../../src/screening/intake.js';
import type { JsonObject, JsonValue } from '../../../src/values/json.js';
import { aFact, aRuleSet, at, changed, ruleSetOf } from '../../support/builders.js';

const withWeight = changed(
  changed(aRuleSet(), '/facts/-', aFact.number('weight', { unit: 'kg', range: { min: 1, max: 400 } })),
  '/facts/-',
  aFact.number('pulse', { unit: '/min', range: { min: 20, max: 300 }, alsoAccepts: { '/s': 60 } }),
);

const { body } = ruleSetOf(withWeight);

/** Reads the facts of an intake under the small rule set, at noon of 22 November 2026. */
export const readSmall = (facts: JsonObject): FactsRead => readFacts(facts, body, at('2026-11-22T12:00:00Z'));

/** The faults of some facts, as `code pointer`. */
export const faultsOf = (facts: JsonObject): readonly string[] =>
  readSmall(facts).issues.map(({ code, pointer }) => `${code} ${pointer}`);

/** What one fact was read as, where there was no fault. */
export const valueOf = (id: string, sent: JsonValue): FactValue | undefined => {
  const { facts, issues } = readSmall({ [id]: sent });
  return issues.length === 0 ? facts[id] : undefined;
};
