import { z } from 'zod';
import { DURATION_PATTERN, ELAPSED_PATTERN } from '../values/duration.js';
import type { Criterion } from './criterion.js';

/** The form of the id that a fact declares: camelCase. */
export const newFactIdSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/);

/** The form of a reference to a fact. */
export const factIdSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/)
  .meta({ id: 'factId', description: 'Id of a fact in facts.json' });

/** The form of a duration. */
export const durationSchema = z
  .string()
  .regex(DURATION_PATTERN)
  .meta({ id: 'duration', description: 'ISO 8601 with one part: P42D, P6W, P6M, P1Y, PT24H, PT30M' });

/** The form of a duration that is elapsed time. */
export const elapsedSchema = z.string().regex(ELAPSED_PATTERN).meta({
  id: 'elapsedTime',
  description: 'ISO 8601 with one part, no months or years: P30D, P6W, PT24H, PT30M',
});

/** The form of the id that a source declares: kebab-case. */
export const newSourceIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** The form of a reference to a source. */
export const sourceIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .meta({ id: 'sourceId', description: 'Id of a source in sources.json' });

const comparisonSchema = z.enum(['<', '<=', '>', '>=']);

const nonEmptyText = z.string().min(1).max(200);

/** The form of a criterion. What it does not know it refuses. */
export const criterionSchema: z.ZodType<Criterion> = z
  .union([
    z.strictObject({
      get all() {
        return z.array(criterionSchema).min(1);
      },
    }),
    z.strictObject({
      get any() {
        return z.array(criterionSchema).min(1);
      },
    }),
    z.strictObject({
      get not() {
        return criterionSchema;
      },
    }),
    z.strictObject({
      atLeast: z.int().min(1),
      get of() {
        return z.array(criterionSchema).min(1);
      },
    }),
    z.strictObject({ fact: factIdSchema, is: z.boolean() }),
    z.strictObject({ fact: factIdSchema, in: z.array(nonEmptyText).min(1) }),
    z.strictObject({ fact: factIdSchema, includesAny: z.array(nonEmptyText).min(1) }),
    z.strictObject({
      fact: factIdSchema,
      compare: comparisonSchema,
      value: z.number(),
      unit: nonEmptyText,
      source: sourceIdSchema,
    }),
    z.strictObject({
      fact: factIdSchema,
      elapsed: comparisonSchema,
      duration: durationSchema,
      source: sourceIdSchema,
    }),
  ])
  .meta({ id: 'criterion', description: 'A boolean expression over facts; docs/rule-language.md' });
