import { pick, type Draw } from './generate-draw.js';

const MINUTE_MS = 60_000;

/** The length of a day of a fixed offset. */
export const DAY_MS = 86_400_000;

/** A moment as it is sent, and as numbers. */
export type Moment = { readonly text: string; readonly ms: number; readonly offsetMinutes: number };

/** Offsets as minutes: the ends of the world, odd quarters, and both sides of a change of clocks. */
const OFFSETS = [0, 840, -660, 345, -240, -300, 780, 720, 120] as const;

/** Wall times: month ends, leap days, days on which clocks change, ends of a year and of a century. */
const WALLS = [
  '2026-11-22T09:30:00',
  '2026-11-22T00:00:00',
  '2026-11-22T23:59:59.999',
  '2024-02-29T12:00:00',
  '2024-03-01T00:00:00.001',
  '2025-02-28T23:59:59',
  '2025-03-31T08:15:00.250',
  '2026-05-31T17:00:00',
  '2026-03-08T02:30:00',
  '2026-11-01T01:30:00',
  '2026-09-27T02:59:59.999',
  '2027-01-01T00:00:00',
  '2026-12-31T23:59:00',
  '2000-02-29T06:00:00',
  '2100-03-01T00:00:00',
] as const;

const two = (value: number): string => String(value).padStart(2, '0');

const offsetText = (minutes: number): string =>
  minutes === 0
    ? 'Z'
    : `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;

/** The text of a moment in an offset, with so many digits after the second. */
const momentText = (ms: number, offsetMinutes: number, digits = 3): string => {
  const wall = new Date(ms + offsetMinutes * MINUTE_MS).toISOString();
  const fraction = digits === 0 ? '' : `.${wall.slice(20, 23)}000000`.slice(0, digits + 1);
  return `${wall.slice(0, 19)}${fraction}${offsetText(offsetMinutes)}`;
};

/** A moment of a text in RFC 3339, read by JavaScript itself. */
export const momentOf = (text: string): Moment => {
  const ms = Date.parse(text);
  const wall = Date.parse(`${text.replace(/(Z|[+-]\d\d:\d\d)$/, '')}Z`);
  return { text, ms, offsetMinutes: (wall - ms) / MINUTE_MS };
};

/** The moment at which facts are judged. */
export const drawAsOf = (draw: Draw): Moment =>
  momentOf(`${pick(draw, WALLS)}${offsetText(pick(draw, OFFSETS))}`);

/** The same moment as text, in any offset and with any number of digits that keeps its milliseconds. */
export const drawMomentText = (draw: Draw, ms: number): string => {
  const offset = pick(draw, OFFSETS);
  return momentText(ms, offset, ms % 1000 === 0 ? pick(draw, [0, 3, 1, 9]) : pick(draw, [3, 6]));
};

/** The text of the day, so many days after the one on which a moment falls in its own offset. */
export const dayText = ({ ms, offsetMinutes }: Moment, days: number): string =>
  new Date(ms + offsetMinutes * MINUTE_MS + days * DAY_MS).toISOString().slice(0, 10);

/** A date as text with its day, its month or its year left. */
export const coarsened = (date: string, parts: number): string => date.split('-').slice(0, parts).join('-');
