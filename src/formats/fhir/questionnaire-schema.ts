import { z } from 'zod';
import { versionSchema } from '../../rules/rule-set-schema.js';
import { sha256Schema } from '../atom-schemas.js';
import { EXTENSION_URLS } from './extension.js';

const text = z.string().min(1);

/** The form of a code of a system. */
export const codingSchema = z
  .strictObject({
    system: text.meta({ description: 'The URI of the system.' }),
    code: text,
    display: text.meta({ description: 'What a person reads.' }),
  })
  .meta({ description: 'A code of a system (FHIR Coding).' });

/** The form of an extension: a URL that is known, and one value. */
const extensionSchema = z.union([
  z.strictObject({
    url: z.literal(EXTENSION_URLS.itemControl),
    valueCodeableConcept: z.strictObject({ coding: z.array(codingSchema).length(1) }),
  }),
  z.strictObject({
    url: z.enum([EXTENSION_URLS.unit, EXTENSION_URLS.unitOption]),
    valueCoding: codingSchema,
  }),
  z.strictObject({
    url: z.enum([EXTENSION_URLS.maxOccurs, EXTENSION_URLS.minValue, EXTENSION_URLS.maxValue]),
    valueInteger: z.int32(),
  }),
  z.strictObject({
    url: z.enum([EXTENSION_URLS.minValue, EXTENSION_URLS.maxValue]),
    valueDecimal: z.number(),
  }),
]);

const question = text.meta({ description: 'The `linkId` of the question whose answer decides.' });

const conditionSchema = z.union([
  z.strictObject({ question, operator: z.literal('exists'), answerBoolean: z.boolean() }),
  z.strictObject({ question, operator: z.literal('!='), answerCoding: codingSchema }),
]);

const ITEM_TYPES = [
  'group',
  'display',
  'choice',
  'open-choice',
  'decimal',
  'integer',
  'quantity',
  'date',
  'dateTime',
] as const;

/** The form of an item: a question, a group of items, or words that are shown. */
export const questionnaireItemSchema = z
  .strictObject({
    linkId: text.meta({
      description:
        'The id of the fact, for its question. Other items have a dot or a colon in it, which no id of a fact has.',
    }),
    extension: z.array(extensionSchema).min(1).exactOptional(),
    code: z
      .array(codingSchema)
      .min(1)
      .exactOptional()
      .meta({ description: 'The codes under which an EHR may hold the answer.' }),
    text,
    type: z.enum(ITEM_TYPES),
    enableWhen: z
      .array(conditionSchema)
      .min(1)
      .exactOptional()
      .meta({ description: 'Under which conditions the item is shown; always where there are none.' }),
    enableBehavior: z.enum(['all', 'any']).exactOptional(),
    repeats: z.literal(true).exactOptional(),
    answerOption: z
      .array(z.strictObject({ valueCoding: codingSchema }))
      .min(1)
      .exactOptional(),
    get item() {
      return z.array(questionnaireItemSchema).min(1).exactOptional();
    },
  })
  .meta({ description: 'A question, a group of items, or words that are shown (FHIR Questionnaire.item).' });

/** The form of the questionnaire of a version. */
export const questionnaireSchema = z
  .strictObject({
    resourceType: z.literal('Questionnaire'),
    url: text.meta({
      description: 'The canonical URL of the questionnaire of this rule set, in all versions.',
    }),
    identifier: z
      .array(
        z.strictObject({ system: z.literal('urn:ketamine-screening:rule-set-sha256'), value: sha256Schema }),
      )
      .length(1)
      .meta({ description: 'The fingerprint of the rule-set version that the questions are made from.' }),
    version: versionSchema,
    name: z.string().regex(/^[A-Z][A-Za-z0-9]*$/),
    title: text,
    status: z.enum(['draft', 'active']),
    subjectType: z.array(z.literal('Patient')).length(1),
    description: text,
    purpose: text,
    item: z.array(questionnaireItemSchema).min(1),
  })
  .meta({
    description:
      'A FHIR R4 Questionnaire: what a version asks, in an order fit to be asked. docs/questionnaire.md says what each answer means as a fact of an intake.',
  });
