import { z } from 'zod';
import { elapsedSchema, factIdSchema } from './criterion-schema.js';
import type { Band, Derivation } from './derivation.js';

const unitSchema = z.string().min(1).max(64);

const readingShape = {
  series: factIdSchema,
  component: z.string().min(1),
  within: elapsedSchema,
};

const latestSchema = z.strictObject(readingShape);

const groupSchema = z.strictObject({
  ...readingShape,
  sitting: elapsedSchema.exactOptional(),
  minReadings: z.int().min(1).max(200).exactOptional(),
});

const countSchema = z.strictObject({
  series: factIdSchema,
  within: elapsedSchema,
  sitting: elapsedSchema.exactOptional(),
});

const bandSchema: z.ZodType<Band> = z.union([
  z.strictObject({ points: z.number() }),
  z.strictObject({ from: z.number(), points: z.number() }),
  z.strictObject({ above: z.number(), points: z.number() }),
]);

const pointsSchema = z.union([
  z.strictObject({ fact: factIdSchema, true: z.number(), false: z.number() }),
  z.strictObject({ fact: factIdSchema, answers: z.record(z.string().min(1), z.number()) }),
  z.strictObject({ fact: factIdSchema, bands: z.array(bandSchema).min(1) }),
]);

/** The form of a derivation. */
export const derivationSchema: z.ZodType<Derivation> = z
  .union([
    z.strictObject({ fact: factIdSchema }),
    z.strictObject({ number: z.number(), unit: unitSchema }),
    z.strictObject({
      get sum() {
        return z.array(derivationSchema).min(1);
      },
    }),
    z.strictObject({
      get product() {
        return z.array(derivationSchema).min(1);
      },
    }),
    z.strictObject({
      get ratio() {
        return z.tuple([derivationSchema, derivationSchema]);
      },
    }),
    z.strictObject({ points: pointsSchema }),
    z.strictObject({ latest: latestSchema }),
    z.strictObject({ mean: groupSchema }),
    z.strictObject({ highest: groupSchema }),
    z.strictObject({ count: countSchema }),
  ])
  .meta({
    id: 'derivation',
    description: 'How a derived number is computed; docs/rule-language.md, section 4',
  });
