import { calendarDayOf, DAY_MS, dayNumberOf, lastDayOfMonth, type DayNumber } from './calendar.js';

/**
 * A moment with the offset in which its days are counted.
 * `epochMs` is milliseconds since 1970-01-01T00:00Z; `offsetMinutes` runs from -14:00 to +14:00.
 */
export type Instant = { readonly epochMs: number; readonly offsetMinutes: number };

/** RFC 3339 with the offset required: a time without one names 26 different moments. */
export const TIMESTAMP_PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

const MAX_OFFSET_MINUTES = 14 * 60;

type Fields = {
  readonly date: readonly [number, number, number];
  readonly clock: readonly [number, number, number];
  readonly ms: number;
  readonly offsetMinutes: number;
};

const fieldsOf = (match: RegExpExecArray): Fields => {
  const number = (index: number): number => Number(match[index] ?? '0');
  const offset = number(9) * 60 + number(10);
  return {
    date: [number(1), number(2), number(3)],
    clock: [number(4), number(5), number(6)],
    ms: Number((match[7] ?? '').slice(0, 3).padEnd(3, '0')),
    offsetMinutes: match[8] === '-' ? -offset : offset,
  };
};

const areReal = ({ date: [year, month, day], clock: [hour, minute, second] }: Fields): boolean =>
  year >= 1900 && isRealMonthDay(year, month, day) && hour < 24 && minute < 60 && second < 60;

const isRealMonthDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= lastDayOfMonth(year, month);

const isRealOffset = (match: RegExpExecArray, offsetMinutes: number): boolean =>
  Math.abs(offsetMinutes) <= MAX_OFFSET_MINUTES && Number(match[10] ?? '0') < 60;

/**
 * Reads a timestamp: `2026-11-22T09:30:00Z`, `2026-11-22T23:30:00.250+14:00`. Digits past the millisecond are cut.
 * @returns the instant, or null where the text is not a timestamp that exists (29 February of a common year, a leap
 *          second, no offset, a year before 1900)
 */
export const parseInstant = (text: string): Instant | null => {
  const match = TIMESTAMP_PATTERN.exec(text);
  if (match === null) return null;
  const fields = fieldsOf(match);
  if (!areReal(fields) || !isRealOffset(match, fields.offsetMinutes)) return null;
  const [year, month, day] = fields.date;
  const [hour, minute, second] = fields.clock;
  const local = dayNumberOf({ year, month, day }) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
  return {
    epochMs: local + fields.ms - fields.offsetMinutes * 60_000,
    offsetMinutes: fields.offsetMinutes,
  };
};

/** The day of an instant in its own offset. */
export const localDayOf = ({ epochMs, offsetMinutes }: Instant): DayNumber =>
  Math.floor((epochMs + offsetMinutes * 60_000) / DAY_MS);

/** The first millisecond of a day in an offset. */
export const startOfDay = (day: DayNumber, offsetMinutes: number): number =>
  day * DAY_MS - offsetMinutes * 60_000;

const two = (value: number): string => String(value).padStart(2, '0');

const offsetText = (offsetMinutes: number): string => {
  if (offsetMinutes === 0) return 'Z';
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** Writes an instant in its own offset, with milliseconds only where there are some: one text for one instant. */
export const formatInstant = (instant: Instant): string => {
  const day = localDayOf(instant);
  const ofDay = instant.epochMs + instant.offsetMinutes * 60_000 - day * DAY_MS;
  const date = calendarDayOf(day);
  const seconds = Math.floor(ofDay / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const ms = ofDay % 1000 === 0 ? '' : `.${String(ofDay % 1000).padStart(3, '0')}`;
  const ymd = `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
  return `${ymd}T${clock}${ms}${offsetText(instant.offsetMinutes)}`;
};
