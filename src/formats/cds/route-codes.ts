import type { JsonValue } from '../../values/json.js';
import { itemsOf, textOf } from './members.js';

/** The URI of SNOMED CT in FHIR. */
const SNOMED = 'http://snomed.info/sct';

/**
 * Routes of administration (SNOMED CT, below 284009009) that are the same as an option of the fact `route`. Few on purpose: a route that is only near to an
 * option stays unknown. So does 6064005, the topical route, which does not say that it is the skin; and 54471007, the cheek.
 */
const ROUTES: ReadonlyMap<string, string> = new Map([
  ['47625008', 'intravenous'],
  ['78421000', 'intramuscular'],
  ['34206005', 'subcutaneous'],
  ['46713006', 'intranasal'],
  ['37839007', 'sublingual'],
  ['26643006', 'oral'],
]);

/** What a dosage says of the route: an option of the fact, something that cannot be placed, or nothing. */
export type RouteSaid = { readonly option: string } | 'not-placed' | 'not-said';

/** The route of a dosage. Codings that name two routes, and words without a code, cannot be placed. */
export const routeIn = (dosage: JsonValue): RouteSaid => {
  const [concept] = itemsOf(dosage, 'route');
  if (concept === undefined) return 'not-said';
  const snomed = itemsOf(concept, 'coding').filter((coding) => textOf(coding, 'system') === SNOMED);
  const options = new Set(snomed.map((coding) => ROUTES.get(textOf(coding, 'code') ?? '') ?? null));
  const [option, ...others] = options;
  return option === undefined || option === null || others.length > 0 ? 'not-placed' : { option };
};
