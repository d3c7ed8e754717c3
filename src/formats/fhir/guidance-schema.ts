import { z } from 'zod';
import { idSchema, timestampSchema } from '../atom-schemas.js';
import * as contained from './contained-schemas.js';
import { innerExtensionSchema, sentReferenceSchema, textSchema, withinSchema } from './element-schemas.js';
import { OWN_EXTENSIONS } from './own-names.js';
import { codingSchema } from './questionnaire-schema.js';

const identifierSchema = z.strictObject({
  system: z.literal('urn:ietf:rfc:3986'),
  value: z
    .string()
    .regex(/^urn:uuid:/)
    .meta({ description: 'The id of the decision.' }),
});

const durationSchema = z.strictObject({
  value: z.number(),
  unit: textSchema,
  system: z.literal('http://unitsofmeasure.org'),
  code: z.enum(['wk', 'd', 'h', 'min']),
});

/** The form of a fact that is not known. */
export const dataRequirementSchema = z
  .strictObject({
    extension: z
      .array(
        z.strictObject({
          url: z.literal(OWN_EXTENSIONS.missing),
          extension: z.array(innerExtensionSchema).min(1),
        }),
      )
      .length(1)
      .meta({ description: 'What the native answer says of the fact, under the same names.' }),
    type: z.enum(['Observation', 'MedicationRequest', 'Condition', 'QuestionnaireResponse']).meta({
      description:
        'Records of which type could tell it. What only a person can tell is asked for as a QuestionnaireResponse.',
    }),
    codeFilter: z
      .array(z.strictObject({ path: z.enum(['code', 'medication']), code: z.array(codingSchema).min(1) }))
      .length(1)
      .exactOptional(),
    dateFilter: z
      .array(z.strictObject({ path: z.literal('effective'), valueDuration: durationSchema }))
      .length(1)
      .exactOptional(),
  })
  .meta({ description: 'A fact that is not known and matters (FHIR DataRequirement).' });

const containedSchema = z.discriminatedUnion('resourceType', [
  contained.engineSchema,
  contained.outputSchema,
  contained.remarksSchema,
  contained.detectedIssueSchema,
  contained.guidanceProvenanceSchema,
]);

/** The form of an answer in FHIR. */
export const guidanceSchema = z
  .strictObject({
    resourceType: z.literal('GuidanceResponse'),
    id: idSchema,
    contained: z.array(containedSchema).min(1),
    requestIdentifier: identifierSchema,
    identifier: z.array(identifierSchema).length(1),
    moduleCanonical: z
      .string()
      .regex(/^urn:ketamine-screening:rule-set:/)
      .meta({ description: 'The canonical name of the rule-set version that answered.' }),
    status: z.enum(['success', 'data-required']).meta({
      description: '`success` where the verdict is final, `data-required` where it is `incomplete`.',
    }),
    subject: sentReferenceSchema
      .exactOptional()
      .meta({ description: 'The patient; absent where no Patient resource was named.' }),
    occurrenceDateTime: timestampSchema,
    performer: withinSchema,
    note: z
      .array(z.strictObject({ text: textSchema }))
      .min(1)
      .meta({ description: 'The verdict in words, for whom it is, and how far it holds. Show them all.' }),
    evaluationMessage: z.array(withinSchema).length(1).exactOptional(),
    outputParameters: withinSchema,
    dataRequirement: z
      .array(dataRequirementSchema)
      .min(1)
      .exactOptional()
      .meta({ description: 'What to ask next, most important first.' }),
  })
  .meta({
    description:
      'A FHIR R4 GuidanceResponse: a decision, with all that it refers to contained in it. docs/fhir-answers.md says what stands where.',
  });
