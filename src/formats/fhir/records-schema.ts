import { z } from 'zod';

/** The form of what a request of FHIR holds. Records are looked at one by one: what cannot be read in one counts as unknown. */
export const fhirRecordsSchema = z
  .looseObject({
    resourceType: z.enum(['Bundle', 'QuestionnaireResponse']),
  })
  .meta({
    description:
      'Resources of FHIR R4: a Bundle (collection, searchset or transaction) of the records of one patient, or a completed response to the questionnaire of this service. docs/fhir.md says what is read of each.',
  });
