import { describe, expect, it } from 'vitest';
import { readQuantity } from '../../../../src/formats/fhir/quantity.js';
import type { Measured } from '../../../../src/rules/fact.js';
import { quantity } from '../../../support/records.js';

describe('the traps of units, where no question of the shipped rules has them', () => {
  const measuredIn = (unit: string, alsoAccepts: Readonly<Record<string, number>> = {}): Measured => ({
    unit,
    alsoAccepts,
    range: { min: 0, max: 1000 },
  });

  it.each([
    ['`lb` is no unit of UCUM', 'lb', measuredIn('kg', { '[lb_av]': 0.45359237 }), null],
    ['`[lb_av]` is', '[lb_av]', measuredIn('kg', { '[lb_av]': 0.5 }), 50],
    ['`msec` is no unit of UCUM', 'msec', measuredIn('ms'), null],
    ['`ms` is', 'ms', measuredIn('ms'), 100],
    ['`/min` where the dictionary takes it too', '/min', measuredIn('{beats}/min', { '/min': 1 }), 100],
    ['`mL/min` is not the rate for a body surface', 'mL/min', measuredIn('mL/min/{1.73_m2}'), null],
    ['`[IU]/L` is another than `U/L`', '[IU]/L', measuredIn('U/L'), null],
    ['`mg/dL` needs the weight of a molecule', 'mg/dL', measuredIn('umol/L'), null],
  ])('%s', (_trap, code, measured, value) => {
    expect(readQuantity(quantity(100, code), measured)).toEqual(
      value === null ? null : { low: value, high: value },
    );
  });
});
