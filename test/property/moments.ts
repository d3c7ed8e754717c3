import type { RuleSetBody } from '../../src/rules/rule-set.js';
import { lengthMs } from '../support/generate-durations.js';
import type { Case } from '../support/generate-case.js';
import { DAY_MS } from '../support/generate-times.js';

type Span = { readonly first: number; readonly last: number };

const MINUTE_MS = 60_000;

/** Every duration that is written anywhere in a rule set. */
const durationsIn = (body: RuleSetBody): readonly string[] => [
  ...new Set(
    [...JSON.stringify([body.facts, body.rules, body.scope]).matchAll(/"(PT?\d+[YMWDH])"/g)].map(
      ([, text]) => text ?? '',
    ),
  ),
];

/** From the first to the last millisecond of a partial date in an offset; of a timestamp, itself. */
const spanOf = (text: string, offsetMinutes: number): Span => {
  if (text.includes('T')) return { first: Date.parse(text), last: Date.parse(text) };
  const [year = 0, month, day] = text.split('-').map(Number);
  const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const to =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, month, 1)
        : from + DAY_MS;
  return { first: from - offsetMinutes * MINUTE_MS, last: to - offsetMinutes * MINUTE_MS - 1 };
};

/** Every time that stands in the facts: of dates and of readings. */
const spansIn = ({ facts, asOf: { offsetMinutes } }: Case): readonly Span[] =>
  Object.values(facts).flatMap((value) => {
    if (value.kind === 'date') return [spanOf(value.value, offsetMinutes)];
    return value.kind === 'series' ? value.readings.map(({ takenAt }) => spanOf(takenAt, offsetMinutes)) : [];
  });

/** The midnights about a moment, a few days before and after it: months and years are counted by days that may be off by as many. */
const midnightsAbout = (ms: number, offsetMinutes: number): readonly number[] => {
  const day = Math.floor((ms + offsetMinutes * MINUTE_MS) / DAY_MS);
  return [-4, -3, -2, -1, 0, 1, 2].map((days) => (day + days) * DAY_MS - offsetMinutes * MINUTE_MS);
};

const later = (ms: number, duration: string, offsetMinutes: number): readonly number[] => {
  const count = Number(duration.replace(/\D/g, ''));
  const wall = new Date(ms + offsetMinutes * MINUTE_MS);
  if (/^P\d+[YM]$/.test(duration)) {
    wall.setUTCMonth(wall.getUTCMonth() + (duration.endsWith('Y') ? 12 * count : count));
    return midnightsAbout(wall.getTime() - offsetMinutes * MINUTE_MS, offsetMinutes);
  }
  const moment = ms + lengthMs(duration);
  return duration.startsWith('PT') ? [moment] : [moment, ...midnightsAbout(moment, offsetMinutes)];
};

/**
 * Every moment after `asOf` at which anything could change, and more: for each time in the facts and each duration in the rule set, the time
 * so much later and the midnights about it, with a millisecond before and after each, and the next midnights in any case.
 */
export const momentsAfter = (one: Case): readonly number[] => {
  const { epochMs, offsetMinutes } = one.asOf;
  const ends = spansIn(one).flatMap(({ first, last }) => [...new Set([first, last])]);
  const moments = durationsIn(one.ruleSet.body).flatMap((duration) =>
    ends.flatMap((ms) => later(ms, duration, offsetMinutes)),
  );
  const all = [...moments, ...midnightsAbout(epochMs + 2 * DAY_MS, offsetMinutes)];
  return [...new Set(all.flatMap((ms) => [ms - 1, ms, ms + 1]))]
    .filter((ms) => ms > epochMs)
    .toSorted((a, b) => a - b);
};
