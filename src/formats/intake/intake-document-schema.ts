import { z } from 'zod';
import { factIdSchema } from '../../rules/criterion-schema.js';

const anySchema = z.record(z.string(), z.unknown());

/** The form of the JSON Schema of one fact. */
export const factDocumentSchema = z
  .looseObject({
    title: z.string().meta({ description: 'The question, in plain words.' }),
    description: z.string().exactOptional().meta({ description: 'What to say with the question.' }),
    'x-type': z
      .enum(['boolean', 'number', 'code', 'codeList', 'date', 'series'])
      .meta({ description: 'The type of the fact in the dictionary.' }),
    'x-domain': z.string().meta({ description: 'The domain that the question belongs to.' }),
    'x-unit': z
      .string()
      .exactOptional()
      .meta({ description: 'The UCUM unit of a bare number, where the fact is a number.' }),
    anyOf: z.array(anySchema).min(1).meta({ description: 'The forms that the fact takes.' }),
  })
  .meta({ description: 'The JSON Schema of one fact, with its question.' });

/** The form of the JSON Schema of an intake under a version. */
export const intakeDocumentSchema = z
  .strictObject({
    $schema: z.literal('https://json-schema.org/draft/2020-12/schema'),
    $id: z.string().meta({ description: 'Names the rule set and the version that the schema belongs to.' }),
    title: z.string(),
    type: z.literal('object'),
    properties: z
      .looseObject({
        facts: z.strictObject({
          type: z.literal('object'),
          properties: z
            .record(factIdSchema, factDocumentSchema)
            .meta({ description: 'Every fact that can be sent, in the order of the dictionary.' }),
          additionalProperties: z.literal(false),
        }),
      })
      .meta({ description: 'The keys of an intake, each with its schema.' }),
    additionalProperties: z.literal(false),
  })
  .meta({
    description:
      'A JSON Schema (2020-12). What it refuses the service refuses too; the service also refuses what a schema cannot say: contradictions, times after `asOf`, limits in other units.',
  });
