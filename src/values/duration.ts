import { addMonths, DAY_MS, type DayNumber } from './calendar.js';

/** The parts of a duration that the rule language knows: one unit, a count of 1 to 9999. */
export type Duration = {
  readonly unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute';
  readonly count: number;
};

/** The text forms of a duration: `P42D`, `P6W`, `P12M`, `P1Y`, `PT24H`, `PT30M`. */
export const DURATION_PATTERN = /^(?:P([1-9]\d{0,3})([YMWD])|PT([1-9]\d{0,3})([HM]))$/;

const DATE_UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;
const TIME_UNITS = { H: 'hour', M: 'minute' } as const;

/**
 * Reads the text form of a duration.
 * @throws RangeError where the text is not one: rule files are checked against the pattern before they come here
 */
export const parseDuration = (text: string): Duration => {
  const date = /^P([1-9]\d{0,3})([YMWD])$/.exec(text);
  if (date !== null) return { unit: DATE_UNITS[dateUnitOf(date[2])], count: Number(date[1]) };
  const time = /^PT([1-9]\d{0,3})([HM])$/.exec(text);
  if (time !== null) return { unit: time[2] === 'H' ? TIME_UNITS.H : TIME_UNITS.M, count: Number(time[1]) };
  throw new RangeError(`\`${text}\` is not a duration such as P42D, P6M or PT24H`);
};

const dateUnitOf = (letter: string | undefined): keyof typeof DATE_UNITS => {
  switch (letter) {
    case 'Y':
    case 'M':
    case 'W':
      return letter;
    default:
      return 'D';
  }
};

/** Whether a duration is counted in whole days (days, weeks, months, years) rather than in hours or minutes. */
export const isInDays = (duration: Duration): boolean =>
  duration.unit !== 'hour' && duration.unit !== 'minute';

/** The milliseconds of a duration of hours or minutes; of a whole day for each day of the others is asked elsewhere. */
export const clockMs = (duration: Duration): number =>
  duration.count * (duration.unit === 'hour' ? 3_600_000 : 60_000);

/** The day that lies a duration of whole days, weeks, months or years after another. */
export const addToDay = (day: DayNumber, duration: Duration): DayNumber => {
  switch (duration.unit) {
    case 'year':
      return addMonths(day, duration.count * 12);
    case 'month':
      return addMonths(day, duration.count);
    case 'week':
      return day + duration.count * 7;
    case 'day':
      return day + duration.count;
    case 'hour':
    case 'minute':
      throw new RangeError('a duration of hours or minutes has no day');
  }
};

/**
 * The moment that lies a duration after another. Hours, minutes, days and weeks are elapsed time; months and years are counted
 * in the calendar of the offset, keeping the time of day.
 * @param epochMs       the moment, milliseconds since 1970-01-01T00:00Z
 * @param duration      what to add
 * @param offsetMinutes the offset from UTC whose calendar counts
 */
export const addToInstant = (epochMs: number, duration: Duration, offsetMinutes: number): number => {
  if (!isInDays(duration)) return epochMs + clockMs(duration);
  const local = epochMs + offsetMinutes * 60_000;
  const day = Math.floor(local / DAY_MS);
  return addToDay(day, duration) * DAY_MS + (local - day * DAY_MS) - offsetMinutes * 60_000;
};
