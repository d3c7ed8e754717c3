import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** An element of a resource; undefined where it is not there. */
export const elementOf = (within: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(within, name) ? within[name] : undefined;

/** The text of an element; null where there is none, or something else. */
export const textOf = (within: JsonObject, name: string): string | null => {
  const value = elementOf(within, name);
  return typeof value === 'string' ? value : null;
};

/** The members of an element that repeats. Nothing where it is not there; where it is no list, null. */
export const listOf = (within: JsonObject, name: string): readonly JsonValue[] | null => {
  const value = elementOf(within, name);
  if (value === undefined) return [];
  return isList(value) ? value : null;
};

/** Those members of an element that are objects. */
export const objectsOf = (within: JsonObject, name: string): readonly JsonObject[] =>
  (listOf(within, name) ?? []).filter(isJsonObject);
