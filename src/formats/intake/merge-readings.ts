import type { Reading } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';

/** Readings of which no two have the same time, oldest text first, and what was found on the way. */
export type Merged = { readonly readings: readonly Reading[]; readonly dataQuality: readonly DataQuality[] };

const agreed = (component: string, readings: readonly Reading[]): number | null => {
  const [first, ...others] = readings.map(({ values }) => values[component] ?? null);
  return first !== undefined && others.every((value) => value === first) ? first : null;
};

const mergeOne = (takenAt: string, readings: readonly Reading[]): Reading => ({
  takenAt,
  values: Object.fromEntries(
    Object.keys(readings[0]?.values ?? {}).map((component) => [component, agreed(component, readings)]),
  ),
});

const isRepeated = (readings: readonly Reading[]): boolean =>
  readings.every(({ values }) =>
    Object.entries(values).every(([component, value]) => readings[0]?.values[component] === value),
  );

const qualityOf = (readings: readonly Reading[], pointer: string): readonly DataQuality[] => {
  if (readings.length < 2) return [];
  return isRepeated(readings)
    ? [{ pointer, code: 'duplicate-reading', detail: 'one reading was sent more than once: it counts once' }]
    : [
        {
          pointer,
          code: 'conflicting-readings',
          detail: 'readings of one time differ: what they do not agree on counts as unknown',
        },
      ];
};

/**
 * Makes one reading of all that have the same time: a component is known where every one of them knows it and they agree. Merging only
 * equal readings would let a reading that becomes unknown change what the others say.
 */
export const mergeReadings = (readings: readonly Reading[], pointer: string): Merged => {
  const times = [...new Set(readings.map(({ takenAt }) => takenAt))].toSorted();
  const groups = times.map((takenAt) => readings.filter((reading) => reading.takenAt === takenAt));
  return {
    readings: groups.map((group, index) => mergeOne(times[index] ?? '', group)),
    dataQuality: groups.flatMap((group) => qualityOf(group, pointer)),
  };
};
