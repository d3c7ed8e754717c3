import { approvalInWords } from '../rules/approval.js';
import { failure, success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { Answered, Recorded } from './answer-once.js';
import { judgeEarlier } from './earlier-decision.js';
import { answerOf, partOf } from './entries.js';
import { evaluateIntake, type Evaluated } from './evaluate-intake.js';
import { looseDecision } from './loose-decision.js';
import { newEntry } from './new-entry.js';
import type { Ports } from './ports.js';
import type { Rulebook } from './rulebook.js';
import { judgeKnowing, type Rulebooks } from './rulebooks.js';
import { figuresOf, type TellFigures } from './screening-figures.js';
import { CARDS_PART, decisionParts, type AnswerWriter } from './stored-decision.js';

/** Whom a decision belongs to, and how it is written. */
export type ScreeningContext = Recorded & {
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly organisation: string;
  readonly write: AnswerWriter;
  readonly tell: TellFigures;
};

type Screened = { readonly intake: Intake; readonly evaluated: Evaluated; readonly id: string };

const storeDecision = async (
  { intake, evaluated, id }: Screened,
  { ports, organisation, write, tell, client, idempotency }: ScreeningContext,
  book: Rulebook,
): Promise<Answered> => {
  const approval = approvalInWords(book.approvalsOf(evaluated.ruleSet.sha256));
  const decision = { ...looseDecision(intake, evaluated, { approval, engine: ports.engine }), id };
  const cards = write.cards?.(decision, ports.chance.newId) ?? null;
  const entry = newEntry(
    {
      id,
      at: decision.evaluatedAt,
      organisation,
      kind: 'decision',
      ruleSetHash: decision.ruleSet.sha256,
      parts: decisionParts({ decision, intake, read: evaluated.read, cards }, write),
      client,
      ...(idempotency === undefined ? {} : { idempotency }),
    },
    ports,
  );
  await ports.log.append([entry], book.upTo);
  tell(figuresOf(decision));
  return { id, answer: cards === null ? answerOf(entry) : partOf(entry, CARDS_PART) };
};

/**
 * Screens an intake and writes the decision to the log before it answers: no verdict leaves unlogged. Where a version is put in force or approved
 * meanwhile, the intake is screened anew, so that each decision rests on one state of the rules, whole.
 * @returns the answer as it was stored, or the cards where a hook asked, or every fault of the intake, and then nothing is stored
 * @throws LogUnavailableError where the decision could not be made durable, RulesUnusableError where this service cannot use the version in
 *         force
 */
export const screenPatient = async (intake: Intake, context: ScreeningContext): Promise<Result<Answered>> => {
  const { ports, rulebooks, organisation } = context;
  return judgeKnowing(rulebooks, async (book) => {
    const evaluated = evaluateIntake(intake, ports, book);
    if (!evaluated.ok) return evaluated;
    const issues = await judgeEarlier(intake, organisation, ports);
    if (issues.length > 0) return failure(issues);
    const screened = { intake, evaluated: evaluated.value, id: ports.chance.newId() };
    return success(await storeDecision(screened, context, book));
  });
};
