import { parseRuleSet } from '../../src/rules/parse.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { pointerTo } from '../../src/values/pointer.js';
import { chance, pick, shuffled, type Draw } from './generate-draw.js';

/** A value inside another one: where it stands, the last key on the way to it, and what it is. */
type Inside = { readonly pointer: string; readonly key: string; readonly value: JsonValue };

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isTree = (value: JsonValue): value is JsonObject | readonly JsonValue[] =>
  isArray(value) || isJsonObject(value);

/** All that stands in a value, at any depth. The items of a list have the key of the list. */
const insideOf = (value: JsonValue, pointer = '', key = ''): readonly Inside[] => {
  const entries = isTree(value) ? Object.entries(value as JsonObject) : [];
  return entries.flatMap(([step, inner]) => {
    const at = { pointer: pointerTo(pointer, step), key: isArray(value) ? key : step, value: inner };
    return [at, ...insideOf(inner, at.pointer, at.key)];
  });
};

const replacedAt = (value: JsonValue, pointer: string, edit: JsonValue, at = ''): JsonValue => {
  if (at === pointer) return edit;
  if (!pointer.startsWith(`${at}/`) || !isTree(value)) return value;
  if (isArray(value))
    return value.map((item, index) => replacedAt(item, pointer, edit, pointerTo(at, index)));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replacedAt(inner, pointer, edit, pointerTo(at, key))]),
  );
};

/** Another value of the same kind: one that stands under the same key elsewhere, or one that stands nowhere. */
const drawOther = (draw: Draw, { key, value }: Inside, all: readonly Inside[]): JsonValue => {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + pick(draw, [1, -1, 0.5, 10, -10]);
  const same = all.filter((one) => one.key === key).map((one) => one.value);
  // UCUM says aloud what it thinks of a unit that does not exist.
  return key === 'unit' || chance(draw, 60) ? pick(draw, same) : `${JSON.stringify(value)} anew`;
};

const drawOtherList = (draw: Draw, list: readonly JsonValue[]): readonly JsonValue[] => {
  const index = draw(Math.max(1, list.length));
  return pick(draw, [
    () => list.toSpliced(index, 1),
    () => shuffled(draw, list),
    () => [...list, ...list.slice(index, index + 1)],
  ])();
};

const drawOtherObject = (draw: Draw, object: JsonObject): JsonObject => {
  const gone = pick(draw, ['', ...Object.keys(object)]);
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== gone));
};

const drawEditOf = (draw: Draw, one: Inside, all: readonly Inside[]): JsonValue => {
  if (isArray(one.value)) return drawOtherList(draw, one.value);
  return isJsonObject(one.value) ? drawOtherObject(draw, one.value) : drawOther(draw, one, all);
};

/** What readers see and no rule does. */
const WORDS = ['title', 'description', 'explanation', 'question', 'label', 'locator', 'supports', 'basis'];

/** How often an edit is drawn anew where the rule set refuses it. */
const TRIES = 12;

/** A version that was edited in one place, and that place in the version before. */
export type Edited = { readonly ruleSet: RuleSet; readonly pointer: string };

/**
 * Edits a rule set in one place: a number, a text, a list, a key that is left out. Half of the edits are of words. Null where none of some tries is
 * accepted, or changes anything.
 */
export const drawEdit = (draw: Draw, { body, sha256 }: RuleSet): Edited | null => {
  const all = insideOf(body);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const words = chance(draw, 50);
    const one = pick(
      draw,
      all.filter(({ key }) => !words || WORDS.includes(key)),
    );
    const parsed = parseRuleSet(replacedAt(body, one.pointer, drawEditOf(draw, one, all)));
    if (parsed.ok && parsed.value.sha256 !== sha256) return { ruleSet: parsed.value, pointer: one.pointer };
  }
  return null;
};

/** A rule set after some edits, one upon the other. */
export const drawEdited = (draw: Draw, ruleSet: RuleSet): RuleSet =>
  Array.from({ length: 1 + draw(4) }).reduce<RuleSet>(
    (edited) => drawEdit(draw, edited)?.ruleSet ?? edited,
    ruleSet,
  );
