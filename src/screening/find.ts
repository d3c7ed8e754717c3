import type { Truth } from '../values/truth.js';
import { OUTSIDE_SCOPE, type Explained, type Severity } from '../rules/rule.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import { evaluateCriterion } from './evaluate-criterion.js';
import type { Situation } from './situation.js';

/** A rule as it is evaluated: those of the packs, and before them the one that the scope makes. */
export type ActiveRule = Explained & {
  readonly id: string;
  readonly domain: string;
  readonly severity: Severity;
};

/** One rule evaluated on one patient. */
export type Finding = { readonly rule: ActiveRule; readonly truth: Truth };

/** The rules of a version in rule order: `outside-scope`, a relative reason where the scope is false, then those of the packs. */
export const activeRules = (body: RuleSetBody): readonly ActiveRule[] => [
  {
    ...body.scope,
    criterion: { not: body.scope.criterion },
    id: OUTSIDE_SCOPE,
    domain: 'scope',
    severity: 'relative',
  },
  ...body.rules,
];

/** Evaluates every rule. A rule that cannot be decided is unknown, never left out. */
export const findAll = (rules: readonly ActiveRule[], situation: Situation): readonly Finding[] =>
  rules.map((rule) => ({ rule, truth: evaluateCriterion(rule.criterion, situation) }));
