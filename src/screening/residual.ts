import { isExact } from '../values/interval.js';
import { aggregateOf, termsOf, type AggregateOf, type Derivation, type Points } from '../rules/derivation.js';
import { isFactTest, partsOf, type Criterion, type FactTest } from '../rules/criterion.js';
import { membersOf, neededReadings } from './aggregate.js';
import { evaluateCriterion } from './evaluate-criterion.js';
import { evaluateDerivation, intervalOfNumber } from './evaluate-derivation.js';
import type { UnknownReason } from './facts.js';
import type { Gap, Need } from './gap.js';
import { entryOf, heldOf, openGateOf, timelineOf, type Situation } from './situation.js';

/**
 * The facts in the residual of a criterion that is unknown: what is left when the known values are put in. Empty where the criterion
 * is decided.
 */
export const gapsOfCriterion = (criterion: Criterion, situation: Situation): readonly Gap[] => {
  if (evaluateCriterion(criterion, situation) !== 'unknown') return [];
  if (isFactTest(criterion)) return gapsOfTest(criterion, situation);
  return partsOf(criterion).flatMap((part) => gapsOfCriterion(part, situation));
};

const gapsOfTest = (test: FactTest, situation: Situation): readonly Gap[] =>
  'compare' in test ? gapsOfNumber(test.fact, situation) : gapsOfSent(test.fact, situation);

/** A fact that was not sent may be settled by its gate as well, so the gate is asked for too. */
const gapsOfSent = (id: string, situation: Situation): readonly Gap[] => {
  const gate = openGateOf(situation, id);
  const own = ownGap(id, situation);
  return gate === null ? [own] : [ownGap(gate, situation), own];
};

const ownGap = (id: string, situation: Situation): Gap => {
  const { value } = heldOf(situation, id);
  if (value.kind === 'unknown') return { fact: id, reason: value.reason };
  if (value.kind === 'codeList') return { fact: id, reason: 'incomplete-list', need: { complete: true } };
  if (value.kind === 'date') return { fact: id, reason: 'imprecise', need: { precision: 'day' } };
  return { fact: id, reason: 'imprecise' };
};

const gapsOfNumber = (id: string, situation: Situation): readonly Gap[] => {
  if (isExact(intervalOfNumber(situation, id))) return [];
  const fact = entryOf(situation, id);
  return fact.type === 'derived' ? gapsOfDerivation(fact.derive, situation) : gapsOfSent(id, situation);
};

const gapsOfDerivation = (derivation: Derivation, situation: Situation): readonly Gap[] => {
  if (isExact(evaluateDerivation(derivation, situation))) return [];
  if ('fact' in derivation) return gapsOfNumber(derivation.fact, situation);
  if ('points' in derivation) return gapsOfPoints(derivation, situation);
  const aggregate = aggregateOf(derivation);
  if (aggregate !== null) return [gapOfAggregate(aggregate, situation)];
  return termsOf(derivation).flatMap((term) => gapsOfDerivation(term, situation));
};

const gapsOfPoints = ({ points }: Points, situation: Situation): readonly Gap[] =>
  'bands' in points ? gapsOfNumber(points.fact, situation) : gapsOfSent(points.fact, situation);

const gapOfAggregate = (of: AggregateOf, situation: Situation): Gap => {
  const { series, within } = of.reading;
  const { value } = heldOf(situation, series);
  const reason = value.kind === 'unknown' ? value.reason : reasonOfAggregate(of, situation);
  const need: Need = {
    readings: neededReadings(of.reading),
    within,
    ...(reason === 'imprecise' ? { precision: 'time' as const } : {}),
  };
  return { fact: series, reason, need };
};

const reasonOfAggregate = (of: AggregateOf, situation: Situation): UnknownReason => {
  const members = membersOf(of, situation);
  if (members.length === 0 && timelineOf(situation, of.reading.series).length > 0) return 'stale';
  if (members.length < neededReadings(of.reading)) return 'too-few';
  if (members.every(({ membership }) => membership === 'true')) return 'unreadable';
  return members.every(({ timed }) => timed.span.days === null) ? 'conflicting' : 'imprecise';
};
