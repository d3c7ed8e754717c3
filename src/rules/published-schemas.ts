import { z } from 'zod';
import type { JsonObject, JsonValue } from '../values/json.js';
import { isJsonObject } from '../values/json.js';
import type { RuleSetBody } from './rule-set.js';
import { fileSchemas } from './rule-files.js';

/** What an editor should offer where a file names something that the rule set declares. */
const choicesOf = (body: RuleSetBody): Readonly<Record<string, readonly string[]>> => ({
  factId: body.facts.map(({ id }) => id),
  sourceId: body.sources.map(({ id }) => id),
});

const withChoices = (schema: JsonObject, body: RuleSetBody): JsonObject => {
  const definitions = schema.$defs;
  if (definitions === undefined || !isJsonObject(definitions)) return schema;
  const choices = choicesOf(body);
  const filled = Object.entries(definitions).map(([name, definition]): readonly [string, JsonValue] => {
    const names = choices[name];
    return [
      name,
      names === undefined || !isJsonObject(definition) ? definition : { ...definition, enum: names },
    ];
  });
  return { ...schema, $defs: Object.fromEntries(filled) };
};

/**
 * The JSON Schemas (2020-12) of the files of a rule set, by file name. They are made from the forms that the service enforces, and offer
 * the facts and sources that the set declares.
 */
export const publishedSchemas = (body: RuleSetBody): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(
    Object.entries(fileSchemas).map(([kind, schema]) => {
      const json = z.record(z.string(), z.json()).parse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
      return [`${kind}.schema.json`, withChoices({ ...json, title: `${body.id}: ${kind} file` }, body)];
    }),
  );
