import { z } from 'zod';
import { basisSchema } from '../../rules/rule-schema.js';
import { sha256Schema, timestampSchema } from '../atom-schemas.js';
import {
  innerExtensionSchema,
  parameterSchema,
  sentReferenceSchema,
  textSchema,
  versionedCodingSchema,
  withinSchema,
} from './element-schemas.js';
import { operationOutcomeSchema } from './outcome-schema.js';
import { OWN_EXTENSIONS, OWN_SYSTEMS } from './own-names.js';
import { CONTAINED } from './references.js';

/** The form of the engine that answered. */
export const engineSchema = z
  .strictObject({
    resourceType: z.literal('Device'),
    id: z.literal(CONTAINED.engine),
    deviceName: z.array(z.strictObject({ name: textSchema, type: z.literal('model-name') })).length(1),
    version: z
      .array(z.strictObject({ type: z.strictObject({ text: textSchema }), value: textSchema }))
      .length(2),
  })
  .meta({ description: 'The engine that answered, with its version and that of its rules (FHIR Device).' });

/** The form of what a machine reads of an answer. */
export const outputSchema = z
  .strictObject({
    resourceType: z.literal('Parameters'),
    id: z.literal(CONTAINED.output),
    parameter: z.array(parameterSchema).min(1),
  })
  .meta({
    description:
      'The verdict and what goes with it, under the names of the native answer (FHIR Parameters). docs/fhir-answers.md lists them.',
  });

/** The form of what was found in the data. */
export const remarksSchema = operationOutcomeSchema
  .extend({ id: z.literal(CONTAINED.dataQuality) })
  .meta({ description: 'What was found in the data (FHIR OperationOutcome).' });

const citedSchema = z.union([
  z.strictObject({
    url: z.enum([OWN_EXTENSIONS.citedLocator, OWN_EXTENSIONS.citedGrade]),
    valueString: textSchema,
  }),
  z.strictObject({ url: z.literal(OWN_EXTENSIONS.citedBasis), valueCode: basisSchema }),
]);

const issueExtensionSchema = z.union([
  z.strictObject({ url: z.literal(OWN_EXTENSIONS.domain), valueCode: textSchema }),
  z.strictObject({
    url: z.enum([OWN_EXTENSIONS.rationale, OWN_EXTENSIONS.action]),
    valueString: textSchema,
  }),
  z.strictObject({
    url: z.literal(OWN_EXTENSIONS.citation),
    valueRelatedArtifact: z.strictObject({
      extension: z.array(citedSchema).min(1),
      type: z.literal('citation'),
      label: textSchema.meta({ description: 'Id of the source.' }),
      display: textSchema.exactOptional().meta({ description: 'Title of the source.' }),
      citation: textSchema,
      url: z.url().exactOptional(),
    }),
  }),
]);

/** The form of a reason or a precaution. */
export const detectedIssueSchema = z
  .strictObject({
    resourceType: z.literal('DetectedIssue'),
    id: z.string().regex(/^(reason|precaution)-[1-9]\d*$/),
    extension: z.array(issueExtensionSchema).min(1),
    status: z.literal('final'),
    code: z.strictObject({ coding: z.array(versionedCodingSchema).length(1), text: textSchema }),
    severity: z.enum(['high', 'moderate', 'low']).meta({
      description: '`high` is absolute, `moderate` is relative, `low` is a precaution.',
    }),
    patient: sentReferenceSchema.exactOptional(),
    identifiedDateTime: timestampSchema,
    author: withinSchema,
    evidence: z
      .array(
        z.strictObject({
          code: z
            .array(z.strictObject({ coding: z.array(versionedCodingSchema).length(1), text: textSchema }))
            .length(1),
          detail: z.array(sentReferenceSchema).min(1).exactOptional(),
        }),
      )
      .min(1),
    detail: textSchema.meta({ description: 'What was found, for a clinician.' }),
    reference: z.url().exactOptional().meta({ description: 'The first source that has an address.' }),
  })
  .meta({ description: 'A rule that is true: a reason or a precaution (FHIR DetectedIssue).' });

const entitySchema = z.union([
  z.strictObject({
    role: z.literal('source'),
    what: z.strictObject({
      identifier: z.strictObject({ system: z.literal(OWN_SYSTEMS.ruleSetHash), value: sha256Schema }),
      display: textSchema,
    }),
  }),
  z.strictObject({
    extension: z
      .array(
        z.strictObject({
          url: z.literal(OWN_EXTENSIONS.origin),
          extension: z.array(innerExtensionSchema).min(1),
        }),
      )
      .length(1),
    role: z.literal('source'),
    what: z.union([sentReferenceSchema, z.strictObject({ display: textSchema })]),
  }),
]);

const agentSchema = z.strictObject({
  type: z.strictObject({
    coding: z
      .array(z.strictObject({ system: textSchema, code: z.literal('assembler'), display: textSchema }))
      .length(1),
  }),
  who: withinSchema,
});

/** The form of where an answer comes from. */
export const guidanceProvenanceSchema = z
  .strictObject({
    resourceType: z.literal('Provenance'),
    id: z.literal(CONTAINED.provenance),
    target: z.array(withinSchema).min(1),
    recorded: timestampSchema,
    agent: z.array(agentSchema).length(1),
    entity: z.array(entitySchema).min(1),
  })
  .meta({
    description:
      'By which version it was decided, and which fact was read of which record (FHIR Provenance).',
  });
