import { hullOf, type Interval } from '../values/interval.js';
import type { Band, BandPoints, Points } from './derivation.js';

/** The highest number of readings that a series may hold, and so the greatest count of one that was not sent. */
export const MAX_READINGS = 200;

/** Whether a number lies at or above the beginning of a band. */
const reaches = (value: number, band: Band): boolean => {
  if (band.from !== undefined) return value >= band.from;
  return band.above === undefined || value > band.above;
};

/** The points of the bands that an interval touches. */
export const pointsOfBands = ({ bands }: BandPoints, interval: Interval): Interval => {
  const lowest = bands.findLastIndex((band) => reaches(interval.low, band));
  const highest = bands.findLastIndex((band) => reaches(interval.high, band));
  return hullOfPoints(bands.slice(lowest, highest + 1).map((band) => band.points));
};

/** From the least to the greatest of some points (at least one). */
export const hullOfPoints = (points: readonly number[]): Interval =>
  hullOf(points.map((point) => ({ low: point, high: point })));

/** Every number of points that an answer could give. */
export const possiblePoints = ({ points }: Points): readonly number[] => {
  if ('bands' in points) return points.bands.map((band) => band.points);
  return 'answers' in points ? Object.values(points.answers) : [points.true, points.false];
};
