import { addToDay, parseDuration } from '../values/duration.js';
import { startOfDay, type Instant } from '../values/instant.js';
import type { ElapsedTest } from '../rules/criterion.js';
import type { AggregateOf } from '../rules/derivation.js';
import { boundsOf, type Bounds } from './decide.js';
import { daysOf, evaluateCriterion } from './evaluate-criterion.js';
import type { Finding } from './find.js';
import type { Program } from './program.js';
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

/** The moments at which an aggregate may change: when a reading leaves its window. */
const turnsOfAggregate = ({ reading }: AggregateOf, situation: Situation): readonly number[] => {
  const within = parseDuration(reading.within);
  return timelineOf(situation, reading.series).flatMap(({ span }) =>
    windowEnds(span, within, situation.asOf.offsetMinutes),
  );
};

/** Every moment after `asOf` at which the verdict may change with the same facts, earliest first. */
const turningPoints = (program: Program, situation: Situation): readonly number[] => {
  const turns = [
    ...program.elapsedTests.flatMap((test) => turnsOfElapsed(test, situation)),
    ...program.aggregates.flatMap((aggregate) => turnsOfAggregate(aggregate, situation)),
  ];
  const later = turns.filter((ms) => ms > situation.asOf.epochMs);
  return [...new Set(later)].toSorted((a, b) => a - b);
};

const differ = (a: Bounds, b: Bounds): boolean => a.floor !== b.floor || a.ceiling !== b.ceiling;

/** The findings at a later moment: only rules that look at the time are evaluated again. */
const findLater = (
  findings: readonly Finding[],
  { timed }: Program,
  situation: Situation,
): readonly Finding[] =>
  findings.map((finding) =>
    timed.has(finding.rule)
      ? { rule: finding.rule, truth: evaluateCriterion(finding.rule.criterion, situation) }
      : finding,
  );

/**
 * The earliest moment after `asOf` at which the same facts give other bounds, and so perhaps another verdict; null where there is
 * none. Nothing is judged anew between turning points, because nothing can change there.
 * @param findings the findings at `asOf`
 */
export const validUntil = (
  findings: readonly Finding[],
  program: Program,
  situation: Situation,
): Instant | null => {
  const bounds = boundsOf(findings);
  const turn = turningPoints(program, situation).find((ms) =>
    differ(bounds, boundsOf(findLater(findings, program, laterSituation(situation, ms)))),
  );
  return turn === undefined ? null : { epochMs: turn, offsetMinutes: situation.asOf.offsetMinutes };
};
