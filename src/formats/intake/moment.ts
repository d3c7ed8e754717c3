import { localDayOf, parseInstant, type Instant } from '../../values/instant.js';
import type { JsonValue } from '../../values/json.js';
import { parsePartialDate } from '../../values/partial-date.js';
import { issue, read, refuse, type Read } from './issue.js';

const AFTER = 'lies after `asOf`: what has not happened yet cannot be judged';

/** Reads a partial date that is not after the day of `asOf`. */
export const readPastDate = (value: JsonValue, asOf: Instant, pointer: string): Read<string> => {
  const days = typeof value === 'string' ? parsePartialDate(value) : null;
  if (days === null || typeof value !== 'string')
    return refuse(issue(pointer, 'not-a-date', 'must be a date that exists: YYYY-MM-DD, YYYY-MM or YYYY'));
  return days.first > localDayOf(asOf) ? refuse(issue(pointer, 'after-as-of', AFTER)) : read(value);
};

/**
 * Reads the time of a reading: a timestamp with an offset, or a partial date, not after `asOf`. A timestamp is
 * written in UTC, so that one moment has one text.
 */
export const readPastMoment = (value: JsonValue, asOf: Instant, pointer: string): Read<MomentText> => {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null && typeof value === 'string' && parsePartialDate(value) !== null) {
    const date = readPastDate(value, asOf, pointer);
    return date.value === null ? refuse(...date.issues) : read({ kind: 'date', text: date.value });
  }
  if (instant === null)
    return refuse(issue(pointer, 'not-a-time', 'must be an RFC 3339 timestamp with an offset, or a date'));
  return instant.epochMs > asOf.epochMs
    ? refuse(issue(pointer, 'after-as-of', AFTER))
    : read({ kind: 'instant', instant });
};

/** The time of a reading: a moment, or the text of a partial date. */
export type MomentText =
  { readonly kind: 'instant'; readonly instant: Instant } | { readonly kind: 'date'; readonly text: string };
