import { z } from 'zod';
import { factIdSchema } from '../../rules/criterion-schema.js';
import { ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import type { DataQualityCode } from '../../screening/intake.js';
import type { Outcome, Verdict } from '../../screening/decide.js';
import type { Truth } from '../../values/truth.js';
import { APPROVAL_IN_WORDS, idSchema, sha256Schema, timestampSchema } from '../atom-schemas.js';
import { resolutionSchema } from '../resolution/resolution-schema.js';
import { wordsOf } from '../words-of.js';
import { envelopeShape } from './read-intake.js';
import { missingSchema } from './missing-schema.js';
import { reasonSchema, ruleIdSchema, severitySchema } from './reason-schema.js';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  eligible: 'no rule objects',
  review: 'a clinician must weigh something',
  ineligible: 'a contraindication is known',
};

/** What each verdict means, in words. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  eligible: 'every rule that could object is known not to apply',
  review: 'a clinician must weigh something, and nothing that is unknown could change that',
  incomplete: 'something that is unknown could still change the verdict: `missing` says what to ask',
  ineligible: 'a contraindication is known, whatever else becomes known',
};

const TRUTHS: Readonly<Record<Truth, string>> = {
  true: 'the rule applies',
  false: 'the rule is known not to apply',
  unknown: 'it cannot be told from what was sent; this is never taken for `false`',
};

const QUALITIES: Readonly<Record<DataQualityCode, string>> = {
  'duplicate-reading': 'one reading was sent more than once, and counts once',
  'conflicting-readings': 'readings of one time differ; what they do not agree on counts as unknown',
  'unplaced-code': 'a code that this version cannot place; the list counts as incomplete',
  unreadable: 'a record cannot be read; what it may be about counts as unknown',
  'not-understood':
    'a record says that it means something else than it seems to, in a way that is not known here; what it is about counts as unknown',
  'other-patient': 'a record is of another patient, and was not used',
  withdrawn: 'a record was entered in error or cancelled, and was not used',
  'ruled-out': 'a record says that something was ruled out; that answers no question',
  suspected: 'a record tells of a suspicion; what it is about counts as unknown',
  over: 'a record tells of something that is over; the question is about now',
  uncoded: 'a record has words and no code; it can raise a question and settle none',
  stale: 'a record is too old for the question',
  'no-answer': 'a record says that there is no value, and why',
  'not-final': 'a result is not final, and counts as unknown',
  'cut-off': 'a search result has more pages than were sent; what is missing in it is not known to be absent',
  'conflicting-sources':
    'records disagree; what is worse for the verdict counts, or nothing where that cannot be told',
  contradiction: 'two facts cannot both be true; what reassures was set aside',
  'unknown-question': 'an answer to a question that this version does not ask',
  'hidden-answer': 'an answer to a question that was not to be shown; it was not used',
  deceased: 'the record says that the patient has died',
};

/** The form of a verdict. */
export const verdictSchema = wordsOf('The verdict. It is final unless it is `incomplete`.', VERDICTS);

/** The form of an outcome: a verdict that nothing can change. */
export const outcomeSchema = wordsOf('An outcome, mildest first.', OUTCOMES);

/** The form of the truth of a rule. */
export const truthSchema = wordsOf('The truth of a rule for this patient, in three values.', TRUTHS);

/** The form of the bounds of a verdict. */
export const boundsSchema = z
  .strictObject({
    floor: outcomeSchema.meta({ description: 'The worst outcome among the rules that are true.' }),
    ceiling: outcomeSchema.meta({
      description: 'The worst outcome among the rules that are true or unknown.',
    }),
  })
  .meta({
    description:
      'The mildest and the worst verdict that the facts still allow. Where both are the same it is the verdict, and final.',
  });

/** The form of a remark on the data. */
export const dataQualitySchema = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON Pointer to the place in the intake.' }),
    code: wordsOf('What was found.', QUALITIES),
    detail: z.string(),
  })
  .meta({
    description:
      'Something about the data that a clinician should know, and that is no fault of the request.',
  });

/** The form of where a fact comes from. */
export const provenanceSchema = z
  .strictObject({
    fact: factIdSchema,
    pointer: z.string().meta({ description: 'JSON Pointer to the element in the request.' }),
    resource: z
      .string()
      .exactOptional()
      .meta({ description: 'The resource that it is of, such as `Observation/17`.' }),
  })
  .meta({ description: 'Where a fact comes from.' });

/** The form of the name of the version that answered. */
export const ruleSetReferenceSchema = z
  .strictObject({
    id: ruleSetIdSchema,
    version: versionSchema,
    sha256: sha256Schema,
    approval: z.string().meta({
      description: `${APPROVAL_IN_WORDS} As it stood when the answer was made: an approval changes no earlier answer.`,
    }),
  })
  .meta({
    description:
      'The rule-set version that answered. The same version, facts and `asOf` give the same answer, but for `approval`, which tells what the log knew by then.',
  });

const list = <T extends z.ZodType>(item: T, description: string): z.ZodArray<T> =>
  z.array(item).meta({ description });

const answerShape = {
  id: idSchema.meta({ description: 'The id of the decision: `GET /decisions/{id}` finds it again.' }),
  subject: envelopeShape.subject
    .exactOptional()
    .meta({ description: 'As it was sent; absent where it was not.' }),
  supersedes: z
    .uuid()
    .exactOptional()
    .meta({ description: 'The earlier decision that this one takes the place of, as it was sent.' }),
  verdict: verdictSchema,
  bounds: boundsSchema,
  reasons: list(
    reasonSchema,
    'Every absolute or relative rule that is true, worst first, then in rule order. A rule that is unknown is not among them.',
  ),
  precautions: list(
    reasonSchema,
    'Every precaution that is true, in rule order. They never change the verdict.',
  ),
  missing: list(
    missingSchema,
    'What to ask next, most important first. It is empty exactly when the verdict is final.',
  ),
  alsoUseful: list(
    missingSchema,
    'Facts that could only add reasons or precautions. They never stand in the way of a verdict.',
  ),
  undetermined: list(ruleIdSchema, 'The rules that could not be decided, in rule order.'),
  dataQuality: list(dataQualitySchema, 'What was found in the data.'),
  unmapped: list(
    z.string(),
    'Codes that the version cannot place, each once, sorted. Their lists count as incomplete.',
  ),
  provenance: list(
    provenanceSchema,
    'Where each fact comes from, in the order of the dictionary. Only where an EHR sent records and no facts.',
  ).exactOptional(),
  validUntil: timestampSchema.nullable().meta({
    description:
      'The earliest moment after `asOf` at which the same facts give another verdict or other bounds, because a reading goes out of date or a period ends. Null where there is none.',
  }),
  expired: z.boolean().meta({ description: 'Whether `validUntil` had passed when this was evaluated.' }),
  retrospective: z.boolean().meta({ description: 'As it was sent; false where it was not.' }),
  ruleSet: ruleSetReferenceSchema,
  engine: z
    .string()
    .meta({ description: 'Version of the engine, apart from that of the rules and of this API.' }),
  notice: z
    .string()
    .meta({ description: 'For whom the answer is, and what it is not. Show it with every verdict.' }),
  asOf: timestampSchema.meta({ description: 'The moment at which the facts were judged.' }),
  evaluatedAt: timestampSchema.meta({ description: 'The moment of receipt.' }),
};

/** The form of an answer. */
export const answerSchema = z.strictObject(answerShape).meta({
  description:
    'A decision. It was written to the decision log before it was sent. The same version, facts and `asOf` give the same answer but for `id`, `evaluatedAt` and `expired`.',
});

/** The form of a rule with its truth. */
export const findingSchema = z
  .strictObject({ rule: ruleIdSchema, severity: severitySchema, truth: truthSchema })
  .meta({ description: 'One rule, evaluated on this patient.' });

/** The form of a stored decision: the answer as it was sent, every rule with its truth, what clinicians decided on it, and what took its place. */
export const storedDecisionSchema = z
  .strictObject({
    ...answerShape,
    findings: list(
      findingSchema,
      'Every rule of the version in rule order, so that an `eligible` verdict can be checked too.',
    ),
    resolutions: list(resolutionSchema, 'What clinicians decided on it since, oldest first.'),
    supersededBy: list(
      idSchema,
      'The ids of the decisions that were made in place of this one, oldest first: those whose intake named it under `supersedes`. Where there are none, none has taken its place.',
    ),
  })
  .meta({
    description: 'A decision as it was stored: the answer as it was sent, and every rule with its truth.',
  });

/** What to ask next, key by key: the same in every answer that says it. */
export const questionsShape = { missing: answerShape.missing, alsoUseful: answerShape.alsoUseful } as const;

/** The form of what to ask next. */
export const nextQuestionsSchema = z
  .strictObject({ ...questionsShape, ruleSet: ruleSetReferenceSchema, asOf: answerShape.asOf })
  .meta({
    description: 'What to ask next, for the facts so far. It gives no verdict, and nothing is stored.',
  });
