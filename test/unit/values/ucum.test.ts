import { describe, expect, it } from 'vitest';
import { isUcumUnit, ucumFactor } from '../../../src/values/ucum.js';

describe('isUcumUnit', () => {
  it.each(['mm[Hg]', 'kPa', 'a', '1', '{score}', 'mg/kg', '(mg)/(kg)', 'mg.h'])('knows %s', (unit) => {
    expect(isUcumUnit(unit)).toBe(true);
  });

  it.each(['mmHg', 'KPA', 'furlongs', 'mm[hg]', ''])('does not know %j', (unit) => {
    expect(isUcumUnit(unit)).toBe(false);
  });
});

describe('ucumFactor', () => {
  it('turns kPa into mm[Hg]', () => {
    expect(ucumFactor('kPa', 'mm[Hg]')).toBeCloseTo(7.500637554, 8);
  });

  it('turns mm[Hg] into kPa', () => {
    expect(ucumFactor('mm[Hg]', 'kPa')).toBeCloseTo(0.133322, 8);
  });

  it('is 1 between a unit and itself', () => {
    expect(ucumFactor('mm[Hg]', 'mm[Hg]')).toBe(1);
  });

  it.each([
    ['kPa', '/min'],
    ['kg', 'm'],
    ['mmHg', 'kPa'],
    ['mol', 'g'],
  ])('is not there from %s to %s', (from, to) => {
    expect(ucumFactor(from, to)).toBeNull();
  });

  it('is not there between Celsius and Kelvin, which differ by more than a factor', () => {
    expect(ucumFactor('Cel', 'K')).toBeNull();
  });

  it('sees that a ratio of units is the unit of the ratio', () => {
    expect(ucumFactor('(mg)/(kg)', 'mg/kg')).toBe(1);
  });
});
