import type { RuleLibrary } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';
import { libraryOf } from './approve.js';
import { aFact, aRule, aRuleSet, ruleSetOf } from './builders.js';

const by = (...routes: readonly string[]): JsonObject => ({ fact: 'route', in: routes });

/**
 * A set that decides by the route of an order alone, under the id of the set that is meant by default: by mouth a patient is eligible, into a vein a clinician
 * must weigh it, and under the skin it is contraindicated. No real set may decide so.
 */
export const routeRules = (): RuleLibrary => {
  const base = aRuleSet();
  const scope = { ...(base.scope as JsonObject), criterion: by('oral', 'intravenous', 'subcutaneous') };
  const facts = [aFact.code('route', ['oral', 'intravenous', 'subcutaneous', 'topical'])];
  const rules = [
    aRule('by-vein', 'relative', by('intravenous')),
    aRule('under-the-skin', 'absolute', by('subcutaneous')),
  ];
  return libraryOf(ruleSetOf({ ...base, id: 'ketamine-pain', scope, facts, rules }));
};
