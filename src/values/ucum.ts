import { UcumLhcUtils } from '@lhncbc/ucum-lhc';

const ucum = UcumLhcUtils.getInstance();

/** Whether UCUM knows a unit, by its case-sensitive code: `mm[Hg]`, `kPa`, `a`, `{score}`. */
export const isUcumUnit = (unit: string): boolean => ucum.validateUnitString(unit).status === 'valid';

/**
 * The factor that turns a number in one unit into another, by UCUM.
 * @returns the factor, or null where the units are not comparable, or differ by more than a factor (Celsius and Kelvin)
 */
export const ucumFactor = (from: string, to: string): number | null => {
  if (from === to) return 1;
  const one = converted(1, from, to);
  const two = converted(2, from, to);
  if (one === null || two === null) return null;
  return Math.abs(two - 2 * one) <= Math.abs(one) * 1e-9 ? one : null;
};

const converted = (value: number, from: string, to: string): number | null => {
  const result = ucum.convertUnitTo(from, value, to);
  return result.status === 'succeeded' ? result.toVal : null;
};
