import type { Entry } from '../log/entry.js';
import { isErased } from './kept-decision.js';
import { EntryDamagedError, type DecisionLog } from './ports.js';

/** A decision as the log has it: whole; or with nothing left but what the log itself says, because its payload was erased, or does not open. */
export type FoundDecision = { readonly entry: Entry; readonly kept: 'whole' | 'erased' | 'damaged' };

/** Which decisions are wanted, told by what the log itself says of each; and up to which size of the log. */
export type DecisionsWanted = { readonly isWanted: (head: Entry) => boolean; readonly size: number };

/** A step on the way through the log: how many entries were passed so far, and the decisions that were found in it. */
export type WalkStep = { readonly passed: number; readonly decisions: readonly FoundDecision[] };

/** How many entries the log has. @throws LogUnavailableError */
export const sizeOf = async (log: Pick<DecisionLog, 'head'>): Promise<number> =>
  (await log.head(null))?.size ?? 0;

/** How many entries are read at once. It bounds the memory, whatever the length of the log. */
const STEP = 100;

/** Read by itself, so that one that is damaged hides no other. */
const find = async (head: Entry, log: Pick<DecisionLog, 'load'>): Promise<FoundDecision> => {
  try {
    const entry = await log.load(head.id, 'decision');
    if (entry === null) return { entry: head, kept: 'damaged' };
    return { entry, kept: isErased(entry) ? 'erased' : 'whole' };
  } catch (error) {
    if (!(error instanceof EntryDamagedError)) throw error;
    return { entry: head, kept: 'damaged' };
  }
};

/**
 * Walks through the log, every organisation's entries from first to last, and finds the decisions that are wanted. It follows the positions and no
 * lookup, for a lookup can be erased. What is appended meanwhile is past the size, and is not looked at.
 * @throws LogUnavailableError
 */
export async function* walkDecisions(
  { isWanted, size }: DecisionsWanted,
  log: Pick<DecisionLog, 'slice' | 'load'>,
): AsyncGenerator<WalkStep, void, void> {
  for (let passed = 0; passed < size;) {
    const limit = Math.min(STEP, size - passed);
    const heads = await log.slice({ after: passed - 1, limit, parts: [] });
    const wanted = heads.filter((head) => head.kind === 'decision' && isWanted(head));
    const decisions = await Promise.all(wanted.map((head) => find(head, log)));
    passed += limit;
    yield { passed, decisions };
  }
}
