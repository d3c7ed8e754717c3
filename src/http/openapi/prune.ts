import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';

const PREFIX = '#/components/';

const isJsonArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Every reference to a component in a value, as `section/name`. */
const referencesIn = (value: JsonValue): readonly string[] => {
  if (isJsonArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' && child.startsWith(PREFIX)
      ? [child.slice(PREFIX.length)]
      : referencesIn(child),
  );
};

/** The components that stand under these names, and those that they need themselves. */
const reached = (
  names: ReadonlySet<string>,
  components: Readonly<Record<string, JsonObject>>,
): ReadonlySet<string> => {
  const further = [...names].flatMap((name) => {
    const [section = '', key = ''] = name.split('/');
    return referencesIn(components[section]?.[key] ?? null);
  });
  const all = new Set([...names, ...further]);
  return all.size === names.size ? all : reached(all, components);
};

/**
 * Keeps the components that something refers to.
 * @param users      what may refer to them
 * @param components by section and name
 */
export const usedComponents = (
  users: JsonValue,
  components: Readonly<Record<string, JsonObject>>,
): JsonObject => {
  const used = reached(new Set(referencesIn(users)), components);
  return Object.fromEntries(
    Object.entries(components).map(([section, entries]) => [
      section,
      Object.fromEntries(Object.entries(entries).filter(([name]) => used.has(`${section}/${name}`))),
    ]),
  );
};
