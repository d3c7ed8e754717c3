import { addMonths, calendarDayOf, type DayNumber } from '../../values/calendar.js';
import { localDayOf } from '../../values/instant.js';
import { parsePartialDate } from '../../values/partial-date.js';
import type { FactValue } from '../../screening/facts.js';
import { NOTHING_READ, type ClaimsRead } from './claim.js';
import { AGE } from './doubt.js';
import { choiceOf, textAt } from './look.js';
import { placeIn, remarkOn, type PatientRecord, type Under } from './under.js';

const MONTHS = 12;

/** Whole years from a birth to a day, as birthdays are counted; one on 29 February has it on the last day of the month in other years. */
const yearsBetween = (birth: DayNumber, day: DayNumber): number => {
  const years = calendarDayOf(day).year - calendarDayOf(birth).year;
  return addMonths(birth, years * MONTHS) <= day ? years : years - 1;
};

const UNREADABLE: FactValue = { kind: 'unknown', reason: 'unreadable' };

/** A birth known to its month or its year gives the ages between which the patient is. */
const ageOf = (birthDate: string, under: Under): FactValue => {
  const days = parsePartialDate(birthDate);
  const today = localDayOf(under.asOf);
  if (days === null || days.first > today) return UNREADABLE;
  const low = days.last > today ? 0 : yearsBetween(days.last, today);
  const high = yearsBetween(days.first, today);
  const fact = under.body.facts.find(({ id }) => id === AGE);
  const isInRange = fact?.type === 'number' && fact.unit === 'a' && high <= fact.range.max;
  return isInRange ? { kind: 'number', low, high } : UNREADABLE;
};

const hasDied = (record: PatientRecord): boolean =>
  choiceOf(record.json, 'deceased').some((key) => record.json[key] !== false);

/** Reads the Patient: the age, from the date of birth. Sex and gender answer no question, so they are not looked at. */
export const readPatient = (record: PatientRecord, under: Under): ClaimsRead => {
  const birthDate = textAt(record.json, 'birthDate');
  const isAsked = under.body.facts.some(({ id }) => id === AGE);
  const remarks = hasDied(record)
    ? [remarkOn(record, 'deceased', 'this patient is said to have died: check that it is the right one')]
    : [];
  if (!isAsked || birthDate === undefined) return { ...NOTHING_READ, remarks };
  const said = birthDate === null ? UNREADABLE : ageOf(birthDate, under);
  return { claims: [{ said, from: placeIn(record, AGE, 'birthDate') }], remarks, unmapped: [] };
};
