import type { Decision } from '../screening/decision.js';
import type { Intake } from '../screening/intake.js';
import type { Evaluated } from './evaluate-intake.js';

/** A screening that no log has: it has no id, and nobody can find it again. */
export type LooseDecision = Omit<Decision, 'id'>;

/**
 * What an intake came to, as a decision before it has its id.
 * @param by who approved the version, in words, and the version of the engine
 */
export const looseDecision = (
  intake: Intake,
  evaluated: Evaluated,
  by: Pick<Decision, 'approval' | 'engine'>,
): LooseDecision => ({
  subject: intake.subject,
  supersedes: intake.supersedes,
  asOf: evaluated.asOf,
  evaluatedAt: evaluated.receivedAt,
  retrospective: intake.retrospective,
  ruleSet: evaluated.ruleSet,
  approval: by.approval,
  engine: by.engine,
  unmapped: evaluated.read.unmapped,
  dataQuality: evaluated.read.dataQuality,
  ...(evaluated.read.provenance === undefined ? {} : { provenance: evaluated.read.provenance }),
  screening: evaluated.screening,
});
