import type { JsonValue } from '../../values/json.js';
import { canonicalTextOf, type Pair } from './place.js';

/** What is longer than this is not repeated in a sentence: it stands beside it. */
const LONGEST_SHOWN = 120;

/** A text as a sentence quotes it: a name in backticks, prose in quotation marks. */
const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : `\`${text}\``);

/** A value as a sentence shows it; what is too long to be read there is cut. */
export const valueShown = (value: JsonValue): string => {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? quoted(value) : canonicalTextOf(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
};

/** Says how a value changed: `severity changed from … to …`, `help added: …`, `help removed: …`. */
export const changeInWords = (what: string, { from, to }: Pair): string => {
  if (from === null) return to === null ? what : `${what} added: ${valueShown(to.value)}`;
  if (to === null) return `${what} removed: ${valueShown(from.value)}`;
  return `${what} changed from ${valueShown(from.value)} to ${valueShown(to.value)}`;
};

const isLong = (value: JsonValue): boolean => typeof value === 'string' && value.length > LONGEST_SHOWN;

/** Says how a text changed. One that is too long to be read in a sentence was `reworded`. */
export const rewordingInWords = (what: string, pair: Pair): string => {
  const { from, to } = pair;
  return from !== null && to !== null && (isLong(from.value) || isLong(to.value))
    ? `${what} reworded`
    : changeInWords(what, pair);
};

/** The verb for a number that changed. */
export const movedFrom = (from: number, to: number): string => (to > from ? 'raised' : 'lowered');

/** A number with its unit; a pure number has none. */
export const quantityInWords = (value: number, unit: string): string =>
  unit === '1' ? String(value) : `${String(value)} ${unit}`;
