import { z } from 'zod';
import { timestampSchema } from '../atom-schemas.js';
import { versionSchema } from '../../rules/rule-set-schema.js';

/** The form of a text: FHIR has no empty ones. */
export const textSchema = z.string().regex(/\S/);

/** The form of a reference to something that the same answer contains, or to the answer itself. */
export const withinSchema = z
  .strictObject({ reference: z.string().regex(/^#([A-Za-z0-9\-.]{1,64})?$/) })
  .meta({ description: 'What the same answer contains, or the answer itself.' });

/** The form of a reference to a resource on the server of whoever asked. */
export const sentReferenceSchema = z
  .strictObject({
    reference: z.string().regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(\/_history\/[A-Za-z0-9\-.]{1,64})?$/),
  })
  .meta({ description: 'A resource that was sent, such as `Observation/17`.' });

/** The form of a code that is of one rule-set version. */
export const versionedCodingSchema = z
  .strictObject({ system: textSchema, version: versionSchema, code: textSchema, display: textSchema })
  .meta({ description: 'A rule or a fact of a version, as a code.' });

/** The value that is told under a name: one key of these. */
const valueSchemas = [
  z.strictObject({ valueCode: textSchema }),
  z.strictObject({ valueString: textSchema }),
  z.strictObject({ valueBoolean: z.boolean() }),
  z.strictObject({ valueDateTime: timestampSchema }),
  z.strictObject({ valuePositiveInt: z.int().min(1) }),
  z.strictObject({ valueUri: z.string().regex(/^urn:uuid:/) }),
  z.strictObject({ valueReference: withinSchema }),
] as const;

const partSchema = z.union(valueSchemas.map((value) => value.extend({ name: textSchema })));

/** The form of an extension within another one: a name and one value. */
export const innerExtensionSchema = z.union(valueSchemas.map((value) => value.extend({ url: textSchema })));

/** The form of a parameter: a name, and one value or parts. */
export const parameterSchema = z.union([
  partSchema,
  z.strictObject({ name: textSchema, part: z.array(partSchema).min(1) }),
]);
