import { exactly, hullOf, meanOf, round6, type Interval } from '../values/interval.js';
import { elapsedMs, parseDuration } from '../values/duration.js';
import type { Truth } from '../values/truth.js';
import type { Aggregate, AggregateOf, Reading as ReadingSpec } from '../rules/derivation.js';
import { MAX_READINGS } from '../rules/points.js';
import { rangeOfComponent } from '../rules/range-of-derivation.js';
import { membershipOf, type Selection, type TimedReading } from './reading-time.js';
import { entryOf, heldOf, timelineOf, type Situation } from './situation.js';

/** A reading that may count for an aggregate, with whether it surely does. */
export type Member = { readonly timed: TimedReading; readonly membership: Truth };

/** Which readings an aggregate takes, at the moment of the situation. */
const selectionOf = ({ aggregate, reading }: AggregateOf, situation: Situation): Selection => {
  const selection = { within: parseDuration(reading.within), asOf: situation.asOf };
  if (aggregate === 'latest') return { ...selection, sittingMs: null };
  return reading.sitting === undefined
    ? selection
    : { ...selection, sittingMs: elapsedMs(parseDuration(reading.sitting)) };
};

/** The readings that surely or possibly count, oldest first. */
export const membersOf = (of: AggregateOf, situation: Situation): readonly Member[] => {
  const timeline = timelineOf(situation, of.reading.series);
  const memberships = membershipOf(timeline, selectionOf(of, situation));
  return timeline
    .map((timed, index) => ({ timed, membership: memberships[index] ?? 'unknown' }))
    .filter(({ membership }) => membership !== 'false');
};

/** How many readings an aggregate needs. */
export const neededReadings = (reading: ReadingSpec): number => reading.minReadings ?? 1;

const isSure = (member: Member): boolean => member.membership === 'true';

const intervalOfMember = (member: Member, reading: ReadingSpec, range: Interval): Interval => {
  const value = member.timed.reading.values[reading.component ?? ''];
  return typeof value === 'number' ? exactly(value) : range;
};

const hasValue = (member: Member): boolean =>
  Object.values(member.timed.reading.values).some((value) => value !== null);

const countOf = (of: AggregateOf, situation: Situation): Interval => {
  if (heldOf(situation, of.reading.series).value.kind !== 'series') return { low: 0, high: MAX_READINGS };
  const members = membersOf(of, situation);
  return { low: members.filter((member) => isSure(member) && hasValue(member)).length, high: members.length };
};

/**
 * The interval of an aggregate. A reading that was sent and cannot be read takes part as every number that it could be; where too few
 * readings surely count, the result is every number that the component can be.
 * INVARIANT: making a reading unknown never moves the interval, it only widens it.
 */
export const intervalOfAggregate = (of: AggregateOf, situation: Situation): Interval => {
  if (of.aggregate === 'count') return countOf(of, situation);
  const range = rangeOfComponent(entryOf(situation, of.reading.series), of.reading.component);
  const members = membersOf(of, situation);
  const sure = members.filter(isSure);
  if (sure.length < neededReadings(of.reading)) return range;
  const intervals = (some: readonly Member[]): readonly Interval[] =>
    some.map((member) => intervalOfMember(member, of.reading, range));
  return combine(of.aggregate, intervals(sure), intervals(members));
};

const combine = (
  aggregate: Exclude<Aggregate, 'count'>,
  sure: readonly Interval[],
  all: readonly Interval[],
): Interval => {
  switch (aggregate) {
    case 'latest':
      return rounded(hullOf(sure));
    case 'mean':
      return sure.length === all.length ? meanOf(all) : rounded(hullOf(all));
    case 'highest':
      return rounded({ low: Math.max(...sure.map(({ low }) => low)), high: hullOf(all).high });
  }
};

const rounded = ({ low, high }: Interval): Interval => ({ low: round6(low), high: round6(high) });
