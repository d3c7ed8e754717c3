import type { SeriesFact } from '../../rules/fact.js';
import { MAX_READINGS } from '../../rules/points.js';
import type { FactValue, Reading } from '../../screening/facts.js';

/** A series made of readings of which each may hold only some components, and whether some of one time did not agree. */
export type Series = { readonly value: FactValue; readonly differ: boolean };

type Values = Readonly<Record<string, number | null>>;

/** What all readings of one time say of a component: null where one of them could not be read, none has it, or two differ. */
const valueOf = (
  name: string,
  readings: readonly Reading[],
): { readonly value: number | null; readonly differ: boolean } => {
  const values = readings
    .filter(({ values: all }) => Object.hasOwn(all, name))
    .map(({ values: all }) => all[name] ?? null);
  const [first] = values;
  const differ = values.some((value) => value !== first);
  return { value: differ ? null : (first ?? null), differ };
};

/** A pair that was put together out of two records may be impossible: then neither half is known to be right. */
const inOrder = (values: Values, { ordered = [] }: SeriesFact): Values => {
  const wrong = ordered.some(({ greater, lesser }) => {
    const [high, low] = [values[greater], values[lesser]];
    return typeof high === 'number' && typeof low === 'number' && high <= low;
  });
  return wrong ? Object.fromEntries(Object.keys(values).map((name) => [name, null] as const)) : values;
};

/**
 * Makes one reading of all of one time. Two records may each hold a part of it, as where the systolic and the diastolic pressure come by themselves.
 * More readings than a series may have cannot be read: leaving some out could leave out the one that matters.
 */
export const mergePartial = (fact: SeriesFact, readings: readonly Reading[]): Series => {
  const times = [...new Set(readings.map(({ takenAt }) => takenAt))].toSorted();
  if (times.length > MAX_READINGS) return { value: { kind: 'unknown', reason: 'unreadable' }, differ: false };
  const merged = times.map((takenAt) => {
    const same = readings.filter((reading) => reading.takenAt === takenAt);
    const parts = Object.keys(fact.components).map((name) => [name, valueOf(name, same)] as const);
    return {
      reading: {
        takenAt,
        values: inOrder(Object.fromEntries(parts.map(([name, { value }]) => [name, value] as const)), fact),
      },
      differ: parts.some(([, part]) => part.differ),
    };
  });
  return {
    value: { kind: 'series', readings: merged.map(({ reading }) => reading) },
    differ: merged.some(({ differ }) => differ),
  };
};
