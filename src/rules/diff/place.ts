import canonicalize from 'canonicalize';
import { isJsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';

/** A place in the body of a version: where it is (a JSON Pointer), and what stands there. */
export type Place<T extends JsonValue = JsonValue> = { readonly pointer: string; readonly value: T };

/**
 * The same place in two versions; null in the one that has no such place. `subject` names what it belongs to, as sentences begin:
 * ``rule `active-psychosis` ``.
 */
export type Pair<T extends JsonValue = JsonValue> = {
  readonly subject: string;
  readonly from: Place<T> | null;
  readonly to: Place<T> | null;
};

/** The same place in two versions, both of which have it. */
export type Both<T extends JsonValue = JsonValue> = {
  readonly subject: string;
  readonly from: Place<T>;
  readonly to: Place<T>;
};

/** The canonical text (RFC 8785) of a value: two values with one text are the same, whatever the order of their keys. */
export const canonicalTextOf = (value: JsonValue): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a part of a rule set is no JSON');
  return text;
};

/** Whether two places hold the same value, or both are not there. */
export const areSame = ({ from, to }: Pair): boolean =>
  from === null || to === null ? from === to : canonicalTextOf(from.value) === canonicalTextOf(to.value);

/** The place under a key; null where there is none. */
export const placeUnder = (place: Place | null, key: string): Place | null => {
  if (place === null || !isJsonObject(place.value)) return null;
  const value = Object.hasOwn(place.value, key) ? place.value[key] : undefined;
  return value === undefined ? null : { pointer: pointerTo(place.pointer, key), value };
};

/** The places under a key in two versions. */
export const pairUnder = ({ subject, from, to }: Pair, key: string): Pair => ({
  subject,
  from: placeUnder(from, key),
  to: placeUnder(to, key),
});

const isJsonArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** The places of the items of a list, in their order; none where there is no list. */
export const itemsOf = (list: Place | null): readonly Place[] =>
  list !== null && isJsonArray(list.value)
    ? list.value.map((value, index) => ({ pointer: pointerTo(list.pointer, index), value }))
    : [];

/** The keys of an object, in their order; none where there is no object. */
export const keysOf = (place: Place | null): readonly string[] =>
  place !== null && isJsonObject(place.value) ? Object.keys(place.value) : [];
