import type { BooleanFact, Contradiction, Fact } from './fact.js';

/** The facts of a rule-set version, by id, with the gate that each particular stands under. */
export type Dictionary = {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Position of each fact in the dictionary: the order of questions. */
  readonly order: ReadonlyMap<string, number>;
  /** For each particular, the id of its gate. */
  readonly gateOf: ReadonlyMap<string, string>;
};

const isGate = (fact: Fact): fact is BooleanFact & { readonly gate: readonly string[] } =>
  fact.type === 'boolean' && fact.gate !== undefined;

const indexes = new WeakMap<readonly Fact[], Dictionary>();

/**
 * Indexes the facts of a rule-set version, once for each list of facts. Where an id stands twice the first counts; `rules check`
 * refuses that.
 */
export const indexFacts = (facts: readonly Fact[]): Dictionary => {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const dictionary = buildIndex(facts);
  indexes.set(facts, dictionary);
  return dictionary;
};

const buildIndex = (facts: readonly Fact[]): Dictionary => {
  const byId = new Map<string, Fact>();
  const order = new Map<string, number>();
  facts.forEach((fact, index) => {
    if (byId.has(fact.id)) return;
    byId.set(fact.id, fact);
    order.set(fact.id, index);
  });
  const gateOf = new Map(
    facts.filter(isGate).flatMap((gate) => gate.gate.map((particular) => [particular, gate.id] as const)),
  );
  return { facts: byId, order, gateOf };
};

/** The facts that settle particulars under them. */
export const gatesOf = (
  facts: readonly Fact[],
): readonly (BooleanFact & { readonly gate: readonly string[] })[] => facts.filter(isGate);

/** What answers to a fact cannot stand beside; nothing for a fact that says none. */
export const contradictionsOf = (fact: Fact): readonly Contradiction<boolean | string>[] =>
  fact.type === 'boolean' || fact.type === 'code' ? (fact.contradictedBy ?? []) : [];

/**
 * The fact of an id.
 * @throws Error where the dictionary has none: a rule set that passed its checks names only facts that it declares
 */
export const factOf = (dictionary: Dictionary, id: string): Fact => {
  const fact = dictionary.facts.get(id);
  if (fact === undefined) throw new Error(`fact \`${id}\` is not in the dictionary`);
  return fact;
};
