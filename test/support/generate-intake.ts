import type { SentFact } from '../../src/rules/fact.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { chance, pick, some, type Draw } from './generate-draw.js';
import { countOf } from './generate-durations.js';
import type { Hints } from './generate-hints.js';
import { drawReadings } from './generate-readings.js';
import { drawSentNumber } from './generate-numbers.js';
import { coarsened, dayText, drawAsOf, type Moment } from './generate-times.js';

/** The reasons that a sender may give. */
export const REASONS = ['asked-unknown', 'declined', 'unreadable', 'conflicting'] as const;

/** The facts of an intake, as they are sent. */
export type SentFacts = Readonly<Record<string, JsonValue>>;

/** What the values of an intake depend on; `known` is how many of a hundred facts are known. */
export type Scene = { readonly asOf: Moment; readonly hints: Hints; readonly known: number };

/** The facts of a body that an intake may hold. */
export const sentFactsOf = (body: RuleSetBody): readonly SentFact[] =>
  body.facts.filter((fact): fact is SentFact => fact.type !== 'derived');

/** The day before another by a duration of days or longer, give or take a few days. */
const dayBefore = (draw: Draw, asOf: Moment, duration: string): string => {
  const count = countOf(duration);
  const months = duration.endsWith('Y') ? 12 * count : duration.endsWith('M') ? count : 0;
  const days = duration.endsWith('W') ? 7 * count : duration.endsWith('D') ? count : 0;
  const wall = new Date(asOf.ms + asOf.offsetMinutes * 60_000);
  wall.setUTCMonth(wall.getUTCMonth() - months, wall.getUTCDate() - days);
  return dayText(
    { ...asOf, ms: wall.getTime() - asOf.offsetMinutes * 60_000 },
    pick(draw, [0, 1, -1, 2, -3]),
  );
};

const drawDate = (draw: Draw, asOf: Moment, durations: readonly string[]): string => {
  const near = durations.length > 0 && chance(draw, 75);
  const day = near ? dayBefore(draw, asOf, pick(draw, durations)) : dayText(asOf, -draw(800));
  const today = dayText(asOf, 0);
  return coarsened(day > today ? today : day, pick(draw, [3, 3, 3, 2, 1]));
};

const drawCodes = (draw: Draw, fact: SentFact & { readonly type: 'codeList' }): JsonValue => {
  const placed = some(draw, fact.options, 30).map(({ code }) => code);
  const codes = fact.open && chance(draw, 30) ? [...placed, pick(draw, ['else', 'zz', '7'])] : placed;
  const sent = chance(draw, 10) ? [...codes, ...codes] : codes;
  return chance(draw, 40) ? { codes: sent, complete: chance(draw, 50) } : sent;
};

/** A known value of a fact. */
export const drawKnown = (draw: Draw, fact: SentFact, { asOf, hints }: Scene): JsonValue => {
  switch (fact.type) {
    case 'boolean':
      return chance(draw, 40);
    case 'number':
      return drawSentNumber(draw, fact);
    case 'code':
      return pick(draw, fact.options).code;
    case 'codeList':
      return drawCodes(draw, fact);
    case 'date':
      return drawDate(draw, asOf, hints.elapsed.get(fact.id) ?? []);
    case 'series':
      return drawReadings(draw, fact, { asOf, windows: hints.windows.get(fact.id) ?? [] });
  }
};

/** A known value that says there is nothing, where there is one. */
const nothingOf = (fact: SentFact): JsonValue => {
  if (fact.type === 'boolean') return false;
  if (fact.type === 'codeList' || fact.type === 'series') return [];
  return fact.type === 'number' && fact.range.min <= 0 ? 0 : null;
};

const isAbsent = (id: string, facts: SentFacts, body: RuleSetBody): boolean => {
  if (Object.hasOwn(facts, id) && facts[id] !== null) return facts[id] === false;
  const gate = body.facts.find((fact) => fact.type === 'boolean' && fact.gate?.includes(id) === true);
  return gate !== undefined && facts[gate.id] === false;
};

/** Whether a known value of a fact would contradict what was said of its gate, or of what it is a detail of. */
const contradicts = (fact: SentFact, facts: SentFacts, body: RuleSetBody): boolean =>
  body.facts.some(
    (whole) =>
      (fact.detailOf === whole.id || (whole.type === 'boolean' && whole.gate?.includes(fact.id) === true)) &&
      isAbsent(whole.id, facts, body),
  );

const drawUnknown = (draw: Draw): JsonValue | undefined => {
  const kind = draw(4);
  return kind <= 1 ? undefined : kind === 2 ? null : { unknown: pick(draw, REASONS) };
};

/** The facts of an intake without contradictions: known, unknown with a reason, null, or left out. */
const drawFacts = (draw: Draw, body: RuleSetBody, scene: Scene): SentFacts =>
  sentFactsOf(body).reduce<SentFacts>((facts, fact) => {
    const value = !chance(draw, scene.known)
      ? drawUnknown(draw)
      : contradicts(fact, facts, body)
        ? nothingOf(fact)
        : drawKnown(draw, fact, scene);
    return value === undefined ? facts : { ...facts, [fact.id]: value };
  }, {});

/** An intake as it is sent, of which from few to all facts are known. */
export type SentIntake = JsonObject & { readonly asOf: string; readonly facts: SentFacts };

/** Draws an intake for a rule set. */
export const drawIntake = (draw: Draw, body: RuleSetBody, hints: Hints): SentIntake => {
  const asOf = drawAsOf(draw);
  const known = pick(draw, [20, 60, 85, 100]);
  return { asOf: asOf.text, facts: drawFacts(draw, body, { asOf, hints, known }) };
};
