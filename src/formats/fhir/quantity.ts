import type { JsonObject } from '../../values/json.js';
import type { Measured } from '../../rules/fact.js';
import { readInUnit, unitsOf } from '../intake/measured.js';
import { UCUM } from './coding.js';
import { numberAt, textAt } from './look.js';

/** A number that was measured: one, or the ends between which it lies. */
export type Span = { readonly low: number; readonly high: number };

/**
 * What is written for units where there is no UCUM code, and can mean nothing else. IU/L is not here: it is another unit than U/L, and mL/min is not the
 * rate for a body surface of 1.73 m2.
 */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['mmHg', 'mm[Hg]'],
  ['mm Hg', 'mm[Hg]'],
  ['mm[Hg]', 'mm[Hg]'],
  ['kPa', 'kPa'],
  ['kg/m2', 'kg/m2'],
  ['kg/m²', 'kg/m2'],
  ['%', '%'],
  ['U/L', 'U/L'],
  ['mL/min/1.73m2', 'mL/min/{1.73_m2}'],
  ['mL/min/1.73 m2', 'mL/min/{1.73_m2}'],
  ['mL/min/1.73m²', 'mL/min/{1.73_m2}'],
  ['mL/min/1.73 m²', 'mL/min/{1.73_m2}'],
  ['mL/min/{1.73_m2}', 'mL/min/{1.73_m2}'],
]);

/** The unit of a quantity: its UCUM code where that is one that the fact takes, else what is written; null where neither is known. Never a guess. */
const unitOf = (quantity: JsonObject, measured: Measured): string | null => {
  const [system, code, unit] = ['system', 'code', 'unit'].map((key) => textAt(quantity, key));
  if ([system, code, unit].includes(null)) return null;
  if (system === UCUM && typeof code === 'string' && unitsOf(measured).includes(code)) return code;
  // A code that UCUM has and that says another unit than what is written beside it would be overruled by the words.
  const words = [code, unit].filter((word) => typeof word === 'string').map((word) => WRITTEN.get(word));
  const [first] = words;
  return first !== undefined && words.every((word) => word === first) ? first : null;
};

const readValue = (quantity: JsonObject, measured: Measured): number | null => {
  const value = numberAt(quantity, 'value');
  const unit = unitOf(quantity, measured);
  if (value === undefined || value === null || unit === null) return null;
  return readInUnit({ value, unit }, measured, '').value;
};

/**
 * Reads a Quantity: the number in the unit of the dictionary. One that says no more than "less than" gives all that it may be. Null where it has no
 * unit that is known, or lies where no person can be.
 */
export const readQuantity = (quantity: JsonObject, measured: Measured): Span | null => {
  const value = readValue(quantity, measured);
  if (value === null) return null;
  const { min, max } = measured.range;
  const comparator = textAt(quantity, 'comparator');
  if (comparator === undefined) return { low: value, high: value };
  if (comparator === '<' || comparator === '<=') return { low: min, high: value };
  return comparator === '>' || comparator === '>=' ? { low: value, high: max } : null;
};

/** The one number that a quantity is; null where it may be several, or cannot be read. */
export const exactQuantity = (quantity: JsonObject, measured: Measured): number | null => {
  const span = readQuantity(quantity, measured);
  return span !== null && span.low === span.high ? span.low : null;
};
