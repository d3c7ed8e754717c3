import type { Comparison } from '../../values/interval.js';
import { parseDuration } from '../../values/duration.js';
import { quantityInWords } from '../../rules/diff/value-words.js';
import { unitCoding } from '../fhir/coding.js';

/** What a comparison says before its number. */
export const COMPARED: Readonly<Record<Comparison, string>> = {
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
};

/** A number of things: `1 rule`, `2 rules`. */
export const countInWords = (count: number, one: string): string =>
  `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** A duration: `42 days`, `1 hour`. */
export const durationInWords = (duration: string): string => {
  const { unit, count } = parseDuration(duration);
  return countInWords(count, unit);
};

/** A number with its unit as people write it: `160 mmHg`, `3 (no unit)`. */
export const amountInWords = (value: number, unit: string): string =>
  unit === '1' ? `${String(value)} (no unit)` : quantityInWords(value, unitCoding(unit).display);

/** A unit as people write it, with its UCUM code where that is another word. */
export const unitInWords = (unit: string): string => {
  const { display } = unitCoding(unit);
  if (unit === '1') return 'no unit';
  return display === unit ? unit : `${display} (UCUM ${unit})`;
};

/** A text with its first letter as a capital. */
export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
