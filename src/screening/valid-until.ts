import { addToDay, parseDuration } from '../values/duration.js';
import { startOfDay, type Instant } from '../values/instant.js';
import { aggregateOf, termsOf, type Derivation } from '../rules/derivation.js';
import { testsOf, type ElapsedTest } from '../rules/criterion.js';
import { boundsOf, type Bounds } from './decide.js';
import { daysOf } from './evaluate-criterion.js';
import { findAll, type ActiveRule } from './find.js';
import { windowEnds } from './reading-time.js';
import { heldOf, laterSituation, timelineOf, type Situation } from './situation.js';

/** The moments at which a test of a date may change: the first of the day on which the duration is full, and of the next. */
const turnsOfElapsed = (test: ElapsedTest, situation: Situation): readonly number[] => {
  const { value } = heldOf(situation, test.fact);
  if (value.kind !== 'date') return [];
  const days = daysOf(value);
  const duration = parseDuration(test.duration);
  return [days.first, days.last]
    .map((day) => addToDay(day, duration))
    .flatMap((day) => [day, day + 1])
    .map((day) => startOfDay(day, situation.asOf.offsetMinutes));
};

/** The moments at which a derivation may change: when a reading leaves its window. */
const turnsOfDerivation = (derivation: Derivation, situation: Situation): readonly number[] => {
  const aggregate = aggregateOf(derivation);
  if (aggregate === null) return termsOf(derivation).flatMap((term) => turnsOfDerivation(term, situation));
  const within = parseDuration(aggregate.reading.within);
  return timelineOf(situation, aggregate.reading.series).flatMap(({ span }) =>
    windowEnds(span, within, situation.asOf.offsetMinutes),
  );
};

/** Every moment after `asOf` at which any rule may change with the same facts, earliest first. */
export const turningPoints = (rules: readonly ActiveRule[], situation: Situation): readonly number[] => {
  const dates = rules
    .flatMap((rule) => testsOf(rule.criterion))
    .filter((test): test is ElapsedTest => 'elapsed' in test)
    .flatMap((test) => turnsOfElapsed(test, situation));
  const windows = [...situation.dictionary.facts.values()].flatMap((fact) =>
    fact.type === 'derived' ? turnsOfDerivation(fact.derive, situation) : [],
  );
  const later = [...dates, ...windows].filter((ms) => ms > situation.asOf.epochMs);
  return [...new Set(later)].toSorted((a, b) => a - b);
};

const differ = (a: Bounds, b: Bounds): boolean => a.floor !== b.floor || a.ceiling !== b.ceiling;

/**
 * The earliest moment after `asOf` at which the same facts give other bounds, and so perhaps another verdict; null where there is
 * none. Nothing is judged anew between turning points, because nothing can change there.
 */
export const validUntil = (
  rules: readonly ActiveRule[],
  bounds: Bounds,
  situation: Situation,
): Instant | null => {
  const turn = turningPoints(rules, situation).find((ms) =>
    differ(bounds, boundsOf(findAll(rules, laterSituation(situation, ms)))),
  );
  return turn === undefined ? null : { epochMs: turn, offsetMinutes: situation.asOf.offsetMinutes };
};
