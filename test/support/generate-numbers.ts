import type { Measured } from '../../src/rules/fact.js';
import type { JsonValue } from '../../src/values/json.js';
import { chance, pick, type Draw } from './generate-draw.js';
import { scaleOf } from './generate-scales.js';

/** A number of a kind: mostly one that thresholds are made of, else any in its range. */
export const drawNumber = (draw: Draw, measured: Measured): number => {
  if (chance(draw, 75)) return pick(draw, scaleOf(measured).values);
  const { min, max } = measured.range;
  const value = min + ((max - min) * draw(1001)) / 1000;
  return measured.integer === true ? Math.round(value) : Math.round(value * 1e6) / 1e6;
};

/** How many of its own units one of another unit is. */
export const factorOf = (measured: Measured, unit: string): number =>
  unit === measured.unit ? 1 : (measured.alsoAccepts?.[unit] ?? Number.NaN);

/** The units in which a number of a kind may be sent. */
export const unitsOf = (measured: Measured): readonly string[] => [
  measured.unit,
  ...Object.keys(measured.alsoAccepts ?? {}),
];

/** A number as it is sent: bare, or with its unit, or in another unit. */
export const drawSentNumber = (draw: Draw, measured: Measured): JsonValue => {
  const value = drawNumber(draw, measured);
  if (chance(draw, 60)) return value;
  const unit = pick(draw, unitsOf(measured));
  return { value: value / factorOf(measured, unit), unit };
};
