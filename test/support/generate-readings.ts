import type { SeriesFact } from '../../src/rules/fact.js';
import type { JsonObject } from '../../src/values/json.js';
import { chance, pick, times, type Draw } from './generate-draw.js';
import { countOf, lengthMs } from './generate-durations.js';
import { drawNumber, factorOf, unitsOf } from './generate-numbers.js';
import { coarsened, dayText, drawMomentText, type Moment } from './generate-times.js';

/** When readings are taken: not after `asOf`, and often near an edge of a window or a sitting. */
export type Timing = { readonly asOf: Moment; readonly windows: readonly string[] };

const JITTER = [0, 1, -1, 1000, -1000] as const;

type Past = readonly number[];

/** A moment not after `asOf`: near an edge, at the time of another reading, or anywhere. */
const drawMs = (draw: Draw, { asOf, windows }: Timing, past: Past): number => {
  const kind = draw(6);
  const from = pick(draw, [asOf.ms, ...past]);
  if (kind === 0 || windows.length === 0) return asOf.ms - draw(5) * 600_000;
  if (kind === 1) return from;
  if (kind === 2) return asOf.ms - draw(60) * 43_200_000;
  return Math.min(asOf.ms, from - lengthMs(pick(draw, windows)) + pick(draw, JITTER));
};

/** A date not after the day of `asOf`: near the edge of a window, or known to its month or year only. */
const drawDateText = (draw: Draw, { asOf, windows }: Timing): string => {
  const days = ['P1D', ...windows].filter((text) => text.endsWith('D') || text.endsWith('W'));
  const back = pick(draw, days);
  const length = back.endsWith('W') ? countOf(back) * 7 : countOf(back);
  const day = dayText(asOf, pick(draw, [0, -1, -length, 1 - length, -1 - length]));
  return coarsened(day, pick(draw, [3, 3, 3, 2, 1]));
};

type Values = Readonly<Record<string, number | null>>;

const drawValues = (draw: Draw, fact: SeriesFact): Values => {
  const drawn = Object.entries(fact.components).map(
    ([name, measured]) => [name, drawNumber(draw, measured)] as const,
  );
  const values = Object.fromEntries(drawn);
  for (const { greater, lesser } of fact.ordered ?? []) {
    const [a, b] = [values[greater] ?? 0, values[lesser] ?? 0];
    values[greater] = a === b ? 300 : Math.max(a, b);
    values[lesser] = a === b ? 10 : Math.min(a, b);
  }
  return values;
};

/** The values of a reading in a unit that all components share. */
const inUnit = (draw: Draw, fact: SeriesFact, values: Values): JsonObject => {
  const components = Object.values(fact.components);
  const shared = unitsOf(components[0] ?? { unit: '1', range: { min: 0, max: 1 } }).filter((unit) =>
    components.every((one) => unitsOf(one).includes(unit)),
  );
  if (shared.length === 0 || chance(draw, 60)) return values;
  const unit = pick(draw, shared);
  const sent = Object.entries(fact.components).map(([name, measured]) => {
    const value = values[name] ?? null;
    return [name, value === null ? null : value / factorOf(measured, unit)] as const;
  });
  return { ...Object.fromEntries(sent), unit };
};

const withGaps = (draw: Draw, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, chance(draw, 15) ? null : value] as const),
  );

/** Readings of a series as they are sent; now and then one that was sent already. */
export const drawReadings = (draw: Draw, fact: SeriesFact, timing: Timing): readonly JsonObject[] => {
  const past: number[] = [];
  const readings: JsonObject[] = [];
  times(draw(6), () => {
    const values = inUnit(draw, fact, withGaps(draw, drawValues(draw, fact)));
    if (readings.length > 0 && chance(draw, 10)) return readings.push(pick(draw, readings));
    if (chance(draw, 25)) return readings.push({ ...values, takenAt: drawDateText(draw, timing) });
    const ms = drawMs(draw, timing, past);
    past.push(ms);
    return readings.push({ ...values, takenAt: drawMomentText(draw, ms) });
  });
  return readings;
};

/** Readings that leave nothing open: so many of them, a second apart up to `asOf`, and every value is known. */
export const drawGoodReadings = (
  draw: Draw,
  fact: SeriesFact,
  { asOf, count }: { readonly asOf: Moment; readonly count: number },
): readonly JsonObject[] =>
  times(count, (index) => ({
    ...drawValues(draw, fact),
    takenAt: drawMomentText(draw, asOf.ms - index * 1000),
  }));

/** Twelve years earlier: out of every window that a generated rule set has. */
export const twelveYearsEarlier = (takenAt: string): string =>
  `${String(Number(takenAt.slice(0, 4)) - 12)}${takenAt.slice(4)}`;
