import type { NewEntry } from '../log/entry.js';
import { failure, success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { Answered, Recorded } from './answer-once.js';
import { judgeEarlier } from './earlier-decision.js';
import { entryTime } from './entries.js';
import { evaluateIntake } from './evaluate-intake.js';
import { looseDecision } from './loose-decision.js';
import type { Ports } from './ports.js';
import type { InForce } from './rule-sets.js';
import { decisionParts, type AnswerWriter } from './stored-decision.js';

/** Whom a decision belongs to, and how it is written. */
export type ScreeningContext = Recorded & {
  readonly ports: Ports;
  readonly inForce: InForce;
  readonly organisation: string;
  readonly write: AnswerWriter;
};

/**
 * Screens an intake and writes the decision to the log before it answers: no verdict leaves unlogged.
 * @returns the answer as it was stored, or every fault of the intake, and then nothing is stored
 * @throws LogUnavailableError where the decision could not be made durable
 */
export const screenPatient = async (intake: Intake, context: ScreeningContext): Promise<Result<Answered>> => {
  const { ports, write } = context;
  const evaluated = evaluateIntake(intake, ports, context.inForce);
  if (!evaluated.ok) return evaluated;
  const issues = await judgeEarlier(intake, context.organisation, ports);
  if (issues.length > 0) return failure(issues);
  const decision = {
    ...looseDecision(intake, evaluated.value, ports.engine),
    id: ports.chance.newId(),
  };
  const { read } = evaluated.value;
  const parts = decisionParts({ decision, intake, read }, write, ports.chance);
  const entry: NewEntry = {
    id: decision.id,
    at: entryTime(decision.evaluatedAt),
    organisation: context.organisation,
    kind: 'decision',
    ruleSetHash: decision.ruleSet.sha256,
    parts,
    ...(context.idempotency === undefined ? {} : { idempotency: context.idempotency }),
  };
  await ports.log.append([entry]);
  return success({ id: decision.id, answer: parts.answer.body });
};
