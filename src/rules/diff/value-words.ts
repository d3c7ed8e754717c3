import type { JsonValue } from '../../values/json.js';
import { canonicalTextOf, type Pair } from './place.js';

/** What is longer than this is not repeated in a sentence: it stands beside it. */
const LONGEST_SHOWN = 120;

const cut = (text: string): string =>
  text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;

/** A value as a sentence shows it, a text as a name; what is too long to be read there is cut. */
export const valueShown = (value: JsonValue): string => {
  if (value === null) return 'none';
  if (typeof value !== 'string') return cut(canonicalTextOf(value));
  return /\s/.test(value) ? proseShown(value) : `\`${cut(value)}\``;
};

const proseShown = (value: JsonValue): string =>
  typeof value === 'string' ? `"${cut(value)}"` : valueShown(value);

type Show = (value: JsonValue) => string;

/** Says how a value changed: `severity changed from … to …`, `help added: …`, `help removed: …`. */
export const changeInWords = (what: string, { from, to }: Pair, show: Show = valueShown): string => {
  if (from === null) return to === null ? what : `${what} added: ${show(to.value)}`;
  if (to === null) return `${what} removed: ${show(from.value)}`;
  return `${what} changed from ${show(from.value)} to ${show(to.value)}`;
};

const isLong = (value: JsonValue): boolean => typeof value === 'string' && value.length > LONGEST_SHOWN;

/** Says how a text changed. One that is too long to be read in a sentence was `reworded`. */
export const rewordingInWords = (what: string, pair: Pair): string => {
  const { from, to } = pair;
  return from !== null && to !== null && (isLong(from.value) || isLong(to.value))
    ? `${what} reworded`
    : changeInWords(what, pair, proseShown);
};

/** The verb for a number that changed. */
export const movedFrom = (from: number, to: number): string => (to > from ? 'raised' : 'lowered');

/** A number with its unit; a pure number has none. */
export const quantityInWords = (value: number, unit: string): string =>
  unit === '1' ? String(value) : `${String(value)} ${unit}`;
