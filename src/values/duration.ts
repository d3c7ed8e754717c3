import { addMonths, DAY_MS, type DayNumber } from './calendar.js';

/** The parts of a duration that the rule language knows: one unit, a count of 1 to 9999. */
export type Duration = {
  readonly unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute';
  readonly count: number;
};

/** The text forms of a duration: `P42D`, `P6W`, `P12M`, `P1Y`, `PT24H`, `PT30M`. */
export const DURATION_PATTERN = /^(?:P([1-9]\d{0,3})([YMWD])|PT([1-9]\d{0,3})([HM]))$/;

/** The text forms that are elapsed time: `P30D`, `P6W`, `PT24H`, `PT30M`. */
export const ELAPSED_PATTERN = /^(?:P([1-9]\d{0,3})([WD])|PT([1-9]\d{0,3})([HM]))$/;

const UNITS: readonly (readonly [RegExp, Duration['unit']])[] = [
  [/^P(\d+)Y$/, 'year'],
  [/^P(\d+)M$/, 'month'],
  [/^P(\d+)W$/, 'week'],
  [/^P(\d+)D$/, 'day'],
  [/^PT(\d+)H$/, 'hour'],
  [/^PT(\d+)M$/, 'minute'],
];

const parsed = new Map<string, Duration>();

/**
 * Reads the text form of a duration. Each text is read once: durations come from rule sets, never from requests.
 * @throws RangeError where the text is not one: rule files are checked against the pattern before they come here
 */
export const parseDuration = (text: string): Duration => {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const duration = readDuration(text);
  parsed.set(text, duration);
  return duration;
};

const readDuration = (text: string): Duration => {
  for (const [pattern, unit] of UNITS) {
    const count = pattern.exec(text)?.[1];
    if (count !== undefined) return { unit, count: Number(count) };
  }
  throw new RangeError(`\`${text}\` is not a duration such as P42D, P6M or PT24H`);
};

/** Whether a duration is counted in whole days (days, weeks, months, years) rather than in hours or minutes. */
export const isInDays = (duration: Duration): boolean =>
  duration.unit !== 'hour' && duration.unit !== 'minute';

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
 * The length of a duration that is elapsed time: minutes, hours, days of 24 hours, weeks.
 * @throws RangeError for months and years, which have no length of their own
 */
export const elapsedMs = (duration: Duration): number => {
  switch (duration.unit) {
    case 'minute':
      return duration.count * 60_000;
    case 'hour':
      return duration.count * 3_600_000;
    case 'day':
      return duration.count * DAY_MS;
    case 'week':
      return duration.count * 7 * DAY_MS;
    case 'month':
    case 'year':
      throw new RangeError('months and years are no elapsed time');
  }
};
