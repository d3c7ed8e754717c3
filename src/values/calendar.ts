/** A day of the proleptic Gregorian calendar, counted from 1970-01-01, which is day 0. Whole numbers only. */
export type DayNumber = number;

/** A year, a month (1 to 12) and a day of the month (1 to 31). */
export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

/** Milliseconds in a day of a fixed offset, where no hour is ever skipped. */
export const DAY_MS = 86_400_000;

/** The number of a day of the calendar. */
export const dayNumberOf = ({ year, month, day }: CalendarDay): DayNumber => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.floor(date.getTime() / DAY_MS);
};

/** The last day of a month: 28 to 31. */
export const lastDayOfMonth = (year: number, month: number): number =>
  dayNumberOf({ year, month: month + 1, day: 1 }) - dayNumberOf({ year, month, day: 1 });

/** The day of the calendar that has a number. */
export const calendarDayOf = (dayNumber: DayNumber): CalendarDay => {
  const date = new Date(dayNumber * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/**
 * The day some months later. It keeps the day of the month, or takes the last day of a shorter month: a year after
 * 29 February is 28 February.
 */
export const addMonths = (dayNumber: DayNumber, months: number): DayNumber => {
  const { year, month, day } = calendarDayOf(dayNumber);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dayNumberOf({ ...target, day: Math.min(day, lastDayOfMonth(target.year, target.month)) });
};
