import type { RuleSet } from '../rules/rule-set.js';
import type { ScreeningChange } from '../screening/compare-screenings.js';
import { sizeOf, walkDecisions, type FoundDecision } from './decision-walk.js';
import { hypothesisOf } from './hypothesis.js';
import type { DecisionLog } from './ports.js';

/** Which version made the decisions, and which one is asked what it would have said of them. */
export type ImpactAsked = { readonly from: RuleSet; readonly to: RuleSet };

/**
 * A decision with what would differ of it. Where there is nothing to ask with, that is null: its payload was erased, or it does not open or is not what
 * a decision is made of.
 */
export type DecisionImpact = {
  readonly id: string;
  readonly kept: FoundDecision['kept'];
  readonly change: ScreeningChange | null;
};

/** A step on the way through the log: how many of its entries were passed so far, and the decisions among the last of them. */
export type ImpactStep = {
  readonly passed: number;
  readonly size: number;
  readonly decisions: readonly DecisionImpact[];
};

const impactOn = ({ entry, kept }: FoundDecision, { from, to }: ImpactAsked): DecisionImpact => {
  const { id } = entry;
  if (kept !== 'whole') return { id, kept, change: null };
  try {
    return { id, kept, change: hypothesisOf(entry, { decidedBy: from, asked: to }) };
  } catch {
    // What this service stores can be read and carried: whatever is thrown is a fault of what was kept.
    return { id, kept: 'damaged', change: null };
  }
};

/**
 * Asks another version what it would have said of every decision that one has made, whosever it is, in the order of the log as it is when this begins.
 * It is hypothetical: nothing is stored of it. The memory does not grow with the log.
 * @throws LogUnavailableError
 */
export async function* impactOnDecisions(
  asked: ImpactAsked,
  log: Pick<DecisionLog, 'head' | 'slice' | 'load'>,
): AsyncGenerator<ImpactStep, void, void> {
  const size = await sizeOf(log);
  const { sha256 } = asked.from;
  const steps = walkDecisions({ isWanted: ({ ruleSetHash }) => ruleSetHash === sha256, size }, log);
  for await (const { passed, decisions } of steps)
    yield { passed, size, decisions: decisions.map((found) => impactOn(found, asked)) };
}
