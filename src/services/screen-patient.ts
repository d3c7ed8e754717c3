import type { NewEntry } from '../log/entry.js';
import { approvalInWords } from '../rules/approval.js';
import { failure, success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { Answered, Recorded } from './answer-once.js';
import { storeKnowing, type Approvals, type ApprovalsKnown } from './approvals.js';
import { judgeEarlier } from './earlier-decision.js';
import { entryTime } from './entries.js';
import { evaluateIntake, type Evaluated } from './evaluate-intake.js';
import { looseDecision } from './loose-decision.js';
import type { Ports } from './ports.js';
import type { InForce } from './rule-sets.js';
import { decisionParts, type AnswerWriter } from './stored-decision.js';

/** Whom a decision belongs to, and how it is written. */
export type ScreeningContext = Recorded & {
  readonly ports: Ports;
  readonly inForce: InForce;
  readonly approvals: Approvals;
  readonly organisation: string;
  readonly write: AnswerWriter;
};

type Screened = { readonly intake: Intake; readonly evaluated: Evaluated; readonly id: string };

const storeDecision = async (
  { intake, evaluated, id }: Screened,
  { ports, organisation, write, idempotency }: ScreeningContext,
  known: ApprovalsKnown,
): Promise<Answered> => {
  const approval = approvalInWords(known.of(evaluated.ruleSet.sha256));
  const decision = { ...looseDecision(intake, evaluated, { approval, engine: ports.engine }), id };
  const parts = decisionParts({ decision, intake, read: evaluated.read }, write, ports.chance);
  const entry: NewEntry = {
    id,
    at: entryTime(decision.evaluatedAt),
    organisation,
    kind: 'decision',
    ruleSetHash: decision.ruleSet.sha256,
    parts,
    ...(idempotency === undefined ? {} : { idempotency }),
  };
  await ports.log.append([entry], known.upTo);
  return { id, answer: parts.answer.body };
};

/**
 * Screens an intake and writes the decision to the log before it answers: no verdict leaves unlogged.
 * @returns the answer as it was stored, or every fault of the intake, and then nothing is stored
 * @throws LogUnavailableError where the decision could not be made durable
 */
export const screenPatient = async (intake: Intake, context: ScreeningContext): Promise<Result<Answered>> => {
  const { ports, approvals } = context;
  const evaluated = evaluateIntake(intake, ports, context.inForce);
  if (!evaluated.ok) return evaluated;
  const issues = await judgeEarlier(intake, context.organisation, ports);
  if (issues.length > 0) return failure(issues);
  const screened = { intake, evaluated: evaluated.value, id: ports.chance.newId() };
  return success(await storeKnowing(approvals, (known) => storeDecision(screened, context, known)));
};
