import type { SentFact, SeriesFact } from '../../src/rules/fact.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { chance, pick, some, type Draw } from './generate-draw.js';
import type { Hints } from './generate-hints.js';
import { REASONS, sentFactsOf, type SentFacts, type SentIntake } from './generate-intake.js';
import { twelveYearsEarlier } from './generate-readings.js';
import { coarsened } from './generate-times.js';

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** Some values of some readings as null: each reading stays at its time. */
const unreadable = (draw: Draw, reading: JsonObject, fact: SeriesFact): JsonObject => ({
  ...reading,
  ...Object.fromEntries(some(draw, Object.keys(fact.components), 50).map((name) => [name, null] as const)),
});

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** All readings so long ago that none is in any window. Not of a series that is counted: what has left a window is not unknown. */
const stale = (readings: readonly JsonObject[]): JsonValue =>
  readings.map((reading) => ({ ...reading, takenAt: twelveYearsEarlier(textIn(reading.takenAt)) }));

const weakerSeries = (draw: Draw, value: JsonValue, fact: SeriesFact, counted: boolean): JsonValue => {
  const readings = isArray(value) ? value.filter(isJsonObject) : [];
  return counted || chance(draw, 70)
    ? readings.map((reading) => (chance(draw, 50) ? unreadable(draw, reading, fact) : reading))
    : stale(readings);
};

/** A list without some of its codes, and said to be incomplete. */
const weakerList = (draw: Draw, value: JsonValue): JsonValue => {
  const codes = isJsonObject(value) ? value.codes : value;
  return { codes: isArray(codes) ? some(draw, codes, 60) : [], complete: false };
};

const weakerElement = (draw: Draw, value: JsonValue, fact: SentFact, hints: Hints): JsonValue | undefined => {
  if (fact.type === 'series') return weakerSeries(draw, value, fact, hints.counted.has(fact.id));
  if (fact.type === 'codeList') return weakerList(draw, value);
  return fact.type === 'date' ? coarsened(textIn(value), 1 + draw(2)) : undefined;
};

const isUnknown = (value: JsonValue | undefined): boolean =>
  value !== undefined && isJsonObject(value) && Object.hasOwn(value, 'unknown');

const weakerValue = (
  draw: Draw,
  value: JsonValue | undefined,
  fact: SentFact,
  hints: Hints,
): JsonValue | undefined => {
  const unknown = { unknown: pick(draw, REASONS) };
  // What is unknown already is never left out: to be sent as unknown says less than not to be sent.
  if (value === undefined || value === null || isUnknown(value)) return unknown;
  const part = chance(draw, 60) ? weakerElement(draw, value, fact, hints) : undefined;
  return part ?? pick(draw, [undefined, unknown, null]);
};

/**
 * An intake that says less: some facts, or elements of them, made unknown in every way that the specification names (section 5). What it
 * still says is what the first one says.
 */
export const drawWeaker = (draw: Draw, sent: SentIntake, body: RuleSetBody, hints: Hints): SentIntake => {
  const percent = pick(draw, [15, 40, 90]);
  const facts = sentFactsOf(body).reduce<SentFacts>((left, fact) => {
    const value = sent.facts[fact.id];
    const kept = chance(draw, percent) ? weakerValue(draw, value, fact, hints) : value;
    return kept === undefined ? left : { ...left, [fact.id]: kept };
  }, {});
  return { ...sent, facts };
};
