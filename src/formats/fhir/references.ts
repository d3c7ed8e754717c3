import type { JsonObject } from '../../values/json.js';

/** The ids of what an answer contains once. What it contains more than once has a number: a rule's own id could be one of these. */
export const CONTAINED = {
  dataQuality: 'data-quality',
  engine: 'engine',
  output: 'output',
  provenance: 'provenance',
} as const;

/** The id of the place of a reason, or of a precaution, in an answer. */
export const issueId = (kind: 'reason' | 'precaution', index: number): string =>
  `${kind}-${String(index + 1)}`;

/** A reference to what the same answer contains. */
export const within = (id: string): JsonObject => ({ reference: `#${id}` });

/** A reference to the answer itself, from what it contains. */
export const CONTAINER: JsonObject = { reference: '#' };

/** A relative reference to a resource on the server of whoever asked, with a version or without. */
const RELATIVE = /^([A-Z][A-Za-z]{1,63})\/[A-Za-z0-9\-.]{1,64}(\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** A reference to a resource that was sent, where its name is one that can be followed; else null. */
export const referenceOf = (name: string | undefined): JsonObject | null =>
  name !== undefined && RELATIVE.test(name) ? { reference: name } : null;

/**
 * A reference to the patient. A subject is opaque: only one that says that it is a Patient resource is taken for one, and none is ever made up.
 */
export const patientReference = (subject: string | undefined): JsonObject | null => {
  const reference = referenceOf(subject);
  return subject?.startsWith('Patient/') === true ? reference : null;
};
