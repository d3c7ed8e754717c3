import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { isList, textOf, typeOf } from './members.js';
import type { HookCall } from './read-hook.js';

/** Elements that name a person or hold free prose, and that no rule looks at, whatever resource they are of. */
const PROSE: ReadonlySet<string> = new Set(['address', 'contact', 'note', 'photo', 'telecom', 'text']);

/** What the record of a patient has beside. */
const NAMES: ReadonlySet<string> = new Set(['communication', 'identifier', 'name']);

/** People beside the patient: nothing of them is kept but their place. */
const PEOPLE: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'RelatedPerson']);

const keptMembers = (resource: JsonObject): JsonObject => {
  const type = typeOf(resource);
  if (type !== null && PEOPLE.has(type)) return { resourceType: type };
  return Object.fromEntries(
    Object.entries(resource).flatMap(([key, value]) =>
      PROSE.has(key) || (type === 'Patient' && NAMES.has(key)) ? [] : [[key, kept(value)] as const],
    ),
  );
};

/** A reference to a person is kept without the name that stands beside it. */
const isReferenceToPerson = (value: JsonObject): boolean =>
  /(?:^|\/)(?:Patient|Practitioner|PractitionerRole|RelatedPerson)\//.test(textOf(value, 'reference') ?? '');

const isDropped = (key: string, value: JsonObject): boolean =>
  key === 'note' || (key === 'display' && isReferenceToPerson(value));

/** A resource without what names people. The words of a concept are kept: they are what was judged. */
const kept = (value: JsonValue): JsonValue => {
  if (isList(value)) return value.map(kept);
  if (!isJsonObject(value)) return value;
  if (typeOf(value) !== null) return keptMembers(value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      isDropped(key, value) ? [] : [[key, kept(member)] as const],
    ),
  );
};

/** Where a kept call says which keys of its prefetch were asked of the FHIR server of the EHR. What a client sends as `extension` is not kept. */
const FETCHED = 'org.ketamine-screening.fetched';

/**
 * What of a call is kept with the decision: its context and its resources, each at the place where it stood, so that every pointer of the answer still leads to
 * it. What was fetched stands where the client would have sent it.
 * INVARIANT: the token of the EHR is not in it, nor the address of the EHR, nor any element that only names a person.
 */
export const keptRequest = ({ received, fetched }: Pick<HookCall, 'received' | 'fetched'>): JsonObject => ({
  ...Object.fromEntries(
    Object.entries(received).flatMap(([key, value]) =>
      key === 'fhirAuthorization' || key === 'fhirServer' || key === 'extension'
        ? []
        : [[key, kept(value)] as const],
    ),
  ),
  ...(fetched.length === 0 ? {} : { extension: { [FETCHED]: fetched.toSorted() } }),
});
