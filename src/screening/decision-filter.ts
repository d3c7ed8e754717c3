import type { Verdict } from './decide.js';
import type { Choice } from './resolution.js';

/** Which decisions are asked for. What is null asks for nothing. */
export type DecisionFilter = {
  /** The organisation whose decisions are asked for; null is that of whoever asks. */
  readonly organisation: string | null;
  readonly verdict: Verdict | null;
  /** The id of a rule that is true. */
  readonly rule: string | null;
  readonly ruleSet: { readonly id: string; readonly version: string } | null;
  /** What some clinician decided on it, or that none has decided yet. */
  readonly resolution: Choice | 'none' | null;
  /** The time of the decision as the log has it: from the first on, and before the second. */
  readonly from: string | null;
  readonly to: string | null;
  /** Only decisions after this position of the log; -1 is before all. */
  readonly after: number;
  readonly limit: number;
};
