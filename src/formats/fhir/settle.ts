import type { Instant } from '../../values/instant.js';
import { pointerTo } from '../../values/pointer.js';
import type { Dictionary } from '../../rules/dictionary.js';
import type { Facts } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';
import { situationAt } from '../../screening/situation.js';
import { contradictedIn, doubtedIn, type Contradicted } from '../intake/contradictions.js';

/** Under which dictionary and at which moment facts are settled, and of which of them there are records. */
type At = {
  readonly dictionary: Dictionary;
  readonly asOf: Instant;
  readonly recorded: ReadonlySet<string>;
};

/** Facts that can be true together, and what was set aside to make them so. */
export type Settled = { readonly facts: Facts; readonly remarks: readonly DataQuality[] };

const remarkOf = ({ sentAs, beside }: Contradicted): DataQuality => ({
  pointer: pointerTo('/facts', sentAs),
  code: 'contradiction',
  detail: `the answer to \`${sentAs}\` was set aside: it cannot be true beside ${beside.map((id) => `\`${id}\``).join(', ')}`,
});

const without = (facts: Facts, ids: readonly string[]): Facts => ({
  ...facts,
  ...Object.fromEntries(ids.map((id) => [id, { kind: 'unknown', reason: 'conflicting' } as const])),
});

/**
 * Sets aside every answer that reassures and cannot be true beside something that is known: it counts as unknown, so that what is known decides and the rest is asked.
 * A native intake is refused for this, because its sender can mend it. So is one set aside that may be contradicted by a record which cannot be read: had it been readable,
 * it could not have stood.
 */
export const settleContradictions = (facts: Facts, at: At): Settled => {
  const situation = situationAt(at.dictionary, facts, at.asOf);
  const found = [...contradictedIn(situation), ...doubtedIn(situation, at.recorded)];
  if (found.length === 0) return { facts, remarks: [] };
  // Each turn makes at least one answer unknown that was known, so this ends.
  const rest = settleContradictions(without(facts, [...new Set(found.map((one) => one.sentAs))]), at);
  return { facts: rest.facts, remarks: [...found.map(remarkOf), ...rest.remarks] };
};
