import type { Interval } from '../values/interval.js';
import { aggregateOf, type Derivation, type Points } from './derivation.js';
import { intervalOfDerivation, type DerivationLeaf } from './derivation-interval.js';
import { factOf, type Dictionary } from './dictionary.js';
import type { Fact, Range } from './fact.js';
import { hullOfPoints, MAX_READINGS, pointsOfBands, possiblePoints } from './points.js';

const asInterval = (range: Range): Interval => ({ low: range.min, high: range.max });

/** Every value that a number, sent or derived, can have, whatever is known: its physical range, or what follows from those. */
export const rangeOfNumber = (id: string, dictionary: Dictionary): Interval =>
  rangeOf(factOf(dictionary, id), dictionary);

const rangeOf = (fact: Fact, dictionary: Dictionary): Interval => {
  if (fact.type === 'number') return asInterval(fact.range);
  if (fact.type === 'derived') return rangeOfDerivation(fact.derive, dictionary);
  throw new Error(`fact \`${fact.id}\` is no number`);
};

/** Every value that a derivation can have, whatever is known. */
export const rangeOfDerivation = (derivation: Derivation, dictionary: Dictionary): Interval =>
  intervalOfDerivation(derivation, (leaf) => rangeOfLeaf(leaf, dictionary));

const rangeOfLeaf = (leaf: DerivationLeaf, dictionary: Dictionary): Interval => {
  if ('points' in leaf) return rangeOfPoints(leaf, dictionary);
  if ('fact' in leaf) return rangeOfNumber(leaf.fact, dictionary);
  const series = aggregateOf(leaf);
  if (series === null || series.aggregate === 'count') return { low: 0, high: MAX_READINGS };
  return rangeOfComponent(factOf(dictionary, series.reading.series), series.reading.component);
};

const rangeOfPoints = (leaf: Points, dictionary: Dictionary): Interval =>
  'bands' in leaf.points
    ? pointsOfBands(leaf.points, rangeOfNumber(leaf.points.fact, dictionary))
    : hullOfPoints(possiblePoints(leaf));

/** The physical range of a component of a series. */
export const rangeOfComponent = (fact: Fact, component: string | undefined): Interval => {
  const measured = fact.type === 'series' && component !== undefined ? fact.components[component] : undefined;
  if (measured === undefined)
    throw new Error(`series \`${fact.id}\` has no component \`${String(component)}\``);
  return asInterval(measured.range);
};
