import type { Issue } from '../values/issue.js';
import type { RuleSet } from '../rules/rule-set.js';
import { RulesUnusableError } from './ports.js';
import type { Rulebook } from './rulebook.js';

/** The rule set that is meant where a request names none. */
const DEFAULT_RULE_SET = 'ketamine-pain';

/** Which version a request asks for: null is the default set, or the version in force. */
export type Pin = { readonly ruleSet: string | null; readonly ruleSetVersion: string | null };

/** The version that a request is judged by, or what is wrong with its pin. */
export type Pinned =
  { readonly found: true; readonly ruleSet: RuleSet } | { readonly found: false; readonly issue: Issue };

/** Which versions there are, which may screen, and which is in force. */
export type Versions = Pick<Rulebook, 'all' | 'find' | 'mayScreen' | 'inForce'>;

const unknownPin = (pointer: string, detail: string): Pinned => ({
  found: false,
  issue: { pointer, code: 'unknown-rule-set', detail },
});

const inForceOf = (set: string, versions: Versions): RuleSet => {
  const ruleSet = versions.inForce(set);
  if (ruleSet === null)
    throw new RulesUnusableError(`this service cannot use the version of ${set} in force`);
  return ruleSet;
};

/**
 * Finds the version of a pin: the version in force where none is named.
 * @throws RulesUnusableError where this service cannot use the version in force
 */
export const findPinned = (pin: Pin, versions: Versions): Pinned => {
  const id = pin.ruleSet ?? DEFAULT_RULE_SET;
  if (!versions.all().some((version) => version.body.id === id && versions.mayScreen(version)))
    return unknownPin('/ruleSet', 'no rule set of this name is loaded: see GET /rules');
  const ruleSet =
    pin.ruleSetVersion === null ? inForceOf(id, versions) : versions.find(id, pin.ruleSetVersion);
  if (ruleSet === null)
    return unknownPin('/ruleSetVersion', 'no such version of the rule set is loaded: see GET /rules');
  return versions.mayScreen(ruleSet)
    ? { found: true, ruleSet }
    : unknownPin(
        '/ruleSetVersion',
        'this version is not signed by the key that this service asks for: leave it out, or name another',
      );
};

/** The version of the default set in force; null where this service cannot use it. */
export const defaultInForce = (versions: Pick<Versions, 'inForce'>): RuleSet | null =>
  versions.inForce(DEFAULT_RULE_SET);

/** A set with its version in force and all its versions. */
export type ListedRuleSet = {
  readonly id: string;
  readonly title: string;
  readonly inForce: RuleSet | null;
  readonly versions: readonly RuleSet[];
};

/** The sets, each with the version that is in force. */
export const listRuleSets = (book: Versions): readonly ListedRuleSet[] => {
  const all = book.all();
  return [...new Set(all.map(({ body }) => body.id))].map((id) => {
    const versions = all.filter(({ body }) => body.id === id);
    return { id, title: versions[0]?.body.title ?? id, inForce: book.inForce(id), versions };
  });
};
