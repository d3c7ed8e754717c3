import type { Criterion } from './criterion.js';

/**
 * `absolute`: contraindicated. `relative`: a clinician must weigh it. `precaution`: treatment is possible, with care; it never
 * changes the verdict.
 */
export type Severity = 'absolute' | 'relative' | 'precaution';

/**
 * How far a citation can be trusted: `seen` in its primary page or a published summary of it, `general-knowledge` not yet
 * verified, `policy` a decision of this rule set, `to-check`.
 */
export type Basis = 'seen' | 'general-knowledge' | 'policy' | 'to-check';

/** Where a rule comes from. `locator` is null where the place in the source is not known: none is ever made up. */
export type Citation = {
  readonly source: string;
  readonly locator: string | null;
  readonly supports: string;
  readonly grade?: string;
  readonly basis: Basis;
};

/** A criterion with the words that tell a clinician what it means. */
export type Explained = {
  readonly title: string;
  readonly explanation: string;
  readonly rationale: string;
  readonly action: string;
  readonly criterion: Criterion;
  readonly citations: readonly Citation[];
};

/** A rule as its file holds it. A criterion of an absolute rule tests nothing about the treatment. */
export type Rule = Explained & {
  readonly id: string;
  readonly domain: string;
  readonly severity: Severity;
  readonly lastReviewDate: string | null;
  readonly tags: readonly string[];
};

/** The id of the reason that a scope which is false gives. No rule may take it. */
export const OUTSIDE_SCOPE = 'outside-scope';
