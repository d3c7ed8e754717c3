import type { SentFact } from '../../src/rules/fact.js';
import type { Missing } from '../../src/screening/missing.js';
import { isJsonObject, type JsonValue } from '../../src/values/json.js';
import type { Case } from './generate-case.js';
import { pick, some, type Draw } from './generate-draw.js';
import { drawKnown, sentFactsOf, type SentIntake } from './generate-intake.js';
import { drawGoodReadings } from './generate-readings.js';
import { dayText, momentOf, type Moment } from './generate-times.js';

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const NO_HINTS = { windows: new Map(), elapsed: new Map(), counted: new Set<string>() };

/** A day that a partial date may be, not after that of `asOf`; of no date at all, any day. */
const drawDay = (draw: Draw, sent: JsonValue | undefined, asOf: Moment): string => {
  const today = dayText(asOf, 0);
  if (typeof sent !== 'string') return dayText(asOf, -draw(800));
  const last = `${sent}${'-12-28'.slice(sent.length - 4)}`;
  return pick(draw, [`${sent}${'-01-01'.slice(sent.length - 4)}`, last > today ? today : last]);
};

/** The codes that were sent and that the dictionary can place, with others: a complete list. */
const drawCodes = (
  draw: Draw,
  sent: JsonValue | undefined,
  options: readonly { readonly code: string }[],
): JsonValue => {
  const listed = sent !== undefined && isJsonObject(sent) ? sent.codes : sent;
  const codes = options.map(({ code }) => code);
  const kept = codes.filter((code) => isArray(listed) && listed.includes(code));
  return [...new Set([...kept, ...some(draw, codes, 30)])];
};

type Answered = { readonly fact: SentFact; readonly sent: JsonValue | undefined; readonly asOf: Moment };

const drawAnswer = (draw: Draw, { fact, sent, asOf }: Answered, { need }: Missing): JsonValue => {
  if (fact.type === 'date') return drawDay(draw, sent, asOf);
  if (fact.type === 'codeList') return drawCodes(draw, sent, fact.options);
  if (fact.type === 'series') return drawGoodReadings(draw, fact, { asOf, count: need?.readings ?? 1 });
  return drawKnown(draw, fact, { asOf, hints: NO_HINTS, known: 100 });
};

/**
 * The intake with a sufficient value for each fact that is missing: known, precise, complete, and of a series as many fresh readings as its
 * need says. A date or a list says all that it said before; readings take the place of those before.
 */
export const drawAnswered = (
  draw: Draw,
  { ruleSet, sent }: Case,
  missing: readonly Missing[],
): SentIntake => {
  const asOf = momentOf(sent.asOf);
  const answers = missing.map((asked) => {
    const fact = sentFactsOf(ruleSet.body).find(({ id }) => id === asked.fact);
    if (fact === undefined) throw new Error(`${asked.fact} cannot be sent`);
    return [fact.id, drawAnswer(draw, { fact, sent: sent.facts[fact.id], asOf }, asked)] as const;
  });
  return { ...sent, facts: { ...sent.facts, ...Object.fromEntries(answers) } };
};
