/** Who asks for an event on a rule-set version, and in which role. */
export type PersonAsked = { readonly by: string; readonly role: string };

/** Why an event cannot be had: a word that scripts may branch on, and a line that says what to do. */
export type AskedFault = { readonly code: string; readonly detail: string };

/** The greatest length of a name and of a role, in characters. */
const MOST_CHARACTERS = 200;

/** The greatest length of a reason, in characters. */
const MOST_OF_REASON = 1000;

/** What would not be read as it was meant: control characters, those that cannot be seen or turn the direction of text, and what could not be decoded. */
const UNFIT = /[\p{C}\p{Zl}\p{Zp}\uFFFD]/u;

/** A text as it is kept: without space around it, in one form of Unicode, so that one person is one text. */
export const tidyText = (text: string): string => text.normalize('NFC').trim().replace(/ +/g, ' ');

/** What is asked for, with the name and the role as they are kept. */
export const tidyPerson = <T extends PersonAsked>(asked: T): T => ({
  ...asked,
  by: tidyText(asked.by),
  role: tidyText(asked.role),
});

type TextAsked = { readonly what: 'name' | 'role' | 'reason'; readonly most: number; readonly unfit: string };

const textFaults = (text: string, { what, most, unfit }: TextAsked): readonly AskedFault[] => {
  const fault = (detail: string) => ({ code: `bad-${what}`, detail: `the ${what} ${detail}` });
  const isUnfit = UNFIT.test(text) || (what !== 'reason' && text.includes(';'));
  return [
    ...(text === '' ? [fault('must not be empty')] : []),
    ...(Array.from(text).length > most ? [fault(`must have at most ${String(most)} characters`)] : []),
    ...(isUnfit ? [fault(`must hold ${unfit}`)] : []),
  ];
};

const PERSON_LIMITS = {
  most: MOST_CHARACTERS,
  unfit: 'no control or invisible character and no semicolon',
} as const;

/** Everything that is wrong with the name of a person, once it is tidied. A semicolon is: it parts one approval from the next. */
export const faultsOfName = (by: string): readonly AskedFault[] =>
  textFaults(by, { what: 'name', ...PERSON_LIMITS });

/** Everything that is wrong with a name and a role, once they are tidied. */
export const faultsOfPerson = ({ by, role }: PersonAsked): readonly AskedFault[] => [
  ...faultsOfName(by),
  ...textFaults(role, { what: 'role', ...PERSON_LIMITS }),
];

/** Everything that is wrong with a reason, once it is tidied. */
export const faultsOfReason = (reason: string): readonly AskedFault[] =>
  textFaults(reason, {
    what: 'reason',
    most: MOST_OF_REASON,
    unfit: 'no control or invisible character: write it on one line',
  });
