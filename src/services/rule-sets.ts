import type { Issue } from '../values/issue.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { Ports, RuleLibrary } from './ports.js';

/** The rule set that is meant where a request names none. */
const DEFAULT_RULE_SET = 'ketamine-pain';

/** Which version a request asks for: null is the default set, or the version in force. */
export type Pin = { readonly ruleSet: string | null; readonly ruleSetVersion: string | null };

/** The version that a request is judged by, or what is wrong with its pin. */
export type Pinned =
  { readonly found: true; readonly ruleSet: RuleSet } | { readonly found: false; readonly issue: Issue };

/** The version of each set that is in force. It is set once the log says so, whole, and never half. */
export type InForce = { readonly of: (ruleSet: string) => RuleSet | null };

const unknownPin = (pointer: string, detail: string): Pinned => ({
  found: false,
  issue: { pointer, code: 'unknown-rule-set', detail },
});

/** Finds the version of a pin: the version in force where none is named. */
export const findPinned = (pin: Pin, rules: RuleLibrary, inForce: InForce): Pinned => {
  const id = pin.ruleSet ?? DEFAULT_RULE_SET;
  if (!rules.all().some(({ body }) => body.id === id))
    return unknownPin('/ruleSet', 'no rule set of this name is loaded: see GET /rules');
  const ruleSet = pin.ruleSetVersion === null ? inForce.of(id) : rules.find(id, pin.ruleSetVersion);
  return ruleSet === null
    ? unknownPin('/ruleSetVersion', 'no such version of the rule set is loaded: see GET /rules')
    : { found: true, ruleSet };
};

/** A set with its version in force and all its versions. */
export type ListedRuleSet = {
  readonly id: string;
  readonly title: string;
  readonly inForce: RuleSet | null;
  readonly versions: readonly RuleSet[];
};

/** The loaded sets, each with the version that is in force. */
export const listRuleSets = ({ rules }: Pick<Ports, 'rules'>, inForce: InForce): readonly ListedRuleSet[] => {
  const all = rules.all();
  return [...new Set(all.map(({ body }) => body.id))].map((id) => {
    const versions = all.filter(({ body }) => body.id === id);
    return { id, title: versions[0]?.body.title ?? id, inForce: inForce.of(id), versions };
  });
};
