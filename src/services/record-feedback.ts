import type { Entry } from '../log/entry.js';
import type { Feedback } from '../screening/feedback.js';
import { success, type Result } from '../values/result.js';
import type { Answered, Recorded } from './answer-once.js';
import { answerOf } from './entries.js';
import { newEntry, NO_RULE_SET, type EntryContent } from './new-entry.js';
import type { Ports } from './ports.js';
import { readSummary } from './stored-decision.js';
import type { DecisionSummary, FeedbackSummary } from './summaries.js';

/** Feedback as the log keeps it: what was said, and of which decision the card is; null where no card is known by that id. */
export type KeptFeedback = Feedback & {
  readonly service: string;
  readonly about:
    | (Pick<DecisionSummary, 'verdict' | 'ruleSet'> & {
        readonly decision: string;
        readonly rules: readonly string[];
      })
    | null;
};

/** The name of the part that says so. */
export const FEEDBACK_PART = 'feedback';

/** Feedback that was kept: its id, and whether the card is known. */
type Receipt = { readonly id: string; readonly card: string; readonly matched: boolean };

/** Whose feedback it is, on which service, and with what it is recorded. */
export type FeedbackContext = Recorded & {
  readonly ports: Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>;
  readonly organisation: string;
  readonly service: string;
};

type Matched = { readonly id: string; readonly feedback: Feedback; readonly decision: Entry | null };

const matchedIn = async (feedback: Feedback, { ports, organisation }: FeedbackContext): Promise<Matched> => {
  const [decision = null] = await ports.log.find({ organisation, name: 'card', value: feedback.card });
  return { id: ports.chance.newId(), feedback, decision };
};

const aboutOf = (decision: Entry): KeptFeedback['about'] => {
  const { verdict, ruleSet, hook } = readSummary(decision);
  return { decision: decision.id, verdict, ruleSet, rules: hook?.rules ?? [] };
};

const receiptOf = ({ id, feedback, decision }: Matched): Receipt => ({
  id,
  card: feedback.card,
  matched: decision !== null,
});

/** What the first entry of a batch has beside: the answer to all of it and the key of the request, so that a repeated one finds both. */
type OfBatch = Pick<EntryContent, 'idempotency' | 'parts'>;

const entryOf = (
  { id, feedback, decision }: Matched,
  { ports, organisation, client, service }: FeedbackContext,
  { parts, ...key }: OfBatch,
) => {
  const kept: KeptFeedback = {
    ...feedback,
    service,
    about: decision === null ? null : aboutOf(decision),
  };
  const summary: FeedbackSummary = { subject: decision === null ? null : readSummary(decision).subject };
  return newEntry(
    {
      id,
      at: ports.clock(),
      organisation,
      kind: 'feedback',
      ruleSetHash: decision?.ruleSetHash ?? NO_RULE_SET,
      parts: { [FEEDBACK_PART]: kept, summary, ...parts },
      client,
      ...key,
    },
    ports,
  );
};

/**
 * Writes to the log what clinicians made of cards: all of it or none. A card that is told of twice is kept twice, and one that nobody knows is kept as such: it may have
 * been erased, or be of another organisation.
 * @returns what was kept, in the order in which it was sent, as it is stored with the first item
 * @throws LogUnavailableError where it could not be made durable
 */
export const recordFeedback = async (
  items: readonly Feedback[],
  context: FeedbackContext,
): Promise<Result<Answered>> => {
  const matched = await Promise.all(items.map((feedback) => matchedIn(feedback, context)));
  const { idempotency } = context;
  const first: OfBatch = {
    parts: { answer: { items: matched.map(receiptOf) } },
    ...(idempotency === undefined ? {} : { idempotency }),
  };
  const entries = matched.map((one, index) => entryOf(one, context, index === 0 ? first : { parts: {} }));
  const [head] = entries;
  if (head === undefined) throw new Error('feedback without an item was let in');
  await context.ports.log.append(entries);
  return success({ id: head.id, answer: answerOf(head) });
};
