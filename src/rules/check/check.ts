import { indexFacts } from '../dictionary.js';
import type { RuleIssue } from '../rule-issue.js';
import type { RuleSetBody } from '../rule-set.js';
import type { CheckContext } from './check-context.js';
import { checkContradictions } from './check-contradictions.js';
import { checkFacts } from './check-facts.js';
import { checkGates } from './check-gates.js';
import { checkRules } from './check-rules.js';

/**
 * Every mistake in a rule set that has the form of the language; none where it may be used.
 * INVARIANT: a rule set without mistakes is evaluated without throwing on any facts that a reader accepts.
 */
export const checkRuleSet = (body: RuleSetBody): readonly RuleIssue[] => {
  const context: CheckContext = {
    body,
    dictionary: indexFacts(body.facts),
    sources: new Set(body.sources.map(({ id }) => id)),
  };
  const facts = checkFacts(context);
  // A comparison asks for the range of its fact, which is there only where the facts are in order.
  return facts.length > 0
    ? facts
    : [...checkRules(context), ...checkGates(context), ...checkContradictions(context)];
};
