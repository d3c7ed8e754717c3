import type { Derivation } from '../../src/rules/derivation.js';
import type { Facts, Reading } from '../../src/screening/facts.js';
import type { Comparison } from '../../src/values/interval.js';
import { formatInstant } from '../../src/values/instant.js';
import { drawDay, drawMomentOn } from '../support/generate-days.js';
import { pick, times, type Draw } from '../support/generate-draw.js';
import { seriesSet, truthOfTest } from '../support/generate-small-sets.js';
import { momentOf, type Moment } from '../support/generate-times.js';
import { law, laws, must } from './law.js';
import { textOf } from './naive-calendar.js';

const WITHIN = 'P30D';
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

const OF = { series: 'scores', component: 'score', within: WITHIN } as const;

const LATEST: Derivation = { latest: OF };
const MADE: readonly Derivation[] = [LATEST, { mean: OF }, { highest: OF }];
const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>='];

/** One rule set for each way to make a number of readings, each comparison, and some thresholds. */
const setsOf = (derivations: readonly Derivation[]) =>
  derivations.flatMap((derive) =>
    COMPARISONS.flatMap((op) =>
      [2, 5, 7.5].map((value) => ({ op, value, body: seriesSet(derive, op, value) })),
    ),
  );

const LATEST_SETS = setsOf([LATEST]);
const SETS = setsOf(MADE);
const PAIR_SETS = setsOf([{ mean: { ...OF, minReadings: 4 } }, { highest: { ...OF, minReadings: 4 } }]);

const drawAsOf = (draw: Draw): Moment => momentOf(drawMomentOn(draw, textOf(drawDay(draw))));

/** Some readings, newest first, all of them known and the newest a few minutes before a moment. */
const drawReadings = (draw: Draw, before: number): readonly Reading[] =>
  times(1 + draw(3), (index) => ({
    takenAt: formatInstant({ epochMs: before - (index + 1) * MINUTE_MS * (1 + draw(60)), offsetMinutes: 0 }),
    values: { score: draw(11) },
  })).toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1));

const series = (readings: readonly Reading[]): Facts => ({ scores: { kind: 'series', readings } });

const isUnknown = (truth: string, readings: readonly Reading[]): void =>
  must(truth === 'unknown', () => `${truth} of ${JSON.stringify(readings)}`);

laws('readings', () => {
  law('let no older one take the place of one that could not be read', { seed: 131, runs: 3000 }, (draw) => {
    const [{ body }, asOf] = [pick(draw, LATEST_SETS), drawAsOf(draw)];
    const older = drawReadings(draw, asOf.ms - MINUTE_MS);
    const takenAt = formatInstant({ epochMs: asOf.ms - draw(MINUTE_MS), offsetMinutes: 0 });
    const readings = [...older, { takenAt, values: { score: null } }];
    isUnknown(truthOfTest(body, series(readings), asOf.text), readings);
    return 1;
  });

  law('that are older than their window are unknown, and not absent', { seed: 132, runs: 3000 }, (draw) => {
    const [{ body }, asOf] = [pick(draw, SETS), drawAsOf(draw)];
    const readings = drawReadings(draw, asOf.ms - (1 + draw(9)) * YEAR_MS);
    isUnknown(truthOfTest(body, series(readings), asOf.text), readings);
    return 1;
  });

  law('that are fewer than a rule needs decide nothing', { seed: 133, runs: 3000 }, (draw) => {
    const [{ body }, asOf] = [pick(draw, PAIR_SETS), drawAsOf(draw)];
    const readings = drawReadings(draw, asOf.ms);
    isUnknown(truthOfTest(body, series(readings), asOf.text), readings);
    return 1;
  });

  law(
    'of which there are none decide nothing, and neither do readings that were not sent',
    { seed: 134, runs: 1000 },
    (draw) => {
      const [{ body }, asOf] = [pick(draw, SETS), drawAsOf(draw)];
      isUnknown(truthOfTest(body, series([]), asOf.text), []);
      isUnknown(truthOfTest(body, {}, asOf.text), []);
      return 2;
    },
  );
});
