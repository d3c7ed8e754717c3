/** A day of the calendar as numbers. Nothing here knows of JavaScript's `Date`: days are walked one by one. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** How many days a month has. */
export const lengthOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/** The day after another. */
export const nextDay = ({ year, month, day }: Day): Day => {
  if (day < lengthOf(year, month)) return { year, month, day: day + 1 };
  return month < 12 ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 };
};

const two = (value: number): string => String(value).padStart(2, '0');

/** The text of a day, which sorts as the days do. */
export const textOf = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** The day of a text. */
export const dayOf = (text: string): Day => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
};

/** The day so many days later, one step at a time. */
export const walkDays = (from: Day, days: number): Day => {
  let day = from;
  for (let step = 0; step < days; step += 1) day = nextDay(day);
  return day;
};

/** The day so many months later, one month at a time: the same day of the month, or the last one of a month that is shorter. */
export const walkMonths = (from: Day, months: number): Day => {
  let { year, month } = from;
  for (let step = 0; step < months; step += 1) [year, month] = month < 12 ? [year, month + 1] : [year + 1, 1];
  return { year, month, day: Math.min(from.day, lengthOf(year, month)) };
};

/** The day on which a duration of whole days or longer is full. */
export const walk = (from: Day, duration: string): Day => {
  const count = Number(duration.slice(1, -1));
  if (duration.endsWith('D')) return walkDays(from, count);
  if (duration.endsWith('W')) return walkDays(from, 7 * count);
  return walkMonths(from, duration.endsWith('M') ? count : 12 * count);
};

/** Every day that a partial date may be. */
export const daysOf = (partial: string): readonly Day[] => {
  const [year = 0, month, day] = partial.split('-').map(Number);
  if (month !== undefined && day !== undefined) return [{ year, month, day }];
  const months = month === undefined ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [month];
  return months.flatMap((one) =>
    Array.from({ length: lengthOf(year, one) }, (_, index) => ({ year, month: one, day: index + 1 })),
  );
};
