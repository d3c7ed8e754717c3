import { z } from 'zod';
import { ruleSetBodySchema, ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import { APPROVAL_IN_WORDS, sha256Schema, timestampSchema } from '../atom-schemas.js';
import { wordsOf } from '../words-of.js';

const STATUSES: Readonly<Record<'draft' | 'active', string>> = {
  draft: 'a pre-release, whose body may still change',
  active: 'released; it never changes again',
};

/** The form of an approval of a version. */
export const approvalSchema = z
  .strictObject({
    by: z.string().meta({ description: 'Who approved it.' }),
    role: z.string().meta({ description: 'In which role.' }),
    on: z.iso.date().meta({ description: 'On which day.' }),
    at: timestampSchema,
  })
  .meta({
    description:
      'That a clinician of the site approved the version, bound to its SHA-256. `at` is when that was written to the log.',
  });

/** The form of a time in which a version was in force. */
const periodSchema = z
  .strictObject({
    from: timestampSchema,
    to: timestampSchema.nullable().meta({ description: 'Null where it still is.' }),
    by: z.string().nullable().meta({
      description: 'Who put it in force; null where the service did so at a start.',
    }),
    role: z.string().nullable().meta({ description: 'In which role.' }),
    reason: z.string().nullable().meta({ description: 'Why.' }),
  })
  .meta({ description: 'A time in which it was in force, and who put it there.' });

/** The form of where a version stands in its life. */
export const lifecycleSchema = z
  .strictObject({
    status: wordsOf('Whether it is released.', STATUSES),
    releasedOn: z.iso.date().nullable().meta({
      description: 'The day of its release; null of a draft.',
    }),
    registeredAt: timestampSchema.nullable().meta({
      description:
        'When the log first knew of it and kept its body: from then on it could decide. Null only until the log can be read again.',
    }),
    inForce: z.boolean().meta({
      description: 'Whether it is the version that screens where a request names none.',
    }),
    inForcePeriods: z
      .array(periodSchema)
      .meta({ description: 'When it was in force, in the order of the log; empty where it never was.' }),
    approvals: z.array(approvalSchema).meta({
      description: 'Who approved it, in the order of the log; empty where nobody has.',
    }),
  })
  .meta({ description: 'Where a version stands in its life. It is no part of what is hashed.' });

/** The form of a set in the list of sets. */
export const listedRuleSetSchema = z
  .strictObject({
    id: ruleSetIdSchema,
    title: z.string(),
    inForce: z
      .strictObject({
        version: versionSchema,
        sha256: sha256Schema,
        approval: z.string().meta({ description: APPROVAL_IN_WORDS }),
      })
      .nullable()
      .meta({ description: 'The version in force; null where none is.' }),
    versions: z.array(versionSchema).meta({ description: 'All versions, oldest first.' }),
  })
  .meta({ description: 'A rule set with its version in force and the names of all its versions.' });

/** The form of the list of sets. */
export const ruleSetListSchema = z
  .strictObject({ items: z.array(listedRuleSetSchema) })
  .meta({ description: 'The rule sets that are loaded.' });

/** The form of a version without its body. */
export const versionSummarySchema = z
  .strictObject({
    id: ruleSetIdSchema,
    version: versionSchema,
    sha256: sha256Schema,
    lifecycle: lifecycleSchema,
  })
  .meta({ description: 'A version by its name and fingerprint.' });

/** The form of the list of versions. */
export const versionListSchema = z
  .strictObject({ items: z.array(versionSummarySchema) })
  .meta({ description: 'The versions of one rule set, oldest first.' });

/** The form of a version as it is served whole. */
export const ruleSetVersionSchema = z
  .strictObject({
    body: ruleSetBodySchema,
    sha256: sha256Schema,
    lifecycle: lifecycleSchema,
  })
  .meta({
    description:
      'A version whole: the body as it was hashed, its fingerprint, and where it stands in its life.',
  });
