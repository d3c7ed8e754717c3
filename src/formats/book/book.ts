import type { RuleCases } from '../../rules/rule-files.js';
import type { RuleSet } from '../../rules/rule-set.js';

/** A rule-set version as a book is made of it, with what is known of it beside its body. */
export type Book = {
  readonly ruleSet: RuleSet;
  /** Whether a clinician has approved the version, in words. */
  readonly approval: string;
  /** The day of its release; null of a draft. */
  readonly releasedOn: string | null;
  /** The cases beside the rules; null where they are not kept with the version, which then says nothing of them. */
  readonly cases: readonly RuleCases[] | null;
};
