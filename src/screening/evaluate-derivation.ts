import { exactly, hullOf, type Interval } from '../values/interval.js';
import { aggregateOf, type Derivation, type Points } from '../rules/derivation.js';
import { intervalOfDerivation, type DerivationLeaf } from '../rules/derivation-interval.js';
import { hullOfPoints, pointsOfBands, possiblePoints } from '../rules/points.js';
import { intervalOfAggregate } from './aggregate.js';
import { entryOf, heldOf, type Situation } from './situation.js';

/**
 * All that is known of a number, sent or derived. One that is unknown may be anything in its physical range; one that is derived
 * is what follows from what is known of its parts, so that a part of a score can already decide.
 */
export const intervalOfNumber = (situation: Situation, id: string): Interval => {
  const fact = entryOf(situation, id);
  if (fact.type !== 'derived') return intervalOfSent(situation, id);
  const known = situation.derived.get(id);
  if (known !== undefined) return known;
  const interval = evaluateDerivation(fact.derive, situation);
  situation.derived.set(id, interval);
  return interval;
};

const intervalOfSent = (situation: Situation, id: string): Interval => {
  const { value } = heldOf(situation, id);
  if (value.kind === 'number') return { low: value.low, high: value.high };
  const fact = entryOf(situation, id);
  if (fact.type !== 'number') throw new Error(`fact \`${id}\` is no number`);
  return { low: fact.range.min, high: fact.range.max };
};

/** The interval of a derivation in a situation. Total on every rule set that passed its checks. */
export const evaluateDerivation = (derivation: Derivation, situation: Situation): Interval =>
  intervalOfDerivation(derivation, (leaf) => intervalOfLeaf(leaf, situation));

const intervalOfLeaf = (leaf: DerivationLeaf, situation: Situation): Interval => {
  if ('points' in leaf) return intervalOfPoints(leaf, situation);
  if ('fact' in leaf) return intervalOfNumber(situation, leaf.fact);
  const aggregate = aggregateOf(leaf);
  if (aggregate === null) throw new Error('a derivation has a form that is not in the language');
  return intervalOfAggregate(aggregate, situation);
};

const intervalOfPoints = (leaf: Points, situation: Situation): Interval => {
  const { points } = leaf;
  if ('bands' in points) return pointsOfBands(points, intervalOfNumber(situation, points.fact));
  const { value } = heldOf(situation, points.fact);
  if (value.kind === 'boolean' && 'true' in points) return exactly(value.value ? points.true : points.false);
  if (value.kind === 'code' && 'answers' in points)
    return hullOf([pointsOfAnswer(points.answers, value.value)]);
  return hullOfPoints(possiblePoints(leaf));
};

const pointsOfAnswer = (answers: Readonly<Record<string, number>>, code: string): Interval => {
  const points = Object.hasOwn(answers, code) ? answers[code] : undefined;
  if (points === undefined) throw new Error('an option has no points');
  return exactly(points);
};
