import type { Interval } from '../values/interval.js';
import type { Instant } from '../values/instant.js';
import { factOf, type Dictionary } from '../rules/dictionary.js';
import type { Fact } from '../rules/fact.js';
import type { Facts, FactValue, UnknownValue } from './facts.js';
import { spanOfReading, type TimedReading } from './reading-time.js';

/**
 * What a rule is evaluated on: the dictionary, the facts and the moment at which they are judged.
 * `timelines` and `derived` only remember what was computed from these; they never change a result.
 */
export type Situation = {
  readonly dictionary: Dictionary;
  readonly facts: Facts;
  readonly asOf: Instant;
  readonly timelines: Map<string, readonly TimedReading[]>;
  readonly derived: Map<string, Interval>;
};

/** The situation of some facts at a moment. */
export const situationAt = (dictionary: Dictionary, facts: Facts, asOf: Instant): Situation => ({
  dictionary,
  facts,
  asOf,
  timelines: new Map(),
  derived: new Map(),
});

/** The same facts at another moment, in the same offset. */
export const laterSituation = (situation: Situation, epochMs: number): Situation => ({
  ...situation,
  asOf: { ...situation.asOf, epochMs },
  derived: new Map(),
});

/** What is held of a fact, and the gate that settled it where it was not sent. */
export type Held = { readonly value: FactValue; readonly filledBy?: string };

const NOT_ASKED: UnknownValue = { kind: 'unknown', reason: 'not-asked' };

const sentValue = (facts: Facts, id: string): FactValue | null => {
  const value = Object.hasOwn(facts, id) ? facts[id] : undefined;
  return value ?? null;
};

/**
 * What is held of a fact: what was sent; else, where its gate is known to be false, false; else unknown, not asked.
 * INVARIANT: a gate fills only what was not sent. A particular that was sent as unknown stays unknown.
 */
export const heldOf = (situation: Situation, id: string): Held => {
  const sent = sentValue(situation.facts, id);
  if (sent !== null) return { value: sent };
  const gate = situation.dictionary.gateOf.get(id);
  if (gate === undefined) return { value: NOT_ASKED };
  const gateValue = sentValue(situation.facts, gate);
  return gateValue?.kind === 'boolean' && !gateValue.value
    ? { value: { kind: 'boolean', value: false }, filledBy: gate }
    : { value: NOT_ASKED };
};

/** The gate over a fact that was not sent, where the gate itself is not known: answering it could settle the fact. */
export const openGateOf = (situation: Situation, id: string): string | null => {
  if (sentValue(situation.facts, id) !== null) return null;
  const gate = situation.dictionary.gateOf.get(id);
  if (gate === undefined) return null;
  return sentValue(situation.facts, gate)?.kind === 'boolean' ? null : gate;
};

/** The dictionary entry of a fact. */
export const entryOf = (situation: Situation, id: string): Fact => factOf(situation.dictionary, id);

/** The readings of a series with the span of time of each, oldest first. Empty where the series is unknown. */
export const timelineOf = (situation: Situation, series: string): readonly TimedReading[] => {
  const known = situation.timelines.get(series);
  if (known !== undefined) return known;
  const { value } = heldOf(situation, series);
  const readings = value.kind === 'series' ? value.readings : [];
  const timeline = readings
    .map((reading) => ({ reading, span: spanOfReading(reading.takenAt, situation.asOf.offsetMinutes) }))
    .toSorted((a, b) => a.span.last - b.span.last);
  situation.timelines.set(series, timeline);
  return timeline;
};
