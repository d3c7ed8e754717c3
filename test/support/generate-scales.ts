import type { Measured } from '../../src/rules/fact.js';

/** A kind of measurement: what the dictionary says of it, and numbers that lie on, at and between its usual thresholds. */
export type Scale = { readonly measured: Measured; readonly values: readonly number[] };

/** Blood pressure, which is also sent in kPa. Components of a series that are ordered are of this kind. */
export const PRESSURE: Scale = {
  measured: {
    unit: 'mm[Hg]',
    range: { min: 10, max: 300 },
    alsoAccepts: { kPa: 7.500637554192107, 'm[Hg]': 1000 },
  },
  values: [120, 140, 159.5, 160, 180, 10, 300],
};

const WEIGHT: Scale = {
  measured: {
    unit: 'kg',
    range: { min: 0.5, max: 300 },
    alsoAccepts: { g: 0.001, '[lb_av]': 0.45359237 },
  },
  values: [70, 40, 75.25, 100, 0.5, 300],
};

const DOSE: Scale = {
  measured: { unit: 'mg', range: { min: 0, max: 1000 }, alsoAccepts: { g: 1000, ug: 0.001 } },
  values: [0, 20, 35.5, 50, 100, 1000],
};

/** A number that can be below 0, so that a product can turn an interval round. */
const EXCESS: Scale = {
  measured: { unit: 'mmol/L', range: { min: -30, max: 30 } },
  values: [0, -5, -0.5, 5, 2.25, -30, 30],
};

const TRACE: Scale = {
  measured: { unit: 'mg/dL', range: { min: 0.000001, max: 9.999999 } },
  values: [1, 0.3, 0.333333, 2.666667, 0.000001, 9.999999],
};

const SCORE: Scale = {
  measured: { unit: '1', range: { min: 0, max: 10 }, integer: true },
  values: [0, 1, 3, 4, 7, 10],
};

const AGE: Scale = {
  measured: { unit: 'a', range: { min: 0, max: 130 } },
  values: [18, 17, 25, 64.999999, 65, 0, 130],
};

/** Every kind of measurement that the generated dictionaries use. */
export const SCALES: readonly Scale[] = [SCORE, PRESSURE, AGE, WEIGHT, DOSE, EXCESS, TRACE];

/** The kind of a measured number, which the pair of its unit and its limits tells. */
export const scaleOf = ({ unit, range }: Measured): Scale => {
  const scale = SCALES.find(({ measured }) => measured.unit === unit && measured.range.min === range.min);
  if (scale === undefined) throw new Error(`no scale in ${unit}`);
  return scale;
};
