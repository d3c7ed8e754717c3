import { z } from 'zod';
import { SHOWN_CODE_PATTERN } from '../../values/intake-code.js';
import { timestampSchema } from '../atom-schemas.js';
import { questionsShape, ruleSetReferenceSchema } from './answer-schema.js';
import { intakeRequestSchema } from './request-schema.js';

/** The form of a code under which an intake can be fetched. */
export const intakeCodeSchema = z.string().regex(SHOWN_CODE_PATTERN).meta({
  description:
    'A code of 60 random bits in the letters and digits of base 32 after Crockford. Whoever has it can fetch the answers: treat it like a password.',
});

const receiptShape = {
  receivedAt: timestampSchema.meta({ description: 'The moment of receipt.' }),
  expiresAt: timestampSchema.meta({
    description: 'From this moment on the intake cannot be fetched any more: 14 days after receipt.',
  }),
  ruleSet: ruleSetReferenceSchema.meta({
    description: 'The rule-set version that the intake was checked under at receipt.',
  }),
};

/** The form of the answer to an intake that was handed over. */
export const handoverSchema = z
  .strictObject({
    code: intakeCodeSchema,
    ...receiptShape,
    openQuestions: z
      .int()
      .min(0)
      .meta({ description: 'How many questions are still open: the length of `missing`.' }),
    ...questionsShape,
  })
  .meta({
    description:
      'The code to give to the patient, and what is still to be asked. It gives no verdict and no reasons: these are for the clinic.',
  });

/** The form of an intake as the clinic fetches it. */
export const handedOverIntakeSchema = z
  .strictObject({
    ...receiptShape,
    intake: intakeRequestSchema.meta({
      description: 'The answers as they were received. `POST /screen` takes them as they are.',
    }),
  })
  .meta({ description: 'What a patient has handed over.' });
