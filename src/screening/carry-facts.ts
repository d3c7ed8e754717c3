import { gatesOf, indexFacts, type Dictionary } from '../rules/dictionary.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import { carryValue, UNREADABLE } from './carry-value.js';
import type { Facts, FactValue, UnknownValue } from './facts.js';

/** The facts of one version as another one can use them, and what could not be carried, by sorted ids. */
export type CarriedFacts = {
  readonly facts: Facts;
  /** The facts that the other version does not declare, those among them that were asked and are unknown. */
  readonly notUnderstood: readonly string[];
  /** The facts that the other version declares otherwise, so that what was known of them, or a part of it, counts as unknown. */
  readonly changedType: readonly string[];
};

type Carried = { readonly id: string; readonly before: FactValue; readonly after: FactValue };

const NOT_ASKED: UnknownValue = { kind: 'unknown', reason: 'not-asked' };

const carryOne = (
  [id, before]: readonly [string, FactValue],
  from: Dictionary,
  to: Dictionary,
): readonly Carried[] => {
  const [then, now] = [from.facts.get(id), to.facts.get(id)];
  if (now === undefined) return [];
  // The facts of a decision are facts of its version, unless someone has changed them since.
  const after = then === undefined ? UNREADABLE : carryValue(before, { from: then, to: now });
  return [{ id, before, after }];
};

const isFalse = (value: FactValue | undefined): boolean => value?.kind === 'boolean' && !value.value;

/**
 * The particulars that a gate which was answered no has in the other version only. The answer was to the question of then, and settles no more than it
 * did: they are unknown, not asked.
 */
const newParticulars = (facts: Facts, from: Dictionary, to: RuleSetBody): Facts =>
  Object.fromEntries(
    gatesOf(to.facts)
      .filter(({ id }) => isFalse(facts[id]))
      .flatMap(({ id, gate }) => gate.filter((particular) => from.gateOf.get(particular) !== id))
      .map((particular) => [particular, NOT_ASKED] as const),
  );

/**
 * Carries typed facts to another version of their rule set: what it would have been told, had it been asked then. Nothing is coerced: what it
 * declares as it was stays as it was, unknown reasons included; what it declares otherwise is unknown as far as it cannot be used (`carryValue` says
 * of each type how far); what it does not declare, or computes itself, has no place there.
 *
 * That the answers of then contradict each other by the other version is not looked for: a reader would refuse them, and here nothing is read.
 *
 * @param facts as a reader made them for `from`
 * @returns facts of the dictionary of `to`, each of its type or unknown
 * INVARIANT: nothing is known afterwards that was not known before, be it by a gate; carried to the same version the facts are the same.
 */
export const carryFacts = (facts: Facts, from: RuleSetBody, to: RuleSetBody): CarriedFacts => {
  const [then, now] = [indexFacts(from.facts), indexFacts(to.facts)];
  const carried = Object.entries(facts).flatMap((entry) => carryOne(entry, then, now));
  const known = Object.fromEntries(carried.map(({ id, after }) => [id, after] as const));
  return {
    facts: { ...newParticulars(known, then, to), ...known },
    notUnderstood: Object.keys(facts)
      .filter((id) => !now.facts.has(id))
      .toSorted(),
    changedType: carried
      .filter(({ before, after }) => before !== after)
      .map(({ id }) => id)
      .toSorted(),
  };
};
