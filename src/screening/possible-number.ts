import type { Measured } from '../rules/fact.js';

/** Whether a number can be true of a person as a version has it: it lies within the limits, and is whole where it must be. */
export const isPossible = (value: number, { range, integer }: Measured): boolean =>
  value >= range.min && value <= range.max && (integer !== true || Number.isInteger(value));
