import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { isList } from './members.js';

const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  value === '' ||
  (isList(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);

const trimmed = (value: JsonValue): JsonValue => {
  if (isList(value)) return value.map(trimmed).filter((item) => !isEmpty(item));
  return isJsonObject(value) ? withoutEmpty(value) : value;
};

/** A JSON object without the members that say nothing: CDS Hooks allows no null, empty text, empty list or empty object. */
export const withoutEmpty = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, trimmed(member)] as const)
      .filter(([, member]) => !isEmpty(member)),
  );
