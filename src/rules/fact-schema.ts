import { z } from 'zod';
import {
  criterionSchema,
  elapsedSchema,
  factIdSchema,
  newFactIdSchema,
  sourceIdSchema,
} from './criterion-schema.js';
import { derivationSchema } from './derivation-schema.js';
import { TERMINOLOGY_NAMES, type Fact } from './fact.js';

/** The form of the id of a domain. */
export const domainIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

const text = z.string().min(1).max(1000);

const componentNameSchema = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

const codeSchema = z.strictObject({
  system: z.enum(TERMINOLOGY_NAMES),
  code: z.string().min(1),
  display: z.string().min(1),
  status: z.enum(['seen', 'to-check']),
  match: z.enum(['exact', 'prefix']).exactOptional(),
  except: z.array(z.string().min(1)).exactOptional(),
  answer: z.string().min(1).max(128).exactOptional(),
  component: componentNameSchema.exactOptional(),
  limit: componentNameSchema.exactOptional(),
});

const describedShape = {
  id: newFactIdSchema,
  domain: domainIdSchema,
  about: z.enum(['patient', 'treatment']),
};

const askedShape = {
  ...describedShape,
  question: text,
  help: text.exactOptional(),
  detailOf: factIdSchema.exactOptional(),
  codes: z.array(codeSchema).exactOptional(),
  tense: z.enum(['ever', 'now']).exactOptional(),
  currentFor: elapsedSchema.exactOptional(),
};

const measuredShape = {
  unit: z.string().min(1),
  range: z.strictObject({ min: z.number(), max: z.number() }),
  integer: z.boolean().exactOptional(),
  alsoAccepts: z.record(z.string().min(1), z.number().positive()).exactOptional(),
};

const optionSchema = z.strictObject({ code: z.string().min(1).max(128), label: z.string().min(1) });

const contradictions = <Answer extends z.ZodType>(answer: Answer) =>
  z
    .array(z.strictObject({ answer, when: criterionSchema }))
    .min(1)
    .exactOptional();

/** The form of an entry of a fact dictionary, told apart by `type`. */
export const factSchema: z.ZodType<Fact> = z.discriminatedUnion('type', [
  z.strictObject({
    ...askedShape,
    type: z.literal('boolean'),
    gate: z.array(factIdSchema).min(1).exactOptional(),
    neverGated: z.literal(true).exactOptional(),
    contradictedBy: contradictions(z.boolean()),
  }),
  z.strictObject({ ...askedShape, ...measuredShape, type: z.literal('number') }),
  z.strictObject({
    ...askedShape,
    type: z.literal('code'),
    options: z.array(optionSchema).min(2),
    contradictedBy: contradictions(z.string().min(1).max(128)),
  }),
  z.strictObject({
    ...askedShape,
    type: z.literal('codeList'),
    open: z.boolean(),
    options: z.array(optionSchema).min(1),
  }),
  z.strictObject({ ...askedShape, type: z.literal('date') }),
  z.strictObject({
    ...askedShape,
    type: z.literal('series'),
    components: z.record(componentNameSchema, z.strictObject(measuredShape)),
    ordered: z.array(z.strictObject({ greater: z.string(), lesser: z.string() })).exactOptional(),
  }),
  z.strictObject({
    ...describedShape,
    type: z.literal('derived'),
    label: text,
    unit: z.string().min(1),
    derive: derivationSchema,
    source: sourceIdSchema,
  }),
]);
