import type { Facts } from '../../src/screening/facts.js';
import { formatInstant } from '../../src/values/instant.js';
import type { Comparison } from '../../src/values/interval.js';
import { drawDay, drawMomentOn, shifted } from '../support/generate-days.js';
import { chance, pick, type Draw } from '../support/generate-draw.js';
import { ELAPSED, lengthMs, SITTINGS, WINDOWS } from '../support/generate-durations.js';
import { dateSet, seriesSet, truthOfTest } from '../support/generate-small-sets.js';
import { coarsened, DAY_MS, momentOf, type Moment } from '../support/generate-times.js';
import { law, laws, must } from './law.js';
import { daysOf, textOf, walk } from './naive-calendar.js';

const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>='];

/** One rule set for each comparison and duration. */
const DATE_SETS = COMPARISONS.flatMap((op) =>
  ELAPSED.map((duration) => ({ op, duration, body: dateSet(op, duration) })),
);

const WINDOW_SETS = WINDOWS.map((within) => ({
  within,
  body: seriesSet({ count: { series: 'scores', within } }, '>=', 1),
}));

const SITTING_SETS = SITTINGS.map((sitting) => ({
  sitting,
  body: seriesSet({ count: { series: 'scores', within: 'P30D', sitting } }, '>=', 2),
}));

const all = (outcomes: readonly boolean[]): string => {
  if (outcomes.every(Boolean)) return 'true';
  return outcomes.some(Boolean) ? 'unknown' : 'false';
};

/** The comparisons of two texts that sort as what they mean. */
const COMPARE: Readonly<Record<Comparison, (a: string, b: string) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** What a test on a date says, by walking: of each day that the date may be, whether it passes. ISO dates sort as the days do. */
const byWalking = (partial: string, today: string, [op, duration]: readonly [Comparison, string]): string =>
  all(daysOf(partial).map((day) => COMPARE[op](today, textOf(walk(day, duration)))));

/** A partial date, and a day close to the one on which a duration since its first or last day is full. */
const drawNear = (draw: Draw, duration: string): { readonly value: string; readonly today: string } => {
  const value = coarsened(textOf(drawDay(draw)), pick(draw, [3, 3, 2, 1]));
  const days = daysOf(value);
  const end = (chance(draw, 50) ? days.at(-1) : days[0]) ?? drawDay(draw);
  return { value, today: shifted(textOf(walk(end, duration)), draw(5) - 2) };
};

const JITTER = [0, 1, -1, 999, -1000, 60_000] as const;

const readingsAt = (moments: readonly string[]): Facts => ({
  scores: { kind: 'series', readings: moments.map((takenAt) => ({ takenAt, values: { score: 5 } })) },
});

const utc = (ms: number): string => formatInstant({ epochMs: ms, offsetMinutes: 0 });

/** The first and the last millisecond of the days of a partial date in an offset, by the clock on the wall. */
const spanOf = (partial: string, { offsetMinutes }: Moment): readonly number[] => {
  const ends = [daysOf(partial)[0], daysOf(partial).at(-1)].map((day) =>
    day === undefined ? '' : textOf(day),
  );
  return ends.map(
    (day, index) => Date.parse(`${day}T00:00:00Z`) - offsetMinutes * 60_000 + (index === 0 ? 0 : DAY_MS - 1),
  );
};

const same = (got: string, expected: string, what: string): void =>
  must(got === expected, () => `${what} is ${got}, not ${expected}`);

laws('elapsed time', () => {
  law(
    'since a date is judged as by walking day by day to the day of asOf',
    { seed: 121, runs: 6000 },
    (draw) => {
      const { op, duration, body } = pick(draw, DATE_SETS);
      const { value, today } = drawNear(draw, duration);
      const asOf = drawMomentOn(draw, today);
      const got = truthOfTest(body, { on: { kind: 'date', value } }, asOf);
      same(got, byWalking(value, today, [op, duration]), `${value} ${op} ${duration} at ${asOf}`);
      return 1;
    },
  );

  law(
    'of a reading with a timestamp is shorter than its window up to the last millisecond',
    { seed: 122, runs: 3000 },
    (draw) => {
      const { within, body } = pick(draw, WINDOW_SETS);
      const asOf = momentOf(drawMomentOn(draw, textOf(drawDay(draw))));
      const taken = asOf.ms - lengthMs(within) + pick(draw, JITTER);
      const got = truthOfTest(body, readingsAt([utc(taken)]), asOf.text);
      same(got, all([asOf.ms < taken + lengthMs(within)]), `${utc(taken)} within ${within} of ${asOf.text}`);
      return 1;
    },
  );

  law(
    'of a reading with a date is counted in whole days against a window of days',
    { seed: 123, runs: 3000 },
    (draw) => {
      const { within, body } = pick(
        draw,
        WINDOW_SETS.filter((set) => !set.within.startsWith('PT')),
      );
      const { value, today } = drawNear(draw, within);
      const asOf = drawMomentOn(draw, today);
      same(
        truthOfTest(body, readingsAt([value]), asOf),
        byWalking(value, today, ['<=', within]),
        `${value} within ${within} of ${asOf}`,
      );
      return 1;
    },
  );

  law(
    'of a reading with a date runs from any moment of it against a window of hours',
    { seed: 124, runs: 3000 },
    (draw) => {
      const { within, body } = pick(
        draw,
        WINDOW_SETS.filter((set) => set.within.startsWith('PT')),
      );
      const { value, today } = drawNear(draw, 'P1D');
      const asOf = momentOf(drawMomentOn(draw, today));
      const outcomes = spanOf(value, asOf).map((ms) => asOf.ms < ms + lengthMs(within));
      same(
        truthOfTest(body, readingsAt([value]), asOf.text),
        all(outcomes),
        `${value} within ${within} of ${asOf.text}`,
      );
      return 1;
    },
  );

  law(
    'before the latest reading is part of its sitting up to the last millisecond',
    { seed: 125, runs: 3000 },
    (draw) => {
      const { sitting, body } = pick(draw, SITTING_SETS);
      const asOf = momentOf(drawMomentOn(draw, textOf(drawDay(draw))));
      const latest = asOf.ms - draw(1000) * 1000;
      const earlier = latest - lengthMs(sitting) + pick(draw, JITTER);
      const got = truthOfTest(body, readingsAt([utc(earlier), utc(latest)]), asOf.text);
      same(
        got,
        all([earlier + lengthMs(sitting) >= latest]),
        `${utc(earlier)} in a sitting of ${sitting} to ${utc(latest)}`,
      );
      return 1;
    },
  );
});
