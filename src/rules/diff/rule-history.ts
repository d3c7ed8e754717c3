import { OUTSIDE_SCOPE, type Explained } from '../rule.js';
import type { RuleSet, RuleSetBody } from '../rule-set.js';
import { effectOf, type Change, type Effect } from './change.js';
import type { EntryDifference, ListDifference } from './diff-entries.js';
import { diffRuleSets, type RuleSetDifference } from './diff-rule-sets.js';
import { factsBehind } from '../facts-behind.js';

/** What a version made of a rule, compared with the version before it. */
export type StepKind = 'added' | 'changed' | 'unchanged' | 'removed';

/** A rule in one version. */
export type RuleStep = {
  readonly version: RuleSet;
  readonly change: StepKind;
  /** What it can do to this rule, a change of its facts included. */
  readonly effect: Effect;
  /** The rule as this version has it, where it is new or was changed; of `outside-scope` the scope. */
  readonly rule: Explained | null;
  /** What changed in the rule itself. */
  readonly changes: readonly Change[];
  /** What changed in the facts behind it: they can change what the rule means while its text stays. */
  readonly factChanges: readonly EntryDifference[];
};

const ruleIn = (body: RuleSetBody, id: string): Explained | null =>
  id === OUTSIDE_SCOPE ? body.scope : (body.rules.find((rule) => rule.id === id) ?? null);

const entriesIn = ({ removed, added, changed }: ListDifference): readonly EntryDifference[] => [
  ...removed,
  ...added,
  ...changed,
];

const differences = new WeakMap<RuleSetBody, readonly [before: RuleSetBody, RuleSetDifference]>();

/** What a version changed against the one before. It is worked out once for all rules: neither version ever changes. */
const differenceOf = (before: RuleSetBody, body: RuleSetBody): RuleSetDifference => {
  const known = differences.get(body);
  if (known?.[0] === before) return known[1];
  const difference = diffRuleSets(before, body);
  differences.set(body, [before, difference]);
  return difference;
};

/** The rule in both versions. */
type Kept = {
  readonly id: string;
  readonly before: RuleSetBody;
  readonly from: Explained;
  readonly to: Explained;
};

const changesOfRule = ({ scope, rules }: RuleSetDifference, id: string): readonly Change[] =>
  id === OUTSIDE_SCOPE
    ? scope
    : rules.changed.filter((entry) => entry.id === id).flatMap((entry) => entry.changes);

const stepOfKept = (version: RuleSet, { id, before, from, to }: Kept): RuleStep => {
  const difference = differenceOf(before, version.body);
  const behind = new Set([
    ...factsBehind(from.criterion, before.facts),
    ...factsBehind(to.criterion, version.body.facts),
  ]);
  const changes = changesOfRule(difference, id);
  const factChanges = entriesIn(difference.facts).filter((fact) => behind.has(fact.id));
  return {
    version,
    change: changes.length > 0 ? 'changed' : 'unchanged',
    effect: effectOf([...changes, ...factChanges.flatMap((entry) => entry.changes)]),
    rule: changes.length > 0 ? to : null,
    changes,
    factChanges,
  };
};

const bareStep = (version: RuleSet, change: StepKind, rule: Explained | null): RuleStep => ({
  version,
  change,
  effect: 'logic',
  rule,
  changes: [],
  factChanges: [],
});

/** What a version made of a rule; nothing where neither it nor the version before has the rule. */
const stepsAt = (before: RuleSetBody | null, version: RuleSet, id: string): readonly RuleStep[] => {
  const from = before === null ? null : ruleIn(before, id);
  const to = ruleIn(version.body, id);
  if (to === null) return from === null ? [] : [bareStep(version, 'removed', null)];
  return [
    before === null || from === null
      ? bareStep(version, 'added', to)
      : stepOfKept(version, { id, before, from, to }),
  ];
};

/**
 * The history of a rule: one step for every version from the one that added it, oldest first. Versions after one that removed it have none, and
 * neither has a rule that no version knows. The scope has one too, under the id of the reason that it gives.
 * @param versions the versions of one rule set, oldest first
 */
export const historyOfRule = (versions: readonly RuleSet[], id: string): readonly RuleStep[] =>
  versions.flatMap((version, index) => stepsAt(versions[index - 1]?.body ?? null, version, id));
