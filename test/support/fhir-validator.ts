import { Fhir } from 'fhir';
import type { JsonObject } from '../../src/values/json.js';

/** The definitions of R4 that the package brings with it: it asks no network. */
const fhir = new Fhir();

/**
 * What the offline validator (npm `fhir`) says is wrong with a resource by the definitions of R4: elements that there are not, those that are missing, codes
 * outside of required bindings, and lists that are none. It does not see what `fhirFormFaults` looks for, and no invariants.
 */
export const validatorFaults = (resource: JsonObject): readonly string[] =>
  fhir
    .validate(structuredClone(resource), { errorOnUnexpected: true })
    .messages.filter(({ severity }) => String(severity) === 'error' || String(severity) === 'fatal')
    .map(({ location, message }) => `${location ?? ''}: ${message ?? ''}`);
