import { parseInstant } from '../../src/values/instant.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';

/** A value of a resource, with the keys that lead to it. */
type Found = { readonly path: readonly string[]; readonly value: JsonValue };

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const below = (value: JsonValue, path: readonly string[] = []): readonly Found[] => {
  const children = isList(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return [{ path, value }, ...children.flatMap(([key, child]) => below(child, [...path, key]))];
};

const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (isList(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);

const named = (all: readonly Found[], isNamed: (key: string) => boolean): readonly Found[] =>
  all.filter(({ path }) => isNamed(path.at(-1) ?? ''));

const at = ({ path }: Found): string => path.join('.');

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  value !== undefined && isList(value) ? value.filter(isJsonObject) : [];

const textsOf = (all: readonly Found[], key: string): readonly string[] =>
  named(all, (name) => name === key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));

const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

const DATE_TIMES = /^(recorded|lastUpdated|valueInstant|.*DateTime)$/;

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** The key that holds the value of an extension or a parameter. */
const valueKeys = (holder: JsonObject): readonly string[] =>
  Object.keys(holder).filter((key) => /^value[A-Z]/.test(key));

const isOneOf = (holder: JsonObject, other: string): boolean =>
  valueKeys(holder).length + (Object.hasOwn(holder, other) ? 1 : 0) === 1;

const holders = (all: readonly Found[], key: string): readonly (Found & { readonly value: JsonObject })[] =>
  all.flatMap(({ path, value }) => (path.at(-2) === key && isJsonObject(value) ? [{ path, value }] : []));

const extensionFaults = (all: readonly Found[]): readonly string[] =>
  holders(all, 'extension').flatMap((found) => {
    const inner = found.path.filter((key) => key === 'extension').length > 1;
    const { url } = found.value;
    const absolute = typeof url === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/.test(url);
    return [
      ...(isOneOf(found.value, 'extension') ? [] : [`ext-1: ${at(found)}`]),
      ...(inner || absolute ? [] : [`url that is not absolute: ${at(found)}`]),
    ];
  });

const parameterFaults = (all: readonly Found[]): readonly string[] =>
  [...holders(all, 'parameter'), ...holders(all, 'part')]
    .filter(({ value }) => !isOneOf(value, 'part'))
    .map((found) => `inv-1: ${at(found)}`);

const filterFaults = (all: readonly Found[]): readonly string[] =>
  [...holders(all, 'codeFilter'), ...holders(all, 'dateFilter')]
    .filter(({ value }) => Object.hasOwn(value, 'path') === Object.hasOwn(value, 'searchParam'))
    .map((found) => `drq: ${at(found)}`);

/** dom-2 to dom-5: what is contained contains nothing, has no version of its own, and is referred to, or refers to what contains it. */
const containedFaults = (resource: JsonObject, all: readonly Found[]): readonly string[] => {
  const contained = objects(resource.contained);
  const references = textsOf(all, 'reference').filter((text) => text.startsWith('#'));
  const ids = contained.map(idOf);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`),
    ...contained.filter((one) => Object.hasOwn(one, 'contained')).map((one) => `dom-2: ${idOf(one)}`),
    ...contained
      .filter(
        (one) => !references.includes(`#${idOf(one)}`) && !textsOf(below(one), 'reference').includes('#'),
      )
      .map((one) => `dom-3: ${idOf(one)}`),
    ...contained.filter((one) => Object.hasOwn(one, 'meta')).map((one) => `dom-4: ${idOf(one)}`),
    ...references
      .filter((reference) => reference !== '#' && !ids.includes(reference.slice(1)))
      .map((reference) => `nothing is contained as ${reference}`),
  ];
};

const referenceFaults = (all: readonly Found[]): readonly string[] =>
  textsOf(all, 'reference')
    .filter(
      (text) =>
        !/^(#|[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}($|\/_history\/)|[a-z][a-z0-9+.-]*:\S+$)/.test(text),
    )
    .map((text) => `no reference: ${text}`);

/**
 * What is wrong with the form of a FHIR R4 resource, as far as the offline validator does not see it: what is empty or null, forms of ids, times without an
 * offset, the invariants of what is contained, of extensions, of parameters and of filters, and references to what is not there.
 */
export const fhirFormFaults = (resource: JsonObject): readonly string[] => {
  const all = below(resource);
  const ids = named(all, (key) => key === 'id');
  const times = named(all, (key) => DATE_TIMES.test(key));
  return [
    ...all.filter(({ value }) => isEmpty(value)).map((found) => `empty: ${at(found)}`),
    ...ids
      .filter(({ value }) => typeof value !== 'string' || !ID.test(value))
      .map((found) => `id: ${at(found)}`),
    ...times
      .filter(({ value }) => typeof value !== 'string' || parseInstant(value) === null)
      .map((found) => `time: ${at(found)}`),
    ...containedFaults(resource, all),
    ...referenceFaults(all),
    ...extensionFaults(all),
    ...parameterFaults(all),
    ...filterFaults(all),
  ];
};
