import { z } from 'zod';
import { criterionSchema, sourceIdSchema } from './criterion-schema.js';
import { domainIdSchema } from './fact-schema.js';
import type { Explained, Rule } from './rule.js';

const prose = z.string().min(1).max(2000);

/** The form of the basis of a citation or a source. */
export const basisSchema = z.enum(['seen', 'general-knowledge', 'policy', 'to-check']);

const citationSchema = z.strictObject({
  source: sourceIdSchema,
  locator: z
    .string()
    .min(1)
    .nullable()
    .meta({ description: 'Place in the source; null where it is not known' }),
  supports: prose,
  grade: z.string().min(1).exactOptional(),
  basis: basisSchema,
});

const explainedShape = {
  title: z.string().min(1).max(120),
  explanation: prose,
  rationale: prose,
  action: prose,
  criterion: criterionSchema,
  citations: z.array(citationSchema).min(1),
};

/** The form of the scope of a rule set. */
export const scopeSchema: z.ZodType<Explained> = z.strictObject(explainedShape);

/** The form of a severity. */
export const severitySchema = z.enum(['absolute', 'relative', 'precaution']);

/** The keys of a rule, in the order in which its file holds them. */
export const ruleShape = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  domain: domainIdSchema,
  severity: severitySchema,
  ...explainedShape,
  lastReviewDate: z.iso.date().nullable(),
  tags: z.array(z.string().min(1)),
};

/** The form of a rule. */
export const ruleSchema: z.ZodType<Rule> = z.strictObject(ruleShape);
