import { z } from 'zod';
import type { JsonObject } from '../../values/json.js';
import type { SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { factSchema } from './fact-schema.js';
import { envelopeShape } from './read-intake.js';

const envelopeProperties = (): JsonObject => {
  const schema: unknown = z.toJSONSchema(z.strictObject(envelopeShape));
  const properties = z.object({ properties: z.record(z.string(), z.json()) }).parse(schema).properties;
  return z.record(z.string(), z.json()).parse(properties);
};

/**
 * The JSON Schema (2020-12) of a native intake under a version, made from its fact dictionary. Whatever it refuses the reader refuses
 * too; the reader also refuses what a schema cannot say (contradictions, times after `asOf`, limits in other units).
 */
export const intakeSchema = (body: RuleSetBody): JsonObject => {
  const sent = body.facts.filter((fact): fact is SentFact => fact.type !== 'derived');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:ketamine-screening:intake:${body.id}:${body.version}`,
    title: `Intake for ${body.id} ${body.version}`,
    type: 'object',
    properties: {
      ...envelopeProperties(),
      facts: {
        type: 'object',
        properties: Object.fromEntries(sent.map((fact) => [fact.id, factSchema(fact)])),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
};
