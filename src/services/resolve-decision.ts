import type { Entry } from '../log/entry.js';
import type { Issue } from '../values/issue.js';
import type { Resolution } from '../screening/resolution.js';
import { failure, success, type Result } from '../values/result.js';
import type { Answered, Recorded } from './answer-once.js';
import { answerOf, entryTime } from './entries.js';
import { newEntry } from './new-entry.js';
import type { Ports } from './ports.js';
import { readSummary } from './stored-decision.js';
import type { ResolutionSummary } from './summaries.js';

const REASON_MISSING: Issue = {
  pointer: '/reason',
  code: 'missing-key',
  detail: 'to proceed although the screening says `ineligible` takes a reason in words',
};

const lacksReason = ({ choice, reason }: Resolution, decision: Entry): boolean =>
  choice === 'proceed' && reason === null && readSummary(decision).verdict === 'ineligible';

/** Whose decision is resolved, how, and with what the entry is recorded. */
export type ResolutionContext = Recorded & {
  readonly ports: Ports;
  readonly organisation: string;
  readonly decision: Entry;
};

/**
 * Writes what a clinician decided on a screening to the log. Several may follow each other; none takes the place of another.
 * @returns the resolution as it is kept, or every fault in it, and then nothing is stored
 * @throws LogUnavailableError where it could not be made durable
 */
export const resolveDecision = async (
  resolution: Resolution,
  { ports, organisation, decision, client, idempotency }: ResolutionContext,
): Promise<Result<Answered>> => {
  if (lacksReason(resolution, decision)) return failure([REASON_MISSING]);
  const id = ports.chance.newId();
  const at = ports.clock();
  const summary: ResolutionSummary = { decision: decision.id, choice: resolution.choice };
  const entry = newEntry(
    {
      id,
      at,
      organisation,
      kind: 'resolution',
      ruleSetHash: decision.ruleSetHash,
      parts: { answer: { ...resolution, id, decision: decision.id, at: entryTime(at) }, summary },
      client,
      ...(idempotency === undefined ? {} : { idempotency }),
    },
    ports,
  );
  await ports.log.append([entry]);
  return success({ id, answer: answerOf(entry) });
};
