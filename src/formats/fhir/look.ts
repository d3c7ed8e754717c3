import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';

/**
 * An element of a resource: undefined where there is none, null where there is one of another form than it must have. The two are never the same:
 * what is left out says nothing, what is malformed may have said anything.
 */
export type Looked<T> = T | undefined | null;

/** An element that is there and as it must be; null where there is none, or it is malformed. */
export const orNull = <T>(element: Looked<T>): T | null => element ?? null;

const at = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const looked = <T extends JsonValue>(
  value: JsonValue | undefined,
  isOne: (value: JsonValue) => value is T,
): Looked<T> => {
  if (value === undefined) return undefined;
  return isOne(value) ? value : null;
};

const isText = (value: JsonValue): value is string => typeof value === 'string' && value.trim() !== '';

const isNumber = (value: JsonValue): value is number => typeof value === 'number';

const isBoolean = (value: JsonValue): value is boolean => typeof value === 'boolean';

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value) && value.length > 0;

/** A text that is not empty. */
export const textAt = (object: JsonObject, key: string): Looked<string> => looked(at(object, key), isText);

/** A number. */
export const numberAt = (object: JsonObject, key: string): Looked<number> =>
  looked(at(object, key), isNumber);

/** Yes or no. */
export const booleanAt = (object: JsonObject, key: string): Looked<boolean> =>
  looked(at(object, key), isBoolean);

/** An object. */
export const objectAt = (object: JsonObject, key: string): Looked<JsonObject> =>
  looked(at(object, key), isJsonObject);

/** Objects in a list that is not empty; null where one of them is none. */
export const objectsAt = (object: JsonObject, key: string): Looked<readonly JsonObject[]> => {
  const list = looked(at(object, key), isList);
  if (list === undefined || list === null) return list;
  const objects = list.filter(isJsonObject);
  return objects.length === list.length ? objects : null;
};

/** The names of the elements of a choice that are there: of `effective`, `effectiveDateTime` and others. */
export const choiceOf = (object: JsonObject, name: string): readonly string[] =>
  Object.keys(object).filter((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)));

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const children = (value: JsonValue): readonly JsonValue[] => {
  if (isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
};

/**
 * Whether something in a resource changes what it means in a way that is not known here: an extension that modifies, or rules that are implied. FHIR forbids to use
 * such a resource as if it were not there.
 */
export const isModified = (value: JsonValue): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (isJsonObject(value) && ['modifierExtension', 'implicitRules'].some((key) => Object.hasOwn(value, key)))
    return true;
  return children(value).some(isModified);
};
