import type { Instant } from '../../values/instant.js';
import { pointerTo } from '../../values/pointer.js';
import type { Dictionary } from '../../rules/dictionary.js';
import type { Facts } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';
import { situationAt } from '../../screening/situation.js';
import { contradictedIn, type Contradicted } from '../intake/contradictions.js';

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
 * A native intake is refused for this, because its sender can mend it.
 */
export const settleContradictions = (facts: Facts, dictionary: Dictionary, asOf: Instant): Settled => {
  const found = contradictedIn(situationAt(dictionary, facts, asOf));
  if (found.length === 0) return { facts, remarks: [] };
  // Each turn makes at least one answer unknown that was known, so this ends.
  const rest = settleContradictions(
    without(facts, [...new Set(found.map((one) => one.sentAs))]),
    dictionary,
    asOf,
  );
  return { facts: rest.facts, remarks: [...found.map(remarkOf), ...rest.remarks] };
};
