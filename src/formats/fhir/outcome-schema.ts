import { z } from 'zod';
import { ISSUE_TYPES } from './issue-types.js';
import { OWN_SYSTEMS } from './own-names.js';

const text = z.string().min(1);

/** The form of one issue: a fault, a remark on the data, or a problem. */
export const outcomeIssueSchema = z
  .strictObject({
    severity: z
      .enum(['error', 'warning', 'information'])
      .meta({ description: 'An error stood in the way of an answer; nothing else did.' }),
    code: z.enum(ISSUE_TYPES).meta({ description: 'The kind of issue, in the words of FHIR.' }),
    details: z
      .strictObject({
        coding: z
          .array(
            z.strictObject({
              system: z.enum([OWN_SYSTEMS.fault, OWN_SYSTEMS.dataQuality, OWN_SYSTEMS.problem]),
              code: text.meta({
                description:
                  'The code of the fault, of the remark or of the problem, as native answers have it.',
              }),
            }),
          )
          .length(1),
        text: text.exactOptional(),
      })
      .meta({ description: 'The kind of issue, in the words of this service.' }),
    diagnostics: text.exactOptional().meta({
      description:
        'JSON Pointer (RFC 6901) to the place in what was sent; of a problem, what to do about it.',
    }),
    expression: z
      .array(text)
      .length(1)
      .exactOptional()
      .meta({ description: 'The same place as a FHIRPath, where it is one in a FHIR resource.' }),
  })
  .meta({
    description: 'One thing that was found (FHIR OperationOutcome.issue). No value that was sent is in it.',
  });

/** The form of an OperationOutcome. */
export const operationOutcomeSchema = z
  .strictObject({
    resourceType: z.literal('OperationOutcome'),
    issue: z.array(outcomeIssueSchema).min(1),
  })
  .meta({ description: 'A FHIR R4 OperationOutcome: what is wrong with a request, every fault at once.' });
