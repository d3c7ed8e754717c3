import { z } from 'zod';
import { factIdSchema, sourceIdSchema } from '../../rules/criterion-schema.js';
import type { Severity } from '../../rules/rule.js';
import { basisSchema } from '../../rules/rule-schema.js';
import { wordsOf } from '../words-of.js';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  absolute: 'contraindicated; where it is true the verdict is `ineligible`',
  relative: 'a clinician must weigh it; where it is true the verdict is `review` at least',
  precaution: 'treatment is possible, with care; it never changes the verdict',
};

/** The form of a severity. */
export const severitySchema = wordsOf('How much a rule weighs.', SEVERITIES);

/** The form of the id of a rule in an answer. */
export const ruleIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .meta({
    description:
      'Id of a rule, in kebab-case; it is never used again for another one. `outside-scope` is the rule that the scope of the set makes.',
  });

/** The form of a number that may be known only as a range. */
export const numberShownSchema = z
  .union([z.number(), z.strictObject({ low: z.number(), high: z.number() })])
  .meta({ description: 'A number, or the two ends between which it lies.' });

/** The form of the derived number that a test looked at. */
export const derivedNumberSchema = z
  .strictObject({
    fact: factIdSchema,
    value: numberShownSchema,
    unit: z.string().meta({ description: 'UCUM unit of the number; `1` where it has none.' }),
  })
  .meta({
    description: 'A number that was computed from facts (a mean, a score, a ratio) and is never sent itself.',
  });

/** The form of one piece of evidence. */
export const evidenceSchema = z
  .strictObject({
    fact: factIdSchema.meta({ description: 'The fact that was looked at.' }),
    pointer: z.string().meta({
      description:
        'JSON Pointer (RFC 6901) to the place in the intake: to the fact, or to the gate that settled it.',
    }),
    value: z.union([z.boolean(), numberShownSchema, z.string(), z.array(z.string())]).meta({
      description:
        'What was used of the fact: yes or no, a number in `unit`, a code, a date, a list of codes; of a series the number that was made of its readings.',
    }),
    unit: z
      .string()
      .exactOptional()
      .meta({ description: 'UCUM unit of `value`, where it is a measured number.' }),
    test: z.string().meta({
      description:
        'The test that the value met, as the rule has it: `mean systolic of the latest sitting >= 160`.',
    }),
    derived: derivedNumberSchema
      .exactOptional()
      .meta({ description: 'The derived number that was tested, where the fact is only a part of it.' }),
    settledBy: factIdSchema.exactOptional().meta({
      description: 'The general question whose "no" settled this particular one, which was not sent.',
    }),
  })
  .meta({
    description: 'What made a rule true: a fact, the value that was used of it, and the test that it met.',
  });

/** The form of a citation in an answer: the place, and the source that it is a place of. */
export const citationSchema = z
  .strictObject({
    source: sourceIdSchema,
    title: z.string().meta({ description: 'Title of the source.' }),
    year: z.int().nullable().meta({ description: 'Year of the source; null where it is not known.' }),
    locator: z.string().nullable().meta({
      description: 'The place in the source; null where it is not known, for none is ever made up.',
    }),
    url: z
      .url()
      .exactOptional()
      .meta({ description: 'Where the source can be read, as far as that is known.' }),
    supports: z.string().meta({ description: 'What of the rule the source supports, in our own words.' }),
    grade: z
      .string()
      .exactOptional()
      .meta({ description: 'Grade of the evidence, where the source gives one; in its own terms.' }),
    basis: basisSchema,
  })
  .meta({ description: 'Who says so, and where. It is told how far the citation can be trusted.' });

/** The form of a reason: a rule that is true, in words, with what made it so and who says so. */
export const reasonSchema = z
  .strictObject({
    rule: ruleIdSchema,
    domain: z.string().meta({ description: 'Id of the domain of the rule; `scope` for `outside-scope`.' }),
    severity: severitySchema,
    title: z.string().meta({ description: 'The rule in a few words.' }),
    explanation: z.string().meta({ description: 'What was found, for a clinician.' }),
    rationale: z.string().meta({ description: 'Why the rule is as it is, and where sources differ.' }),
    action: z.string().meta({ description: 'What to consider doing.' }),
    evidence: z.array(evidenceSchema).min(1),
    citations: z.array(citationSchema).min(1),
  })
  .meta({ description: 'A rule that is true.' });
