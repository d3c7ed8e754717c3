import { dayOf, walkDays, type Day } from '../property/naive-calendar.js';
import { chance, pick, type Draw } from './generate-draw.js';
import { DAY_MS } from './generate-times.js';

/** Days on which calendars go wrong: leap days and their neighbours, month ends, ends of years and centuries. */
const EDGES = [
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2025-02-28',
  '2000-02-29',
  '2100-02-28',
  '2026-01-31',
  '2026-10-31',
  '2026-12-31',
  '2027-01-01',
  '2023-11-30',
] as const;

/** Offsets at both ends of the world, odd ones, and both sides of the changes of clocks of New York and Auckland. */
export const OFFSETS = [
  'Z',
  '+14:00',
  '-11:00',
  '+05:45',
  '-05:00',
  '-04:00',
  '+13:00',
  '+12:00',
  '-03:30',
] as const;

/** Times of the day at, before and after midnight, and others. */
export const WALL_CLOCKS = [
  '00:00:00',
  '00:00:00.001',
  '23:59:59.999',
  '12:00:00',
  '02:30:00',
  '23:59:59',
] as const;

/** A day, often one on which calendars go wrong. */
export const drawDay = (draw: Draw): Day =>
  chance(draw, 50)
    ? walkDays(dayOf(pick(draw, EDGES)), draw(4))
    : walkDays({ year: 1990 + draw(60), month: 1, day: 1 }, draw(366));

/** The text of the day so many days after another, or before. */
export const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** A moment on a day as text, in any offset. */
export const drawMomentOn = (draw: Draw, day: string): string =>
  `${day}T${pick(draw, WALL_CLOCKS)}${pick(draw, OFFSETS)}`;
