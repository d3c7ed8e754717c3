import type { Truth } from '../values/truth.js';
import { allOf, truthOf } from '../values/truth.js';
import { addToDay, elapsedMs, isInDays, type Duration } from '../values/duration.js';
import { localDayOf, parseInstant, startOfDay, type Instant } from '../values/instant.js';
import { parsePartialDate, type PartialDate } from '../values/partial-date.js';
import type { Reading } from './facts.js';

/**
 * When a reading was taken, in milliseconds since 1970-01-01T00:00Z, both ends included. A timestamp is a span of one point;
 * a partial date keeps its days as well, because a window of days is counted in whole days against it.
 */
export type ReadingSpan = {
  readonly first: number;
  readonly last: number;
  readonly days: PartialDate | null;
};

/** A reading with its span of time. */
export type TimedReading = { readonly reading: Reading; readonly span: ReadingSpan };

/**
 * The span of time of a reading.
 * @throws RangeError where the text is neither a timestamp nor a partial date: readers refuse those
 */
export const spanOfReading = (takenAt: string, offsetMinutes: number): ReadingSpan => {
  const instant = parseInstant(takenAt);
  if (instant !== null) return { first: instant.epochMs, last: instant.epochMs, days: null };
  const days = parsePartialDate(takenAt);
  if (days === null) throw new RangeError('a reading has neither a timestamp nor a date');
  return {
    first: startOfDay(days.first, offsetMinutes),
    last: startOfDay(days.last + 1, offsetMinutes) - 1,
    days,
  };
};

const fromEnds = (first: boolean, last: boolean): Truth => (first === last ? truthOf(first) : 'unknown');

/**
 * Whether a reading is no older than a window at a moment: a timestamp while less than the window has passed; a partial
 * date, under a window of days or longer, up to and with its last day.
 */
const isInWindow = (span: ReadingSpan, within: Duration, asOf: Instant): Truth => {
  if (span.days !== null && isInDays(within)) {
    const today = localDayOf(asOf);
    const { first, last } = span.days;
    return fromEnds(today <= addToDay(first, within), today <= addToDay(last, within));
  }
  const ends = (ms: number): boolean => asOf.epochMs < ms + elapsedMs(within);
  return fromEnds(ends(span.first), ends(span.last));
};

/** The moments at which `isInWindow` may change for a reading. */
export const windowEnds = (span: ReadingSpan, within: Duration, offsetMinutes: number): readonly number[] => {
  if (span.days !== null && isInDays(within)) {
    const afterLast = (day: number): number => startOfDay(addToDay(day, within) + 1, offsetMinutes);
    return [afterLast(span.days.first), afterLast(span.days.last)];
  }
  return [span.first + elapsedMs(within), span.last + elapsedMs(within)];
};

/** The bounds of the time of the latest of some readings: the greatest first and the greatest last. */
const boundsOfLatest = (
  timeline: readonly TimedReading[],
): { readonly first: number; readonly last: number } => ({
  first: Math.max(...timeline.map(({ span }) => span.first)),
  last: Math.max(...timeline.map(({ span }) => span.last)),
});

const sittingTruth = (possibly: boolean, surely: boolean): Truth => {
  if (!possibly) return 'false';
  return surely ? 'true' : 'unknown';
};

/**
 * Whether each reading belongs to the sitting that ends with the latest reading, and lasts so many milliseconds before it. A length of
 * null means the latest reading alone. The only reading that could belong does, because the latest one always does; where two could be
 * the latest alone, neither surely is.
 */
const membershipInSitting = (
  timeline: readonly TimedReading[],
  lengthMs: number | null,
): readonly Truth[] => {
  const latest = boundsOfLatest(timeline);
  const reach = lengthMs ?? 0;
  const possibly = timeline.map(({ span }) => span.last + reach >= latest.first);
  const alone = possibly.filter((could) => could).length === 1;
  return timeline.map(({ span }, index) =>
    sittingTruth(possibly[index] === true, alone || (lengthMs !== null && span.first + reach >= latest.last)),
  );
};

/** Which readings an aggregate takes. `sittingMs` is null for the latest reading alone, absent for the whole window. */
export type Selection = {
  readonly within: Duration;
  readonly asOf: Instant;
  readonly sittingMs?: number | null;
};

/** Whether each reading of a timeline is among those that an aggregate takes. */
export const membershipOf = (timeline: readonly TimedReading[], selection: Selection): readonly Truth[] => {
  const inWindow = timeline.map(({ span }) => isInWindow(span, selection.within, selection.asOf));
  if (selection.sittingMs === undefined || timeline.length === 0) return inWindow;
  const inSitting = membershipInSitting(timeline, selection.sittingMs);
  return inWindow.map((truth, index) => allOf([truth, inSitting[index] ?? 'unknown']));
};
