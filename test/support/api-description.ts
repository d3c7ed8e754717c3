import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonObject, JsonValue } from '../../src/values/json.js';

/** The API description that is committed. Other tests see to it that the service has the same. */
export const description = parse(readFileSync('openapi.yaml', 'utf8')) as JsonObject;

/** A part of the description, an object or an array. Its place is a JSON Pointer with `#` before it. */
export type Part = { readonly place: string; readonly value: JsonObject };

/** The methods that a path of the description can have, as it writes them. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

const childOf = (value: JsonValue | undefined, step: string): JsonValue | undefined =>
  typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined;

const valueAt = (place: string): JsonValue | undefined =>
  place.split('/').slice(1).map(unescaped).reduce<JsonValue | undefined>(childOf, description);

const partAt = (place: string): Part | null => {
  const value = valueAt(place);
  if (typeof value !== 'object' || value === null) return null;
  const part: Part = { place, value: value as JsonObject };
  return typeof part.value.$ref === 'string' ? partAt(part.value.$ref) : part;
};

/** The part of the description that stands in another one under these keys, with references followed; null where there is none. */
export const within = (part: Part, ...keys: readonly string[]): Part | null => {
  const [key, ...others] = keys;
  if (key === undefined) return part;
  const child = partAt(`${part.place}/${escaped(key)}`);
  return child === null ? null : within(child, ...others);
};

const root: Part = { place: '#', value: description };

/** The keys of a part of the description; none where there is no such part. */
export const keysOf = (part: Part | null): readonly string[] =>
  part === null ? [] : Object.keys(part.value);

/** The paths of the description, as it writes them: `/decisions/{id}`. */
export const paths: readonly string[] = keysOf(within(root, 'paths'));

/** The methods that a path is described for, in capitals. */
export const methodsOf = (path: string): readonly string[] =>
  keysOf(within(root, 'paths', path))
    .filter((key) => METHODS.includes(key))
    .map((key) => key.toUpperCase());

/** An operation of the description; null where there is none. HEAD is that of GET. */
export const operationAt = (method: string, path: string): Part | null =>
  within(root, 'paths', path, (method === 'HEAD' ? 'GET' : method).toLowerCase());

/** A component of the description. */
export const componentAt = (section: string, name: string): Part | null =>
  within(root, 'components', section, name);

/** The path of the description that a path of a request belongs to; null where it belongs to none. */
export const patternOf = (requested: string): string | null => {
  const asked = requested.replace(/[?#].*$/, '').split('/');
  const fits = (path: string): boolean => {
    const steps = path.split('/');
    return (
      steps.length === asked.length &&
      steps.every((step, index) => step.startsWith('{') || step === asked[index])
    );
  };
  // As OpenAPI has it: a path without parameters goes before those that have some.
  return paths.find((path) => !path.includes('{') && fits(path)) ?? paths.find(fits) ?? null;
};
