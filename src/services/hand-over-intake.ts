import { codeHashOf } from '../log/code-hash.js';
import type { NewEntry } from '../log/entry.js';
import type { Instant } from '../values/instant.js';
import type { JsonObject } from '../values/json.js';
import { approvalInWords } from '../rules/approval.js';
import { failure, success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { Answered, Recorded } from './answer-once.js';
import { judgeEarlier } from './earlier-decision.js';
import { answerOf } from './entries.js';
import { evaluateIntake } from './evaluate-intake.js';
import { expiryOf, lookupOf } from './intake-handover.js';
import { newEntry } from './new-entry.js';
import type { Next } from './next-questions.js';
import type { Ports } from './ports.js';
import { judgeKnowing, type Rulebooks } from './rulebooks.js';
import type { IntakeSummary } from './summaries.js';

/** An intake that is handed over: its code, how long it can be fetched, and what is still to be asked. */
export type Handover = Next & { readonly code: string; readonly expiresAt: Instant };

/** How the format of a request writes its answer, and what is said of the intake to the clinic that fetches it. */
export type HandoverWriter = {
  readonly answer: (handover: Handover) => JsonObject;
  readonly receipt: (handover: Handover) => JsonObject;
};

/** Whom an intake belongs to, and how its answer is written. */
export type HandoverContext = Recorded & {
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly organisation: string;
  readonly write: HandoverWriter;
};

/** How often a code is drawn: even twice is not to be expected, and a source of chance that always gives the same must not hang. */
const MOST_DRAWS = 8;

/** A code that no intake has. @throws Error where chance gives only codes that are taken, LogUnavailableError */
const unusedCode = async ({ log, chance }: Ports): Promise<string> => {
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const code = chance.newCode();
    if ((await log.find({ ...lookupOf(code), organisation: null })).length === 0) return code;
  }
  throw new Error('chance gives only codes that are taken');
};

const entryOf = (intake: Intake, handover: Handover, context: HandoverContext): NewEntry => {
  const { ports, organisation, write, client, idempotency } = context;
  const summary: IntakeSummary = { subject: intake.subject, codeHash: codeHashOf(handover.code) };
  return newEntry(
    {
      id: ports.chance.newId(),
      at: handover.receivedAt,
      organisation,
      kind: 'intake',
      ruleSetHash: handover.ruleSet.sha256,
      parts: {
        intake: intake.received,
        receipt: write.receipt(handover),
        answer: write.answer(handover),
        summary,
      },
      client,
      ...(idempotency === undefined ? {} : { idempotency }),
    },
    ports,
  );
};

/**
 * Takes the answers of a patient and keeps them for the clinic under a code. They are checked as a screening would check them, and no verdict
 * is given. The intake is stored as it was received: where it names no `asOf` it is judged at the moment when it is screened.
 * INVARIANT: the code opens a patient's answers, so no index and no log line holds it. It stands in the part `answer` of the payload alone,
 * because a repeated request must get the same answer again; that part can be erased, and is as secret as the intake beside it.
 * @returns the answer as it was stored, or every fault of the intake, and then nothing is stored
 * @throws LogUnavailableError where the intake could not be made durable
 */
export const handOverIntake = async (intake: Intake, context: HandoverContext): Promise<Result<Answered>> => {
  const { ports, rulebooks, organisation } = context;
  return judgeKnowing(rulebooks, async (book) => {
    const evaluated = evaluateIntake(intake, ports, book);
    if (!evaluated.ok) return evaluated;
    const issues = await judgeEarlier(intake, organisation, ports);
    if (issues.length > 0) return failure(issues);
    const { receivedAt, ruleSet } = evaluated.value;
    const entry = entryOf(
      intake,
      {
        ...evaluated.value,
        code: await unusedCode(ports),
        expiresAt: expiryOf(receivedAt),
        approval: approvalInWords(book.approvalsOf(ruleSet.sha256)),
      },
      context,
    );
    await ports.log.append([entry], book.upTo);
    return success({ id: entry.id, answer: answerOf(entry) });
  });
};
