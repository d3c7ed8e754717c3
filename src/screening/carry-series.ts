import type { SeriesFact } from '../rules/fact.js';
import type { Reading, SeriesValue } from './facts.js';
import { isPossible } from './possible-number.js';

const hasSameComponents = (from: SeriesFact, to: SeriesFact): boolean =>
  Object.keys(from.components).length === Object.keys(to.components).length &&
  Object.entries(to.components).every(
    ([name, { unit }]) => Object.hasOwn(from.components, name) && from.components[name]?.unit === unit,
  );

/** The components of a reading that stand in a wrong order as a version has it. */
const misorderedIn = ({ values }: Reading, { ordered = [] }: SeriesFact): readonly string[] =>
  ordered.flatMap(({ greater, lesser }) => {
    const [high, low] = [values[greater], values[lesser]];
    return typeof high === 'number' && typeof low === 'number' && high <= low ? [greater, lesser] : [];
  });

const carryReading = (reading: Reading, to: SeriesFact): Reading => {
  const misordered = misorderedIn(reading, to);
  const isLost = (name: string, value: number | null): boolean => {
    if (value === null) return false;
    const component = to.components[name];
    return component === undefined || !isPossible(value, component) || misordered.includes(name);
  };
  const entries = Object.entries(reading.values);
  return entries.some(([name, value]) => isLost(name, value))
    ? {
        takenAt: reading.takenAt,
        values: Object.fromEntries(
          entries.map(([name, value]) => [name, isLost(name, value) ? null : value] as const),
        ),
      }
    : reading;
};

/**
 * Carries a series to another version. A number that cannot be there, outside the limits or in the wrong order, is null at its time, so that no older,
 * better reading takes its place.
 * @returns the same object where nothing was lost; null where the components, or their units, are others
 */
export const carrySeries = (value: SeriesValue, from: SeriesFact, to: SeriesFact): SeriesValue | null => {
  if (!hasSameComponents(from, to)) return null;
  const readings = value.readings.map((reading) => carryReading(reading, to));
  return readings.every((reading, index) => reading === value.readings[index])
    ? value
    : { kind: 'series', readings };
};
