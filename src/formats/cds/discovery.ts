import type { JsonObject } from '../../values/json.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { templatesOf } from './templates.js';
import { HOOK_SERVICES } from './treatment.js';

/** The version of CDS Hooks that is spoken. */
const CDS_HOOKS = '2.0.0';

/** What is asked of a client beside the templates. */
const REQUIREMENTS =
  'Needs the Patient. What is not sent is asked of the FHIR server where the service may ask it; what else is missing counts as unknown and is named in the card. A page of a longer result counts as incomplete.';

/**
 * The discovery document: which hooks are answered, and what of the record is of use.
 * @param body the version in force: what it knows by a code of LOINC is asked for. Null where there is none that can be used: services stay listed
 */
export const discoveryOf = (body: RuleSetBody | null): JsonObject => ({
  services: HOOK_SERVICES.map(({ id, hook, title, description }) => ({
    id,
    hook,
    title,
    description,
    version: CDS_HOOKS,
    usageRequirements: REQUIREMENTS,
    prefetch: templatesOf(body),
  })),
});
