import type { Issue } from '../../values/issue.js';
import { pointerTo } from '../../values/pointer.js';
import { contradictionsOf, type Dictionary } from '../../rules/dictionary.js';
import type { Truth } from '../../values/truth.js';
import type { Contradiction, Fact } from '../../rules/fact.js';
import { factsBehind } from '../../rules/facts-behind.js';
import { evaluateCriterion } from '../../screening/evaluate-criterion.js';
import type { Facts, FactValue, NumberValue } from '../../screening/facts.js';
import type { Situation } from '../../screening/situation.js';
import { issue } from './issue.js';

const valueOf = (facts: Facts, id: string): FactValue | undefined =>
  Object.hasOwn(facts, id) ? facts[id] : undefined;

const isFalse = (value: FactValue | undefined): boolean => value?.kind === 'boolean' && !value.value;

/** Whether a fact is absent by what was sent: itself, or by the gate over it where it was not sent. */
const isAbsent = (id: string, facts: Facts, dictionary: Dictionary): boolean => {
  const value = valueOf(facts, id);
  if (value !== undefined) return isFalse(value);
  const gate = dictionary.gateOf.get(id);
  return gate !== undefined && isFalse(valueOf(facts, gate));
};

/** Whether a value asserts that there is something: anything known but no, nothing and nought. */
const asserts = (value: FactValue): boolean => {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'number':
      return !isZero(value);
    case 'codeList':
      return value.codes.length > 0;
    case 'series':
      return value.readings.length > 0;
    case 'code':
    case 'date':
      return true;
    case 'unknown':
      return false;
  }
};

const isZero = ({ low, high }: NumberValue): boolean => low === 0 && high === 0;

const wholesOf = (id: string, dictionary: Dictionary): readonly string[] => {
  const fact = dictionary.facts.get(id);
  const detailOf = fact === undefined || fact.type === 'derived' ? undefined : fact.detailOf;
  return [dictionary.gateOf.get(id), detailOf].filter((whole) => whole !== undefined);
};

/** Facts that cannot be true together: what is known, and the reassuring answers that cannot stand beside it. */
export type Contradicted = {
  /** What reassures: a fact that is said to be absent, or an answer that the dictionary lists. */
  readonly answered: string;
  /** The fact as which it was sent: the gate, where that is what says that it is absent. */
  readonly sentAs: string;
  readonly beside: readonly string[];
  readonly kind: 'absent' | 'listed';
};

const sentAs = (id: string, { facts, dictionary }: Situation): string =>
  valueOf(facts, id) === undefined ? (dictionary.gateOf.get(id) ?? id) : id;

/** A particular, or a detail, of something that is said to be absent. */
const ofAbsent = (situation: Situation): readonly Contradicted[] => {
  const { facts, dictionary } = situation;
  return Object.entries(facts)
    .filter(([, value]) => asserts(value))
    .flatMap(([id]) =>
      wholesOf(id, dictionary)
        .filter((whole) => isAbsent(whole, facts, dictionary))
        .map((whole) => ({
          answered: whole,
          sentAs: sentAs(whole, situation),
          beside: [id],
          kind: 'absent' as const,
        })),
    );
};

type Listed = Contradiction<boolean | string>;

const isAnswered = ({ answer }: Listed, value: FactValue | undefined): boolean =>
  (value?.kind === 'boolean' || value?.kind === 'code') && value.value === answer;

const sentBehind = ({ when }: Listed, { facts, dictionary }: Situation): readonly string[] =>
  [...factsBehind(when, [...dictionary.facts.values()])].filter((id) => valueOf(facts, id) !== undefined);

const ofListed = (fact: Fact, listed: Listed, situation: Situation): Contradicted => ({
  answered: fact.id,
  sentAs: fact.id,
  beside: sentBehind(listed, situation).filter((id) => id !== fact.id),
  kind: 'listed',
});

/** An answer beside what the dictionary says that it cannot stand beside, where that has a truth. */
const ofAnswers = (situation: Situation, truth: Truth): readonly Contradicted[] =>
  [...situation.dictionary.facts.values()].flatMap((fact) =>
    contradictionsOf(fact)
      .filter((listed) => isAnswered(listed, valueOf(situation.facts, fact.id)))
      .filter(({ when }) => evaluateCriterion(when, situation) === truth)
      .map((listed) => ofListed(fact, listed, situation)),
  );

/** Whether something was recorded of a fact that cannot be read. What is only too old can be. */
const isUnreadable = (value: FactValue | undefined): boolean =>
  value?.kind === 'unknown' ||
  (value?.kind === 'series' && value.readings.some(({ values }) => Object.values(values).includes(null)));

/**
 * Answers that may be contradicted by what a record told and cannot be read.
 * @param recorded the facts of which there are records
 */
export const doubtedIn = (situation: Situation, recorded: ReadonlySet<string>): readonly Contradicted[] =>
  ofAnswers(situation, 'unknown').filter(({ beside }) =>
    beside.some((id) => recorded.has(id) && isUnreadable(valueOf(situation.facts, id))),
  );

/** What was sent and cannot be true together, at the moment at which it is judged. */
export const contradictedIn = (situation: Situation): readonly Contradicted[] => [
  ...ofAbsent(situation),
  ...ofAnswers(situation, 'true'),
];

const fault = (id: string, detail: string): Issue => issue(pointerTo('/facts', id), 'contradiction', detail);

/** The two faults of a pair that cannot stand together: both places are named, because only the sender knows which of them is the mistake. */
const absentFaults = ({ answered, beside }: Contradicted): readonly Issue[] =>
  beside.flatMap((known) => [
    fault(known, `\`${known}\` is known, while \`${answered}\` is said to be absent`),
    fault(answered, `\`${answered}\` is said to be absent, while \`${known}\` is known`),
  ]);

const listedFaults = ({ answered, beside }: Contradicted): readonly Issue[] => {
  const named = beside.map((id) => `\`${id}\``).join(', ');
  return [
    fault(answered, `this answer to \`${answered}\` cannot be true beside ${named}: correct one of them`),
    ...beside.map((id) =>
      fault(id, `\`${id}\` cannot be true beside this answer to \`${answered}\`: correct one of them`),
    ),
  ];
};

/** The faults of an intake whose facts cannot be true together. */
export const contradictionsIn = (situation: Situation): readonly Issue[] =>
  contradictedIn(situation).flatMap((one) => (one.kind === 'absent' ? absentFaults(one) : listedFaults(one)));
