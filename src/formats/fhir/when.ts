import { formatInstant, startOfDay, type Instant } from '../../values/instant.js';
import type { JsonObject } from '../../values/json.js';
import { parsePartialDate } from '../../values/partial-date.js';
import { readPastMoment } from '../intake/moment.js';
import { choiceOf, objectAt, orNull, textAt } from './look.js';

/** When something was: as a series takes it, and the span of milliseconds since 1970 in which it lies. */
export type When = { readonly takenAt: string; readonly first: number; readonly last: number };

/**
 * Reads a dateTime of FHIR. Null where it cannot be placed: a time without an offset, a day that does not exist, what has not happened yet.
 */
export const readWhen = (text: string, asOf: Instant): When | null => {
  const { value } = readPastMoment(text, asOf, '');
  if (value === null) return null;
  if (value.kind === 'instant') {
    const { epochMs } = value.instant;
    return { takenAt: formatInstant({ epochMs, offsetMinutes: 0 }), first: epochMs, last: epochMs };
  }
  const days = parsePartialDate(value.text);
  if (days === null) return null;
  const { offsetMinutes } = asOf;
  return {
    takenAt: value.text,
    first: startOfDay(days.first, offsetMinutes),
    last: startOfDay(days.last + 1, offsetMinutes) - 1,
  };
};

/** A period counts from its end: a mean over a day is known when the day is over. One that has not ended cannot be placed. */
const textOf = (record: JsonObject, name: string): string | null => {
  const [choice, ...others] = choiceOf(record, name);
  if (choice === undefined || others.length > 0) return null;
  if (choice === `${name}Period`) {
    const period = orNull(objectAt(record, choice));
    return period === null ? null : orNull(textAt(period, 'end'));
  }
  return isMoment(choice, name) ? orNull(textAt(record, choice)) : null;
};

const isMoment = (choice: string, name: string): boolean =>
  choice === `${name}DateTime` || choice === `${name}Instant`;

/** When a record is of, by an element that FHIR lets be of several types: `effective`, `performed`. Null where that cannot be told. */
export const whenOf = (record: JsonObject, name: string, asOf: Instant): When | null => {
  const text = textOf(record, name);
  return text === null ? null : readWhen(text, asOf);
};
