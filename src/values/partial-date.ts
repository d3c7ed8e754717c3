import { dayNumberOf, lastDayOfMonth, type DayNumber } from './calendar.js';

/** A date that may be known only to the month or the year: the day lies from `first` to `last`, both included. */
export type PartialDate = { readonly first: DayNumber; readonly last: DayNumber };

/** The text forms of a partial date: `2026-11-22`, `2026-11`, `2026`. */
export const PARTIAL_DATE_PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * Reads a partial date.
 * @returns the days that it may be, or null where the text is no date that exists, or lies before 1900
 */
export const parsePartialDate = (text: string): PartialDate | null => {
  const match = PARTIAL_DATE_PATTERN.exec(text);
  const year = Number(match?.[1] ?? '0');
  if (match === null || year < 1900) return null;
  if (match[2] === undefined) return spanOf({ year, from: [1, 1], to: [12, 31] });
  const month = Number(match[2]);
  return month < 1 || month > 12 ? null : inMonth(year, month, match[3]);
};

const inMonth = (year: number, month: number, text: string | undefined): PartialDate | null => {
  const end = lastDayOfMonth(year, month);
  if (text === undefined) return spanOf({ year, from: [month, 1], to: [month, end] });
  const day = Number(text);
  return day < 1 || day > end ? null : spanOf({ year, from: [month, day], to: [month, day] });
};

type Span = {
  readonly year: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
};

const spanOf = ({ year, from, to }: Span): PartialDate => ({
  first: dayNumberOf({ year, month: from[0], day: from[1] }),
  last: dayNumberOf({ year, month: to[0], day: to[1] }),
});
