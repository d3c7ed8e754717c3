import type { Issue } from '../../values/issue.js';
import { pointerTo } from '../../values/pointer.js';
import { contradictionsOf, type Dictionary } from '../../rules/dictionary.js';
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

/** The two faults of a pair that cannot stand together: both places are named, because only the sender knows which of them is the mistake. */
const pairOf = (known: string, absent: string): readonly Issue[] => [
  issue(
    pointerTo('/facts', known),
    'contradiction',
    `\`${known}\` is known, while \`${absent}\` is said to be absent`,
  ),
  issue(
    pointerTo('/facts', absent),
    'contradiction',
    `\`${absent}\` is said to be absent, while \`${known}\` is known`,
  ),
];

/** A particular, or a detail, of something that is said to be absent. */
const ofAbsent = ({ facts, dictionary }: Situation): readonly Issue[] =>
  Object.entries(facts)
    .filter(([, value]) => asserts(value))
    .flatMap(([id]) =>
      wholesOf(id, dictionary)
        .filter((whole) => isAbsent(whole, facts, dictionary))
        .flatMap((whole) => pairOf(id, whole)),
    );

type Listed = Contradiction<boolean | string>;

const isAnswered = ({ answer }: Listed, value: FactValue | undefined): boolean =>
  (value?.kind === 'boolean' || value?.kind === 'code') && value.value === answer;

const sentBehind = ({ when }: Listed, { facts, dictionary }: Situation): readonly string[] =>
  [...factsBehind(when, [...dictionary.facts.values()])].filter((id) => valueOf(facts, id) !== undefined);

const ofListed = (fact: Fact, listed: Listed, situation: Situation): readonly Issue[] => {
  const others = sentBehind(listed, situation).filter((id) => id !== fact.id);
  const named = others.map((id) => `\`${id}\``).join(', ');
  return [
    issue(
      pointerTo('/facts', fact.id),
      'contradiction',
      `this answer to \`${fact.id}\` cannot be true beside ${named}: correct one of them`,
    ),
    ...others.map((id) =>
      issue(
        pointerTo('/facts', id),
        'contradiction',
        `\`${id}\` cannot be true beside this answer to \`${fact.id}\`: correct one of them`,
      ),
    ),
  ];
};

/** An answer beside what the dictionary says that it cannot stand beside. */
const ofAnswers = (situation: Situation): readonly Issue[] =>
  [...situation.dictionary.facts.values()].flatMap((fact) =>
    contradictionsOf(fact)
      .filter((listed) => isAnswered(listed, valueOf(situation.facts, fact.id)))
      .filter(({ when }) => evaluateCriterion(when, situation) === 'true')
      .flatMap((listed) => ofListed(fact, listed, situation)),
  );

/** What was sent and cannot be true together, at the moment at which it is judged. */
export const contradictionsIn = (situation: Situation): readonly Issue[] => [
  ...ofAbsent(situation),
  ...ofAnswers(situation),
];
