import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';

/** What stands under a key of an object from outside; null where there is none, or no object. */
export const memberOf = (value: JsonValue, key: string): JsonValue =>
  isJsonObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;

/** The text under a key; null where there is none, or an empty one. */
export const textOf = (value: JsonValue, key: string): string | null => {
  const member = memberOf(value, key);
  return typeof member === 'string' && member.trim() !== '' ? member : null;
};

/** Whether a JSON value is an array. */
export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** The items under a key; none where there is no list. A single object counts as a list of one, as some senders write it. */
export const itemsOf = (value: JsonValue, key: string): readonly JsonValue[] => {
  const member = memberOf(value, key);
  if (isJsonObject(member)) return [member];
  return isList(member) ? member : [];
};

/** The object under a key; an empty one where there is none. */
export const objectOf = (value: JsonValue, key: string): JsonObject => {
  const member = memberOf(value, key);
  return isJsonObject(member) ? member : {};
};

/** The type of a resource; null where it names none. */
export const typeOf = (resource: JsonValue): string | null => textOf(resource, 'resourceType');
