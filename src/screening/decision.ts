import type { Instant } from '../values/instant.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { DataQuality, Provenance } from './intake.js';
import type { Screening } from './screen.js';

/** A screening with all that makes it citable: who, when, by which version and which engine. */
export type Decision = {
  readonly id: string;
  readonly subject: string | null;
  readonly supersedes: string | null;
  readonly asOf: Instant;
  readonly evaluatedAt: Instant;
  readonly retrospective: boolean;
  readonly ruleSet: RuleSet;
  /** Who approved the version, in words; a version that nobody did says so. */
  readonly approval: string;
  readonly engine: string;
  readonly unmapped: readonly string[];
  readonly dataQuality: readonly DataQuality[];
  /** Absent where facts were sent as such. */
  readonly provenance?: readonly Provenance[];
  readonly screening: Screening;
};
