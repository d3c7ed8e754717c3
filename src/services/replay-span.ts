import type { Entry } from '../log/entry.js';
import type { JsonDifference } from '../values/json-difference.js';
import { sizeOf, walkDecisions, type FoundDecision } from './decision-walk.js';
import type { Ports } from './ports.js';
import { replayEntry, type EntryContext } from './replay-decision.js';
import { rulebooksIn } from './rulebooks.js';
import type { AnswerWriter } from './stored-decision.js';

/** From when on, and before when, decisions were made, as entries have their times (`entryTime`); null is no bound. */
export type Span = { readonly from: string | null; readonly to: string | null };

/**
 * What came of making a decision again. `erased`: nothing of it is left; `damaged`: its payload does not open; `unfit`: it opens, and is not what a
 * decision is made of; `version-gone`: the version with this SHA-256, which decided, is nowhere to be had.
 */
type Outcome =
  | { readonly kind: 'identical' }
  | { readonly kind: 'erased' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unfit' }
  | { readonly kind: 'differs'; readonly differences: readonly JsonDifference[] }
  | { readonly kind: 'version-gone'; readonly sha256: string };

/** A decision that was made again, as far as that could be, and what came of it. */
export type MadeAgain = Outcome & { readonly id: string; readonly position: number };

/** A step on the way through the log: how many of its entries were passed so far, and the decisions among the last of them. */
export type ReplayStep = {
  readonly passed: number;
  readonly size: number;
  readonly decisions: readonly MadeAgain[];
};

/** What decisions of a time are made again with. */
export type SpanContext = { readonly ports: Ports; readonly write: AnswerWriter };

const replay = (entry: Entry, context: EntryContext): Outcome => {
  const replayed = replayEntry(entry, context);
  if (replayed.kind === 'version-gone') return { kind: 'version-gone', sha256: entry.ruleSetHash };
  const { differences } = replayed.replay;
  return differences.length === 0 ? { kind: 'identical' } : { kind: 'differs', differences };
};

/** Whatever is thrown on the way is a fault of what was kept: what this service stores can be read and screened. */
const outcomeOf = ({ entry, kept }: FoundDecision, context: EntryContext): Outcome => {
  if (kept !== 'whole') return { kind: kept };
  try {
    return replay(entry, context);
  } catch {
    return { kind: 'unfit' };
  }
};

const isIn =
  ({ from, to }: Span) =>
  ({ at }: Entry): boolean =>
    (from === null || at >= from) && (to === null || at < to);

/**
 * Makes every decision of a time again, whosever it is, in the order of the log as it is when this begins. Nothing is stored, the memory does not grow with the
 * log, and one decision that cannot be read stops no other.
 * @throws LogUnavailableError
 */
export async function* replaySpan(
  span: Span,
  { ports, write }: SpanContext,
): AsyncGenerator<ReplayStep, void, void> {
  const { log } = ports;
  const size = await sizeOf(log);
  // Read after the size is known, so that it knows every version by which anything up to there was decided.
  const book = (await rulebooksIn(ports)).known();
  const steps = walkDecisions({ isWanted: isIn(span), size }, log);
  for await (const { passed, decisions } of steps)
    yield {
      passed,
      size,
      decisions: decisions.map((found) => {
        const { id, position } = found.entry;
        return { ...outcomeOf(found, { book, ports, write }), id, position };
      }),
    };
}
