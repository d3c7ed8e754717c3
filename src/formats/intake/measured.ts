import { round6 } from '../../values/interval.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import type { Measured } from '../../rules/fact.js';
import { issue, read, refuse, type Read } from './issue.js';

/** The units in which a number may be sent: its own, and those that the dictionary gives a factor for. */
export const unitsOf = (measured: Measured): readonly string[] => [
  measured.unit,
  ...Object.keys(measured.alsoAccepts ?? {}),
];

const factorOf = (measured: Measured, unit: string): number | null => {
  if (unit === measured.unit) return 1;
  const others = measured.alsoAccepts ?? {};
  return Object.hasOwn(others, unit) ? (others[unit] ?? null) : null;
};

/**
 * Reads a number in one of the units of its fact, and converts it once to the unit of the dictionary, to 6 decimals.
 * @returns the number, or an issue `unit-not-accepted` or `out-of-range`. Never guesses a unit.
 */
export const readInUnit = (
  sent: { readonly value: number; readonly unit: string },
  measured: Measured,
  pointer: string,
): Read<number> => {
  const factor = factorOf(measured, sent.unit);
  if (factor === null)
    return refuse(
      issue(
        pointer,
        'unit-not-accepted',
        `send it in ${unitsOf(measured)
          .map((unit) => `\`${unit}\``)
          .join(' or ')}`,
      ),
    );
  const value = factor === 1 ? sent.value : round6(sent.value * factor);
  const { min, max } = measured.range;
  if (value < min || value > max)
    return refuse(
      issue(pointer, 'out-of-range', `must lie from ${String(min)} to ${String(max)} ${measured.unit}`),
    );
  if (measured.integer === true && !Number.isInteger(value))
    return refuse(issue(pointer, 'wrong-type', 'must be a whole number'));
  return read(value === 0 ? 0 : value);
};

const readQuantity = (value: JsonObject, measured: Measured, pointer: string): Read<number> => {
  const extra = Object.keys(value).filter((key) => key !== 'value' && key !== 'unit');
  if (extra.length > 0)
    return refuse(issue(pointer, 'unknown-key', 'a quantity has `value` and `unit`, and nothing else'));
  const { value: number, unit } = value;
  if (typeof number !== 'number') return refuse(issue(`${pointer}/value`, 'wrong-type', 'must be a number'));
  if (typeof unit !== 'string') return refuse(issue(`${pointer}/unit`, 'wrong-type', 'must be a UCUM unit'));
  return readInUnit({ value: number, unit }, measured, pointer);
};

/** Reads a number: bare, in the unit of the dictionary, or as `{ "value": 9.3, "unit": "kPa" }`. */
export const readMeasured = (value: JsonValue, measured: Measured, pointer: string): Read<number> => {
  if (typeof value === 'number') return readInUnit({ value, unit: measured.unit }, measured, pointer);
  if (isJsonObject(value)) return readQuantity(value, measured, pointer);
  return refuse(
    issue(
      pointer,
      'wrong-type',
      `must be a number in \`${measured.unit}\`, or an object with value and unit`,
    ),
  );
};

/** The JSON Schema of a number in the unit of the dictionary. */
export const bareNumberSchema = ({ range, integer }: Measured): JsonObject => ({
  type: integer === true ? 'integer' : 'number',
  minimum: range.min,
  maximum: range.max,
});

/** The JSON Schema of a number with its unit. */
export const quantitySchema = (measured: Measured): JsonObject => ({
  type: 'object',
  properties: { value: { type: 'number' }, unit: { enum: unitsOf(measured) } },
  required: ['value', 'unit'],
  additionalProperties: false,
});
