import { z } from 'zod';
import { idSchema, sha256Schema, timestampSchema } from '../atom-schemas.js';
import { verdictSchema } from '../intake/answer-schema.js';
import { DECISION_EXTENSION } from './write-cards.js';

const filled = z.string().min(1);

/** The form of the discovery document. */
export const discoverySchema = z
  .strictObject({
    services: z.array(
      z.strictObject({
        id: filled.meta({ description: 'It is called at `/cds-services/{id}`.' }),
        hook: filled,
        title: filled,
        description: filled,
        version: filled.meta({ description: 'The version of CDS Hooks that is spoken.' }),
        usageRequirements: filled,
        prefetch: z
          .record(z.string(), filled)
          .meta({ description: 'What of the record is of use, as templates of FHIR searches.' }),
      }),
    ),
  })
  .meta({ description: 'The CDS services that there are (CDS Hooks 2.0).' });

/** The form of a call of a hook, as far as it is looked at. What else it holds is passed over. */
export const hookRequestSchema = z
  .looseObject({
    hook: filled.meta({ description: 'The hook of the service.' }),
    hookInstance: filled.meta({ description: 'A UUID that names this call.' }),
    fhirServer: filled.exactOptional().meta({
      description:
        'The base address of the FHIR server of the EHR. It is asked for what the prefetch lacks where `FHIR_SERVERS` lists it.',
    }),
    fhirAuthorization: z
      .looseObject({})
      .exactOptional()
      .meta({ description: 'The token for that server. It is sent nowhere else, and not kept.' }),
    context: z
      .looseObject({
        userId: filled,
        patientId: filled.meta({ description: 'The id of the Patient; `Patient/x` is taken too.' }),
        draftOrders: z
          .looseObject({ resourceType: z.literal('Bundle') })
          .exactOptional()
          .meta({ description: 'The orders, as a Bundle; for `order-select` and `order-sign`.' }),
        selections: z
          .array(z.unknown())
          .exactOptional()
          .meta({ description: 'For `order-select`. Every draft order is looked at, chosen or not.' }),
      })
      .meta({ description: 'What the hook is about.' }),
    prefetch: z
      .looseObject({})
      .nullable()
      .exactOptional()
      .meta({ description: 'Resources and Bundles of FHIR R4, by any keys; null is nothing on file.' }),
  })
  .meta({ description: 'A call of a hook (CDS Hooks 2.0).' });

const codingSchema = z.strictObject({ system: filled, code: filled, display: filled });

const linkSchema = z.strictObject({ label: filled, url: z.url(), type: z.literal('absolute') });

const decisionShownSchema = z
  .strictObject({
    id: idSchema,
    verdict: verdictSchema,
    ruleSet: z.strictObject({ id: filled, version: filled, sha256: sha256Schema }),
    validUntil: timestampSchema.exactOptional(),
  })
  .meta({ description: 'The decision that the card tells of.' });

/** The form of a card. */
export const cardSchema = z
  .strictObject({
    uuid: z
      .uuid()
      .exactOptional()
      .meta({ description: 'Names the card in feedback. Absent where nothing was decided.' }),
    summary: filled.max(139),
    indicator: z.enum(['info', 'warning', 'critical']),
    detail: filled.meta({ description: 'GitHub-flavoured Markdown, without HTML.' }),
    source: z.strictObject({ label: filled, url: z.url().exactOptional(), topic: codingSchema }),
    overrideReasons: z.array(codingSchema).min(1).exactOptional(),
    links: z.array(linkSchema).min(1).exactOptional(),
    extension: z.strictObject({ [DECISION_EXTENSION]: decisionShownSchema }).exactOptional(),
  })
  .meta({ description: 'What a clinician is shown.' });

/** The form of the answer to a hook. */
export const hookAnswerSchema = z
  .strictObject({ cards: z.array(cardSchema) })
  .meta({ description: 'The cards; none where nothing that was sent is about the treatment.' });
