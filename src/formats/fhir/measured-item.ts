import type { JsonObject } from '../../values/json.js';
import type { Measured, Range } from '../../rules/fact.js';
import { unitsOf } from '../intake/measured.js';
import { limits, unitOf, unitOption } from './extension.js';

/** What FHIR's integer holds: 32 bits with a sign. */
const INTEGERS: Range = { min: -2_147_483_648, max: 2_147_483_647 };

const bareType = ({ integer, range }: Measured): 'integer' | 'decimal' =>
  integer === true && range.min >= INTEGERS.min && range.max <= INTEGERS.max ? 'integer' : 'decimal';

/**
 * How a measured number is asked. In one unit it is a bare number with its limits; where there are several it is a quantity, and the first unit
 * to choose is that of the dictionary. A quantity has no limits, because those of the dictionary are in one unit and a form compares the bare
 * numbers. A number that counts or scores (UCUM `1`) is shown without a unit.
 */
export const measuredType = (measured: Measured): JsonObject => {
  const [unit = measured.unit, ...others] = unitsOf(measured);
  if (others.length > 0) return { type: 'quantity', extension: [unit, ...others].map(unitOption) };
  const type = bareType(measured);
  return { type, extension: [...(unit === '1' ? [] : [unitOf(unit)]), ...limits(type, measured.range)] };
};
