import { z } from 'zod';
import { domainIdSchema, factSchema } from './fact-schema.js';
import { ruleShape, severitySchema } from './rule-schema.js';
import { ruleSetHeadShape, sourceSchema, versionSchema } from './rule-set-schema.js';

/** Editors find the schema of a file by this key; it is no part of the rule set. */
const withSchemaKey = { $schema: z.string().exactOptional() };

const caseSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['met', 'boundary', 'not-met', 'unknown']),
  asOf: z.string().exactOptional(),
  facts: z.record(z.string(), z.json()),
  expect: z.enum(['true', 'false', 'unknown']),
});

const coverageRowSchema = z.strictObject({
  finding: z.string().min(1),
  tier: z.enum(['absolute', 'relative', 'precaution', 'none', 'incomplete']),
  rules: z.array(z.string().min(1)),
  why: z.string().min(1).exactOptional(),
});

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const releaseEntrySchema = z.strictObject({
  version: versionSchema,
  sha256: sha256Schema,
  logicSha256: sha256Schema,
  releasedOn: z.iso.date(),
  supersedes: versionSchema.nullable(),
  step: z.enum(['first', 'major', 'minor', 'patch']),
});

/** The forms of the files that rules are written in, by kind of file. */
export const fileSchemas = {
  'rule-set': z.strictObject({
    ...withSchemaKey,
    ...ruleSetHeadShape,
    packs: z.array(domainIdSchema).min(1),
  }),
  facts: z.strictObject({ ...withSchemaKey, facts: z.array(factSchema).min(1) }),
  sources: z.strictObject({ ...withSchemaKey, sources: z.array(sourceSchema).min(1) }),
  pack: z.strictObject({
    ...withSchemaKey,
    domain: domainIdSchema,
    title: z.string().min(1),
    description: z.string().min(1),
    rules: z.array(z.string().min(1)).min(1),
  }),
  rule: z.strictObject({ ...withSchemaKey, ...ruleShape }),
  cases: z.strictObject({
    ...withSchemaKey,
    rule: z.string().min(1),
    severity: severitySchema,
    cases: z.array(caseSchema).min(1),
  }),
  coverage: z.strictObject({
    ...withSchemaKey,
    domain: domainIdSchema,
    rows: z.array(coverageRowSchema).min(1),
  }),
  releases: z.strictObject({
    ...withSchemaKey,
    releases: z.array(releaseEntrySchema).min(1),
  }),
} as const;

/** A case of a rule: facts as an intake sends them, and the truth that the rule must have on them. */
export type RuleCase = z.infer<typeof caseSchema>;

/** The cases beside a rule. */
export type RuleCases = z.infer<(typeof fileSchemas)['cases']>;

/** coverage/<domain>.json: each row of the evidence with the rules that answer it, or the reason why there is none. */
export type CoverageFile = z.infer<(typeof fileSchemas)['coverage']>;

/** What releases/index.json says of a release: its fingerprints, its day, and how much it differs from the one before it. */
export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;

/** The form of a kind of file. */
export type RuleFileSchema<T> = z.ZodType<T>;

/** rule-set.json */
export type RuleSetFile = z.infer<(typeof fileSchemas)['rule-set']>;

/** packs/<domain>/pack.json */
export type PackFile = z.infer<(typeof fileSchemas)['pack']>;

/** packs/<domain>/<rule>.json */
export type RuleFile = z.infer<(typeof fileSchemas)['rule']>;
