import type { Instant } from '../values/instant.js';
import type { Issue } from '../values/issue.js';
import type { JsonValue } from '../values/json.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import type { Facts } from './facts.js';

/** The kinds of remark on the data. Integrators may branch on them: a code is never reused for another meaning. */
export type DataQualityCode =
  | 'duplicate-reading'
  | 'conflicting-readings'
  | 'unplaced-code'
  | 'unreadable'
  | 'not-understood'
  | 'other-patient'
  | 'withdrawn'
  | 'ruled-out'
  | 'suspected'
  | 'over'
  | 'uncoded'
  | 'stale'
  | 'no-answer'
  | 'not-final'
  | 'cut-off'
  | 'conflicting-sources'
  | 'contradiction'
  | 'unknown-question'
  | 'hidden-answer'
  | 'deceased';

/** Something about the data that a clinician should know, and that is no fault of the request. */
export type DataQuality = {
  readonly pointer: string;
  readonly code: DataQualityCode;
  readonly detail: string;
};

/** Where a fact comes from, where it was not sent as one: the place in the request, and the resource that it is of, such as `Observation/17`. */
export type Provenance = { readonly fact: string; readonly pointer: string; readonly resource?: string };

/** What a reader makes of the facts of an intake under one version. The facts may be used only where there is no issue. */
export type FactsRead = {
  readonly facts: Facts;
  /** Codes that the dictionary cannot place, each once, sorted. */
  readonly unmapped: readonly string[];
  readonly dataQuality: readonly DataQuality[];
  readonly issues: readonly Issue[];
  /** Where each fact comes from, in the order of the dictionary; absent where facts were sent as such. */
  readonly provenance?: readonly Provenance[];
};

/**
 * What a reader makes of a request, in any format, before its version is known. Pins and times that were left out, or could not be read,
 * are null; `issues` holds every fault that does not depend on the version.
 */
export type Intake = {
  readonly subject: string | null;
  readonly asOf: Instant | null;
  readonly ruleSet: string | null;
  readonly ruleSetVersion: string | null;
  readonly supersedes: string | null;
  readonly retrospective: boolean;
  /** The request as it was received, kept with the decision. */
  readonly received: JsonValue;
  readonly issues: readonly Issue[];
  readonly readFacts: (version: RuleSetBody, asOf: Instant) => FactsRead;
};
