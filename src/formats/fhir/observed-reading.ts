import type { JsonObject } from '../../values/json.js';
import type { FactCode, Measured, SeriesFact } from '../../rules/fact.js';
import type { Match } from './fact-codes.js';
import { objectAt, objectsAt, orNull, textAt } from './look.js';
import { observedNumber } from './observed-value.js';
import { exactQuantity } from './quantity.js';
import { isOfComponent } from './series-item.js';
import type { Under } from './under.js';

/** An Observation, or a component of one, with what its code is about. */
export type Holder = { readonly json: JsonObject; readonly matches: readonly Match[] };

/** Which component of a series a code measures: as the dictionary says; else the only one, or that whose name is in the words of the code. */
const componentOf = (code: FactCode, { components }: SeriesFact): string | null => {
  if (code.component !== undefined) return code.component;
  const names = Object.keys(components);
  if (names.length === 1) return names[0] ?? null;
  const named = names.filter((name) => isOfComponent(code, name));
  return named.length === 1 ? (named[0] ?? null) : null;
};

/** The upper limit of the laboratory, where there is one range of reference and its end is a number in a unit that is known. */
const limitOf = (holder: JsonObject, measured: Measured): number | null => {
  const [range, ...others] = objectsAt(holder, 'referenceRange') ?? [];
  const high = range === undefined || others.length > 0 ? null : orNull(objectAt(range, 'high'));
  return high === null ? null : exactQuantity(high, measured);
};

type Measurement = readonly [component: string, value: number | null];

const measurementsOf = (fact: SeriesFact, { json, matches }: Holder): readonly Measurement[] =>
  matches
    .filter((match) => match.fact.id === fact.id)
    .flatMap(({ by }): readonly Measurement[] => {
      const name = componentOf(by, fact);
      const measured = name === null ? undefined : fact.components[name];
      if (name === null || measured === undefined) return [];
      const limit = by.limit === undefined ? undefined : fact.components[by.limit];
      return [
        [name, observedNumber(json, measured)],
        ...(by.limit === undefined || limit === undefined ? [] : [[by.limit, limitOf(json, limit)] as const]),
      ];
    });

/** Two numbers for one component are none. */
const agreed = (measurements: readonly Measurement[]): Readonly<Record<string, number | null>> => {
  const names = [...new Set(measurements.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const values = measurements.filter(([one]) => one === name).map(([, value]) => value);
      return [name, values.every((value) => value === values[0]) ? (values[0] ?? null) : null] as const;
    }),
  );
};

const isInOrder = (values: Readonly<Record<string, number | null>>, { ordered = [] }: SeriesFact): boolean =>
  ordered.every(({ greater, lesser }) => {
    const [high, low] = [values[greater], values[lesser]];
    return typeof high !== 'number' || typeof low !== 'number' || high > low;
  });

const allUnreadable = ({ components }: SeriesFact): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(components).map((name) => [name, null] as const));

/** Whether the parts of a panel came as resources of their own, which are read by themselves. */
const membersCame = (panel: JsonObject, { resolve }: Under): boolean => {
  const members = objectsAt(panel, 'hasMember');
  if (members === undefined || members === null) return false;
  return members.every((member) => {
    const reference = textAt(member, 'reference');
    return typeof reference === 'string' && resolve(reference, panel) !== null;
  });
};

/**
 * What an Observation gives of one reading: the components that are in it, null where one cannot be read. Others may stand in another Observation of the same
 * time. One in which no component is found is a reading that could not be read; null only where its parts came by themselves.
 */
export const readingOf = (
  fact: SeriesFact,
  holders: readonly Holder[],
  { under, isFinal }: { readonly under: Under; readonly isFinal: boolean },
): Readonly<Record<string, number | null>> | null => {
  const values = agreed(holders.flatMap((holder) => measurementsOf(fact, holder)));
  const [panel] = holders;
  if (Object.keys(values).length === 0)
    return panel !== undefined && membersCame(panel.json, under) ? null : allUnreadable(fact);
  return isFinal && isInOrder(values, fact) ? values : allUnreadable(fact);
};
