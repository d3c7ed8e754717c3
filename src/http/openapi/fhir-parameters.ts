import type { JsonObject } from '../../values/json.js';
import { referenceTo } from '../../formats/wire-schemas.js';

const ONLY = 'Only with `application/fhir+json`, whose body has no place for it.';

const inQuery = <Name extends string>(name: Name, description: string, schema: JsonObject) =>
  ({ name, in: 'query', description: `${description} ${ONLY}`, required: false, schema }) as const;

/** The query of a request whose body is FHIR: what a native intake holds beside its facts, and what is planned. */
export const FHIR_QUERY = {
  FhirAsOf: inQuery(
    'asOf',
    'The moment at which the records are judged; that of receipt where it is left out.',
    {
      type: 'string',
      format: 'date-time',
    },
  ),
  FhirRuleSet: inQuery('ruleSet', 'The rule set; the default one where it is left out.', {
    type: 'string',
    minLength: 1,
  }),
  FhirVersion: inQuery(
    'ruleSetVersion',
    'The version; the one in force where it is left out, or that of the questionnaire of a response.',
    {
      type: 'string',
      minLength: 1,
    },
  ),
  FhirRetrospective: inQuery('retrospective', 'True where `asOf` lies more than 24 hours back.', {
    type: 'boolean',
  }),
  FhirSupersedes: inQuery(
    'supersedes',
    'The id of an earlier decision that this one takes the place of.',
    referenceTo('Id'),
  ),
  FhirRoute: inQuery('route', 'How the treatment is to be given: an option of the fact `route`.', {
    type: 'string',
    minLength: 1,
  }),
  FhirPhase: inQuery('phase', 'When in the treatment the screening is made: an option of the fact `phase`.', {
    type: 'string',
    minLength: 1,
  }),
} as const;
