import type { JsonObject } from '../../values/json.js';
import { PARTIAL_DATE_PATTERN } from '../../values/partial-date.js';
import type { SentFact } from '../../rules/fact.js';
import { ASKED_UNKNOWN_SCHEMA } from './asked-unknown.js';
import { codeListSchema } from './code-list.js';
import { bareNumberSchema, quantitySchema } from './measured.js';
import { seriesSchema } from './series.js';

const valueSchemas = (fact: SentFact): readonly JsonObject[] => {
  switch (fact.type) {
    case 'boolean':
      return [{ type: 'boolean' }];
    case 'number':
      return [bareNumberSchema(fact), quantitySchema(fact)];
    case 'code':
      return fact.options.map(({ code, label }) => ({ const: code, title: label }));
    case 'codeList':
      return [codeListSchema(fact)];
    case 'date':
      return [{ type: 'string', pattern: PARTIAL_DATE_PATTERN.source }];
    case 'series':
      return [seriesSchema(fact)];
  }
};

/** The JSON Schema of one fact: a value of its type, asked and unknown, or null where it was not asked. */
export const factSchema = (fact: SentFact): JsonObject => ({
  title: fact.question,
  ...(fact.help === undefined ? {} : { description: fact.help }),
  ...('unit' in fact ? { 'x-unit': fact.unit } : {}),
  'x-type': fact.type,
  'x-domain': fact.domain,
  anyOf: [...valueSchemas(fact), ASKED_UNKNOWN_SCHEMA, { type: 'null' }],
});
