import { z } from 'zod';
import { factIdSchema } from '../../rules/criterion-schema.js';
import { MAX_READINGS } from '../../rules/points.js';
import type { SENT_REASONS } from '../../screening/facts.js';
import { wordsOf } from '../words-of.js';
import { MAX_CODES } from './code-list.js';
import { envelopeShape } from './read-intake.js';

const SENT: Readonly<Record<(typeof SENT_REASONS)[number], string>> = {
  'asked-unknown': 'it was asked, and the patient does not know',
  declined: 'it was asked, and the patient would not say',
  unreadable: 'there is an answer, and it cannot be read',
  conflicting: 'there are answers that contradict each other',
};

/** The form of a fact that was asked and is unknown. */
export const askedUnknownSchema = z.strictObject({ unknown: wordsOf('Why it is not known.', SENT) }).meta({
  description: 'Asked, and unknown. What was not asked is left out, or null; it is never sent as `false`.',
});

/** The form of a number with its unit. */
export const quantitySchema = z
  .strictObject({
    value: z.number(),
    unit: z.string().min(1).meta({ description: 'A UCUM unit, of those that the dictionary accepts.' }),
  })
  .meta({
    description:
      'A number in a unit of its own. It is converted with factors that belong to the version, or refused; no unit is ever guessed.',
  });

const codeArray = z.array(z.string().min(1).max(128)).max(MAX_CODES);

/** The form of a code list that says whether it is complete. */
export const codeListSchema = z
  .strictObject({
    codes: codeArray,
    complete: z.boolean().meta({
      description:
        'Whether there are no others. In a list that is not complete, a code that is absent is unknown.',
    }),
    checked: codeArray.optional().meta({
      description:
        'Open lists only: further codes that someone has looked up, and that are none of the options nor a product that holds one. They do not make the list incomplete.',
    }),
  })
  .meta({ description: 'A set of codes. A bare array of codes is a complete one.' });

/** The form of one reading of a series. Which components it has says the dictionary. */
export const readingSchema = z
  .object({
    takenAt: z.string().meta({
      description:
        'When it was taken: an RFC 3339 timestamp with an offset, or YYYY-MM-DD, YYYY-MM, YYYY. Not after `asOf`.',
    }),
    unit: z
      .string()
      .exactOptional()
      .meta({ description: 'The UCUM unit of all components, where it is not that of the dictionary.' }),
  })
  .catchall(z.union([z.number(), z.string(), z.null()]))
  .meta({
    description:
      'A reading: its time, and a number for each component of the series (such as `systolic` and `diastolic`), null where it could not be read. A reading that cannot be read stays at its time, so that no older one takes its place.',
  });

/** The form of any fact that can be sent. Which of these a fact takes says its type in the dictionary. */
export const sentFactSchema = z
  .union([
    z.boolean(),
    z.number().meta({ description: 'A number in the unit that the dictionary fixes for the fact.' }),
    z.string().meta({ description: 'One of the codes of the fact, or a date: YYYY-MM-DD, YYYY-MM or YYYY.' }),
    quantitySchema,
    codeListSchema,
    codeArray.meta({ description: 'A complete list of codes.' }),
    z
      .array(readingSchema)
      .max(MAX_READINGS)
      .meta({ description: 'A series: readings over time, in any order.' }),
    askedUnknownSchema,
    z.null().meta({ description: 'Not asked, as if the fact were left out.' }),
  ])
  .meta({
    description:
      'What is known of one fact. `GET /intake/schema` says which of these forms each fact takes, with its question, its codes and its limits; anything else is a fault, and nothing is coerced.',
  });

/** The form of a native intake, whatever its version. The form under a version is `intakeSchema`. */
export const intakeRequestSchema = z
  .strictObject(envelopeShape)
  .partial()
  .extend({
    facts: z.record(factIdSchema, sentFactSchema).exactOptional().meta({
      description:
        'What is known, by fact id. A fact that is left out is not asked, and so unknown: never absent. An id that the version does not declare is a fault.',
    }),
  })
  .meta({
    description:
      'What is known of a patient, and the moment at which it is to be judged. Unknown keys are faults.',
  });
