import type { Instant } from '../../values/instant.js';
import type { Truth } from '../../values/truth.js';
import { gatesOf } from '../../rules/dictionary.js';
import { isRuleOfGate } from '../../rules/gate-rule.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { FactValue } from '../../screening/facts.js';
import type { ActiveRule } from '../../screening/find.js';
import { judge } from '../../screening/screen.js';

/** Under which version and at which moment values are compared. */
export type Compared = { readonly body: RuleSetBody; readonly asOf: Instant };

const ORDER: readonly Truth[] = ['false', 'unknown', 'true'];

/** The rule of the gate over a fact. A particular that is known makes that rule less true, and is no less bad for it. */
const isAside = (id: string, { facts }: RuleSetBody): ((rule: ActiveRule) => boolean) => {
  const gates = gatesOf(facts).filter((gate) => gate.gate.includes(id));
  return (rule) => gates.some((gate) => isRuleOfGate(rule, gate));
};

/** How true each rule is with a value and nothing else, in rule order: what else is known must not decide which of two values is the worse. */
const truthsWith = (id: string, value: FactValue, { body, asOf }: Compared): readonly number[] => {
  const aside = isAside(id, body);
  return judge(body, { [id]: value }, asOf)
    .findings.filter(({ rule }) => !aside(rule))
    .map(({ truth }) => ORDER.indexOf(truth));
};

const isAtLeast = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((truth, index) => truth >= (b[index] ?? 0));

/**
 * Of several values of a fact the one that is worse for the verdict: with it every rule is at least as true as with each of the others.
 * @returns null where there is no such value, so that each of them may be the worse one
 */
export const worstOf = (id: string, values: readonly FactValue[], under: Compared): FactValue | null => {
  const judged = values.map((value) => ({ value, truths: truthsWith(id, value, under) }));
  const worst = judged.filter(({ truths }) => judged.every((other) => isAtLeast(truths, other.truths)));
  // Where several are as bad as each other the rules cannot tell them apart, so neither may be said.
  return worst.length === 1 ? (worst[0]?.value ?? null) : null;
};
