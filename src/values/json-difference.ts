import { isJsonObject, type JsonValue } from './json.js';
import { pointerTo } from './pointer.js';

/** A place where two JSON values differ. A value that is not there at all is left out. */
export type JsonDifference = { readonly pointer: string; readonly from?: JsonValue; readonly to?: JsonValue };

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const entriesOf = (value: JsonValue): ReadonlyMap<string, JsonValue> => {
  if (isList(value)) return new Map(value.map((item, index) => [String(index), item]));
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
};

const isNested = (value: JsonValue | undefined): value is JsonValue =>
  typeof value === 'object' && value !== null;

const areAlike = (from: JsonValue, to: JsonValue): boolean => isList(from) === isList(to);

const sided = (pointer: string, from: JsonValue | undefined, to: JsonValue | undefined): JsonDifference => ({
  pointer,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const differencesAt = (
  pointer: string,
  from: JsonValue | undefined,
  to: JsonValue | undefined,
): readonly JsonDifference[] => {
  if (from === to) return [];
  if (!isNested(from) || !isNested(to) || !areAlike(from, to)) return [sided(pointer, from, to)];
  const [before, after] = [entriesOf(from), entriesOf(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    differencesAt(pointerTo(pointer, key), before.get(key), after.get(key)),
  );
};

/**
 * Where two JSON values differ, as deep as they can be followed: by the keys of objects and the places of arrays, in the order of the first one.
 * Of equal values it is empty.
 */
export const jsonDifferences = (from: JsonValue, to: JsonValue): readonly JsonDifference[] =>
  differencesAt('', from, to);
