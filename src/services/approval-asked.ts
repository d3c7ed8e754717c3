import { parsePartialDate } from '../values/partial-date.js';

/** Which version is to be approved, by whom, in which role, and on which day; the day of today where that is null. */
export type ApprovalAsked = {
  readonly set: string;
  readonly version: string;
  readonly by: string;
  readonly role: string;
  readonly on: string | null;
};

/** Why a version cannot be approved: a word that scripts may branch on, and a line that says what to do. */
export type ApprovalFault = { readonly code: string; readonly detail: string };

/** The greatest length of a name and of a role, in characters. */
const MOST_CHARACTERS = 200;

/**
 * What would not be read as it was meant: control characters, those that cannot be seen or turn the direction of text, what could not be decoded, and the
 * semicolon that parts one approval from the next.
 */
const UNFIT = /[\p{C}\p{Zl}\p{Zp}\uFFFD;]/u;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A name or a role as it is kept: without space around it, in one form of Unicode, so that one person is one text. */
const tidy = (text: string): string => text.normalize('NFC').trim().replace(/ +/g, ' ');

/** An approval with its texts as they are kept, and its day. */
export const tidyAsked = (asked: ApprovalAsked, today: string): ApprovalAsked & { readonly on: string } => ({
  ...asked,
  by: tidy(asked.by),
  role: tidy(asked.role),
  on: asked.on ?? today,
});

const textFaults = (what: 'name' | 'role', text: string): readonly ApprovalFault[] => {
  const fault = (detail: string) => ({ code: `bad-${what}`, detail: `the ${what} ${detail}` });
  return [
    ...(text === '' ? [fault('must not be empty')] : []),
    ...(Array.from(text).length > MOST_CHARACTERS
      ? [fault(`must have at most ${String(MOST_CHARACTERS)} characters`)]
      : []),
    ...(UNFIT.test(text) ? [fault('must hold no control or invisible character and no semicolon')] : []),
  ];
};

const dayFaults = (on: string, today: string): readonly ApprovalFault[] => {
  if (!DAY.test(on) || parsePartialDate(on) === null)
    return [{ code: 'bad-day', detail: 'the day must be one of the calendar, such as 2026-11-26' }];
  return on > today
    ? [{ code: 'day-in-future', detail: `the day must not lie in the future: today is ${today} in UTC` }]
    : [];
};

/** Everything that is wrong with how an approval is asked for, once it is tidied. */
export const faultsOfAsked = (
  { by, role, on }: ApprovalAsked & { readonly on: string },
  today: string,
): readonly ApprovalFault[] => [
  ...textFaults('name', by),
  ...textFaults('role', role),
  ...dayFaults(on, today),
];
