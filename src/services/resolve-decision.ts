import type { Entry, NewEntry } from '../log/entry.js';
import type { Issue } from '../values/issue.js';
import type { Resolution } from '../screening/resolution.js';
import { failure, success, type Result } from '../values/result.js';
import type { Answered, Recorded } from './answer-once.js';
import { answerOf, entryTime, saltedPart } from './entries.js';
import type { Ports } from './ports.js';

const parseVerdict: (text: string) => { readonly verdict: string } = JSON.parse;

const verdictOf = (decision: Entry): string => parseVerdict(answerOf(decision)).verdict;

const REASON_MISSING: Issue = {
  pointer: '/reason',
  code: 'missing-key',
  detail: 'to proceed although the screening says `ineligible` takes a reason in words',
};

const lacksReason = ({ choice, reason }: Resolution, decision: Entry): boolean =>
  choice === 'proceed' && reason === null && verdictOf(decision) === 'ineligible';

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
  { ports, organisation, decision, idempotency }: ResolutionContext,
): Promise<Result<Answered>> => {
  if (lacksReason(resolution, decision)) return failure([REASON_MISSING]);
  const id = ports.chance.newId();
  const at = entryTime(ports.clock());
  const answer = saltedPart({ ...resolution, id, decision: decision.id, at }, ports.chance);
  const entry: NewEntry = {
    id,
    at,
    organisation,
    kind: 'resolution',
    ruleSetHash: decision.ruleSetHash,
    parts: { answer },
    lookups: [{ name: 'decision', value: decision.id }],
    ...(idempotency === undefined ? {} : { idempotency }),
  };
  await ports.log.append([entry]);
  return success({ id, answer: answer.body });
};
