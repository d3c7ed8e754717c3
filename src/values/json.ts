/** Any JSON value, as a reader holds it before it knows what it means. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object of any shape. Its keys come from outside: look them up with `Object.hasOwn` only. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Whether a JSON value is an object (not null, not an array). */
export const isJsonObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
