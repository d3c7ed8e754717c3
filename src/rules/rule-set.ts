import type { Fact } from './fact.js';
import type { Basis, Explained, Rule } from './rule.js';

/** An entry of the bibliography. What is not known is null or left out. */
export type Source = {
  readonly id: string;
  readonly title: string;
  readonly authors?: string;
  readonly year: number | null;
  readonly publication?: string;
  readonly url?: string;
  readonly kind: 'guideline' | 'label' | 'literature' | 'instrument' | 'policy' | 'regulator-notice';
  readonly basis: Basis;
  readonly note?: string;
};

/** A domain of rules, in words. */
export type Domain = { readonly id: string; readonly title: string; readonly description: string };

/** A rule-set version as it is hashed and served. It never changes once it is released. */
export type RuleSetBody = {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly scope: Explained;
  readonly facts: readonly Fact[];
  readonly sources: readonly Source[];
  readonly domains: readonly Domain[];
  readonly rules: readonly Rule[];
};

/**
 * A rule-set version that passed every check, deep-frozen, with the SHA-256 (hex) of its canonical JSON.
 * INVARIANT: screening with it never throws on facts that a reader accepted.
 */
export type RuleSet = { readonly body: RuleSetBody; readonly sha256: string };

/** Whether a version is a draft: a pre-release of Semantic Versioning, whose body may still change. */
export const isDraft = (version: string): boolean => version.includes('-');

/** The newest release among versions that stand oldest first; where nothing was released, the newest draft. */
export const newestOf = (versions: readonly RuleSet[]): RuleSet | undefined =>
  versions.findLast(({ body }) => !isDraft(body.version)) ?? versions.at(-1);
