import { testsOf, type Criterion } from './criterion.js';
import { aggregateOf, termsOf, type Derivation } from './derivation.js';
import { indexFacts, type Dictionary } from './dictionary.js';
import type { Fact } from './fact.js';

const factsIn = (derivation: Derivation): readonly string[] => {
  if ('fact' in derivation) return [derivation.fact];
  if ('points' in derivation) return [derivation.points.fact];
  const series = aggregateOf(derivation)?.reading.series;
  return series === undefined ? termsOf(derivation).flatMap(factsIn) : [series];
};

/** The facts that can settle a fact: what it is derived from, and the gate over it. */
const nextBehind = (id: string, { facts, gateOf }: Dictionary): readonly string[] => {
  const fact = facts.get(id);
  const gate = gateOf.get(id);
  return [...(fact?.type === 'derived' ? factsIn(fact.derive) : []), ...(gate === undefined ? [] : [gate])];
};

const reached = (ids: ReadonlySet<string>, dictionary: Dictionary): ReadonlySet<string> => {
  const all = new Set([...ids, ...[...ids].flatMap((id) => nextBehind(id, dictionary))]);
  return all.size === ids.size ? all : reached(all, dictionary);
};

/**
 * Every fact that can make a criterion what it is: those that it tests, those that these are derived from, and the gates over any of them.
 * A change of one of them can change a rule whose own text stays as it is.
 */
export const factsBehind = (criterion: Criterion, facts: readonly Fact[]): ReadonlySet<string> =>
  reached(new Set(testsOf(criterion).map(({ fact }) => fact)), indexFacts(facts));
