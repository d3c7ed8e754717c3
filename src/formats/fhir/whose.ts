import type { JsonObject } from '../../values/json.js';
import { isJsonObject } from '../../values/json.js';
import { objectAt, textAt, type Looked } from './look.js';
import type { Part, Records } from './records.js';

/** The patient whom all is about: how records may refer to it. */
export type Whose = { readonly id: string | null; readonly url: string | null };

/** Whether a record is of this patient; null where it does not say so in a form that can be told. */
export type IsOf = (resource: JsonObject) => boolean | null;

/** `Patient/17` of `https://ehr.example/fhir/Patient/17/_history/2`; null where it has no such end. */
const tailOf = (reference: string): string | null =>
  /(?:^|\/)([A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? null;

const isAbsolute = (reference: string): boolean => /^https?:\/\//.test(reference);

const versionless = (reference: string): string => reference.replace(/\/_history\/[^/]+$/, '');

/** Null where a reference is of a form by which nothing can be told, such as an identifier that did not come with the patient. */
const refersTo = (reference: string, { id, url }: Whose): boolean | null => {
  if (url !== null && versionless(reference) === url) return true;
  // Two servers may have patients of one id: where both addresses are whole, they must be the same.
  if (url !== null && isAbsolute(url) && isAbsolute(reference)) return false;
  const tail = tailOf(reference);
  return id === null || tail === null ? null : tail === `Patient/${id}`;
};

/** The reference of a record to whom it is of. Undefined where it has none. */
export const subjectOf = (resource: JsonObject): Looked<string> => {
  const key = Object.hasOwn(resource, 'patient') ? 'patient' : 'subject';
  const subject = objectAt(resource, key);
  if (subject === undefined || subject === null) return subject;
  return textAt(subject, 'reference') ?? null;
};

/** Whether a record is of a patient. */
export const isOf =
  (whose: Whose): IsOf =>
  (resource) => {
    const subject = subjectOf(resource);
    return typeof subject === 'string' ? refersTo(subject, whose) : null;
  };

/** A resource that is one, with its type. */
export const typeOf = (resource: Part['resource']): string | null =>
  isJsonObject(resource) ? (textAt(resource, 'resourceType') ?? null) : null;

const whoIs = ({ resource, fullUrl }: Part): Whose => ({
  id: isJsonObject(resource) ? (textAt(resource, 'id') ?? null) : null,
  url: fullUrl,
});

const subjectsIn = (parts: readonly Part[]): readonly string[] => [
  ...new Set(
    parts.flatMap(({ resource }) => {
      const subject = isJsonObject(resource) ? subjectOf(resource) : undefined;
      return typeof subject === 'string' ? [versionless(subject)] : [];
    }),
  ),
];

const fromReference = (reference: string): Whose => ({
  id: tailOf(reference)?.replace(/^Patient\//, '') ?? null,
  url: reference,
});

/**
 * The patient whom records are about: the one that the request names, else the one Patient among them, else the one that they all refer to.
 * @returns null where there may be several: then nothing can be said of any
 */
export const whoseAre = ({ patient, parts }: Records): Whose | null => {
  const patients = parts.filter(({ resource }) => typeOf(resource) === 'Patient').map(whoIs);
  if (patient !== null) return patients.find(({ id }) => id === patient) ?? { id: patient, url: null };
  if (patients.length > 1) return null;
  const named = patients.find(({ id, url }) => id !== null || url !== null);
  if (named !== undefined) return named;
  const subjects = subjectsIn(parts);
  if (subjects.length > 1) return null;
  const [subject] = subjects;
  return subject === undefined ? { id: null, url: null } : fromReference(subject);
};

const containedIn = (from: JsonObject, id: string): JsonObject | null => {
  const { contained } = from;
  if (!Array.isArray(contained)) return null;
  return contained.filter(isJsonObject).find((one) => one.id === id) ?? null;
};

/** Finds what references mean among the records that came. */
export const resolver = (
  parts: readonly Part[],
): ((reference: string, from: JsonObject) => JsonObject | null) => {
  const byName = new Map<string, JsonObject>();
  for (const { resource, fullUrl } of parts) {
    if (!isJsonObject(resource)) continue;
    const [type, id] = [typeOf(resource), textAt(resource, 'id')];
    if (fullUrl !== null) byName.set(fullUrl, resource);
    if (type !== null && typeof id === 'string') byName.set(`${type}/${id}`, resource);
  }
  return (reference, from) => {
    if (reference.startsWith('#')) return containedIn(from, reference.slice(1));
    const whole = versionless(reference);
    const tail = tailOf(reference);
    return byName.get(whole) ?? (tail === null ? undefined : byName.get(tail)) ?? null;
  };
};

const LONGEST_SUBJECT = 128;

/** How the patient of records is named with their decision, so that it is found again: `Patient/17`. Null where that cannot be told. */
export const namedPatient = (records: Records): string | null => {
  const id = whoseAre(records)?.id ?? null;
  const name = id === null ? '' : `Patient/${id}`;
  return name === '' || name.length > LONGEST_SUBJECT ? null : name;
};
