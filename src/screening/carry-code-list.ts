import type { CodeListFact } from '../rules/fact.js';
import type { CodeListValue } from './facts.js';

const codesOf = ({ options }: CodeListFact): ReadonlySet<string> => new Set(options.map(({ code }) => code));

/**
 * Whether a list that was complete still is. Every option of now must be one that was asked about: of an open list all were, but what is none of the
 * options was checked only against those of then.
 */
const staysComplete = (codes: readonly string[], from: CodeListFact, to: CodeListFact): boolean => {
  const [then, now] = [codesOf(from), codesOf(to)];
  const unplaced = codes.filter((code) => !now.has(code));
  const isNothingNew = [...now].every((code) => then.has(code));
  return isNothingNew ? !unplaced.some((code) => then.has(code)) : from.open && unplaced.length === 0;
};

/**
 * Carries a code list to another version. It stays complete only as far as the sender has said so: not where it holds a code that the other version
 * cannot place and that nobody has checked against all of its options, nor where it was a closed list without some of them.
 * @returns the same object where nothing was lost; null where the list is closed there and a code is no option of it
 */
export const carryCodeList = (
  value: CodeListValue,
  from: CodeListFact,
  to: CodeListFact,
): CodeListValue | null => {
  const options = codesOf(to);
  if (!to.open && !value.codes.every((code) => options.has(code))) return null;
  return value.complete && !staysComplete(value.codes, from, to) ? { ...value, complete: false } : value;
};
