import type { Entry } from '../log/entry.js';
import type { Feedback } from '../screening/feedback.js';
import { newEntry, NO_RULE_SET } from './new-entry.js';
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
export type FeedbackReceipt = { readonly id: string; readonly card: string; readonly matched: boolean };

/** Whose feedback it is, and on which service. */
export type FeedbackContext = {
  readonly ports: Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>;
  readonly organisation: string;
  readonly client: string;
  readonly service: string;
};

type Matched = { readonly feedback: Feedback; readonly decision: Entry | null };

const matchedIn = async (feedback: Feedback, { ports, organisation }: FeedbackContext): Promise<Matched> => {
  const [decision = null] = await ports.log.find({ organisation, name: 'card', value: feedback.card });
  return { feedback, decision };
};

const aboutOf = (decision: Entry): KeptFeedback['about'] => {
  const { verdict, ruleSet, hook } = readSummary(decision);
  return { decision: decision.id, verdict, ruleSet, rules: hook?.rules ?? [] };
};

const entryOf = (
  { feedback, decision }: Matched,
  { ports, organisation, client, service }: FeedbackContext,
) => {
  const kept: KeptFeedback = {
    ...feedback,
    service,
    about: decision === null ? null : aboutOf(decision),
  };
  const summary: FeedbackSummary = { subject: decision === null ? null : readSummary(decision).subject };
  return newEntry(
    {
      id: ports.chance.newId(),
      at: ports.clock(),
      organisation,
      kind: 'feedback',
      ruleSetHash: decision?.ruleSetHash ?? NO_RULE_SET,
      parts: { [FEEDBACK_PART]: kept, summary },
      client,
    },
    ports,
  );
};

/**
 * Writes to the log what clinicians made of cards: all of it or none. A card that is told of twice is kept twice, and one that nobody knows is kept as such: it may have
 * been erased, or be of another organisation.
 * @returns what was kept, in the order in which it was sent
 * @throws LogUnavailableError where it could not be made durable
 */
export const recordFeedback = async (
  items: readonly Feedback[],
  context: FeedbackContext,
): Promise<readonly FeedbackReceipt[]> => {
  const matched = await Promise.all(items.map((feedback) => matchedIn(feedback, context)));
  const entries = matched.map((one) => entryOf(one, context));
  await context.ports.log.append(entries);
  return entries.map(({ id }, index) => ({
    id,
    card: matched[index]?.feedback.card ?? '',
    matched: (matched[index]?.decision ?? null) !== null,
  }));
};
