import type { Measured, SentFact, SeriesFact } from '../../src/rules/fact.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { pick, type Draw } from './generate-draw.js';
import { drawNumber } from './generate-numbers.js';
import type { SentIntake } from './generate-intake.js';

/** A number that is almost one of its kind: just outside of its range, or with a part where it must be whole. */
const offNumber = (draw: Draw, measured: Measured): JsonValue => {
  const { min, max } = measured.range;
  return pick(draw, [max + 0.5, min - 0.5, drawNumber(draw, measured) + 0.5, String(max), [max], 1e308]);
};

const offQuantity = (draw: Draw, measured: Measured): JsonValue => {
  const quantity = { value: drawNumber(draw, measured), unit: measured.unit };
  return pick<JsonValue>(draw, [
    { ...quantity, unit: 'parsec' },
    { ...quantity, more: 1 },
    { value: quantity.value },
    { unit: quantity.unit },
    { ...quantity, value: String(quantity.value) },
    { ...quantity, unit: null },
  ]);
};

const offReading = (draw: Draw, fact: SeriesFact): JsonObject => {
  const entries = Object.entries(fact.components);
  const values = Object.fromEntries(entries.map(([name]) => [name, null] as const));
  const reading: JsonObject = { ...values, takenAt: '2000-01-01T00:00:00Z' };
  const [name, measured] = pick(draw, entries);
  const without = (key: string): JsonObject =>
    Object.fromEntries(Object.entries(reading).filter(([other]) => other !== key));
  return pick<JsonObject>(draw, [
    { ...reading, more: null },
    { ...reading, Unit: measured.unit },
    { ...reading, unit: 'parsec' },
    { ...reading, unit: 7 },
    { ...reading, [name]: offNumber(draw, measured) },
    { ...reading, [name]: offNumber(draw, measured) },
    { ...reading, [name]: { value: 1, unit: measured.unit } },
    {
      ...reading,
      takenAt: pick(draw, ['2000-01-01T00:00:00', '2000-1-1', '1 January', '2000-01-01T00:00Z', 946_684_800]),
    },
    without(name),
    without('takenAt'),
  ]);
};

const offList = (draw: Draw, code: string): JsonValue =>
  pick<JsonValue>(draw, [
    [code, 'no such code'],
    [code, ''],
    [code, 8],
    { codes: [code] },
    { codes: [code], complete: 'true' },
    { codes: [code], complete: true, more: 1 },
    { codes: code, complete: true },
    { codes: { 0: code }, complete: true },
    code,
  ]);

const offValue = (draw: Draw, fact: SentFact): JsonValue => {
  switch (fact.type) {
    case 'boolean':
      return pick(draw, ['true', 1, 0, '', [true]]);
    case 'number':
      return draw(2) === 0 ? offNumber(draw, fact) : offQuantity(draw, fact);
    case 'code':
      return pick<JsonValue>(draw, [
        'no such code',
        '',
        [fact.options[0]?.code ?? ''],
        { code: fact.options[0]?.code ?? '' },
      ]);
    case 'codeList':
      return offList(draw, fact.options[0]?.code ?? '');
    case 'date':
      return pick(draw, ['2000-1-1', '2000-01-01T00:00:00Z', '20000101', 2000, '', '2000-01-', ' 2000']);
    case 'series':
      return draw(4) === 0 ? offReading(draw, fact) : [offReading(draw, fact)];
  }
};

const offUnknown = (draw: Draw): JsonValue =>
  pick(draw, [
    { unknown: 'stale' },
    { unknown: 'declined', more: 1 },
    { unknown: null },
    { unknown: true },
    {},
  ]);

/** An intake in which one fact is almost right. */
export const drawNearMiss = (draw: Draw, sent: SentIntake, facts: readonly SentFact[]): JsonObject => {
  const fact = pick(draw, facts);
  const value = draw(6) === 0 ? offUnknown(draw) : offValue(draw, fact);
  const id = draw(10) === 0 ? `${fact.id}X` : fact.id;
  return { ...sent, facts: { ...sent.facts, [id]: value } };
};
