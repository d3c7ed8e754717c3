import { z } from 'zod';
import { newSourceIdSchema } from './criterion-schema.js';
import { domainIdSchema, factSchema } from './fact-schema.js';
import { basisSchema, ruleSchema, scopeSchema } from './rule-schema.js';
import type { Domain, RuleSetBody, Source } from './rule-set.js';

/** The form of the id of a rule set. */
export const ruleSetIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** The form of a version: Semantic Versioning 2.0.0 without build metadata. */
export const versionSchema = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,32})?$/);

/** The form of an entry of the bibliography. */
export const sourceSchema: z.ZodType<Source> = z.strictObject({
  id: newSourceIdSchema,
  title: z.string().min(1),
  authors: z.string().min(1).exactOptional(),
  year: z.int().min(1900).max(2100).nullable(),
  publication: z.string().min(1).exactOptional(),
  url: z.url().exactOptional(),
  kind: z.enum(['guideline', 'label', 'literature', 'instrument', 'policy', 'regulator-notice']),
  basis: basisSchema,
  note: z.string().min(1).exactOptional(),
});

/** The form of a domain. */
export const domainSchema: z.ZodType<Domain> = z.strictObject({
  id: domainIdSchema,
  title: z.string().min(1),
  description: z.string().min(1),
});

/** What a rule set says of itself, apart from its facts, sources, domains and rules. */
export const ruleSetHeadShape = {
  id: ruleSetIdSchema,
  version: versionSchema,
  title: z.string().min(1),
  description: z.string().min(1),
  scope: scopeSchema,
};

/** The form of a whole rule-set version. */
export const ruleSetBodySchema: z.ZodType<RuleSetBody> = z.strictObject({
  ...ruleSetHeadShape,
  facts: z.array(factSchema).min(1),
  sources: z.array(sourceSchema).min(1),
  domains: z.array(domainSchema).min(1),
  rules: z.array(ruleSchema).min(1),
});
