import { parsePartialDate } from '../values/partial-date.js';
import { faultsOfPerson, tidyPerson, type AskedFault, type PersonAsked } from './event-asked.js';
import type { VersionAsked } from './version-asked.js';

/** Which version is to be approved, by whom, in which role, and on which day; the day of today where that is null. */
export type ApprovalAsked = VersionAsked & PersonAsked & { readonly on: string | null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An approval with its texts as they are kept, and its day. */
export const tidyAsked = (asked: ApprovalAsked, today: string): ApprovalAsked & { readonly on: string } => ({
  ...tidyPerson(asked),
  on: asked.on ?? today,
});

const dayFaults = (on: string, today: string): readonly AskedFault[] => {
  if (!DAY.test(on) || parsePartialDate(on) === null)
    return [{ code: 'bad-day', detail: 'the day must be one of the calendar, such as 2026-11-26' }];
  return on > today
    ? [{ code: 'day-in-future', detail: `the day must not lie in the future: today is ${today} in UTC` }]
    : [];
};

/** Everything that is wrong with how an approval is asked for, once it is tidied. */
export const faultsOfAsked = (
  asked: ApprovalAsked & { readonly on: string },
  today: string,
): readonly AskedFault[] => [...faultsOfPerson(asked), ...dayFaults(asked.on, today)];
