import type { Issue } from '../../values/issue.js';
import { pointerTo } from '../../values/pointer.js';
import type { Dictionary } from '../../rules/dictionary.js';
import type { Facts, FactValue, NumberValue } from '../../screening/facts.js';
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

/**
 * What was sent and cannot be true together: a particular, or a detail, of something that is said to be absent. Both places are
 * named, because only the sender knows which of them is the mistake.
 */
export const contradictionsIn = (facts: Facts, dictionary: Dictionary): readonly Issue[] =>
  Object.entries(facts)
    .filter(([, value]) => asserts(value))
    .flatMap(([id]) =>
      wholesOf(id, dictionary)
        .filter((whole) => isAbsent(whole, facts, dictionary))
        .flatMap((whole) => [
          issue(
            pointerTo('/facts', id),
            'contradiction',
            `\`${id}\` is known, while \`${whole}\` is said to be absent`,
          ),
          issue(
            pointerTo('/facts', whole),
            'contradiction',
            `\`${whole}\` is said to be absent, while \`${id}\` is known`,
          ),
        ]),
    );
