import type { JsonValue } from '../../values/json.js';
import type { DataQuality } from '../../screening/intake.js';

/** A resource as it came, not yet looked at: where it stands in the request, and under which URL others may refer to it. */
export type Part = {
  readonly resource: JsonValue;
  readonly pointer: string;
  readonly fullUrl: string | null;
};

/** A fact that a request says itself, beside its records, in the form of a native intake: the route of an order, the phase. */
export type Given = { readonly fact: string; readonly value: JsonValue; readonly pointer: string };

/**
 * All that came of one patient: from a Bundle, a QuestionnaireResponse or the prefetch of a hook. `patient` is the id of the Patient resource that the request
 * names, or null where it names none; then the records must agree on one.
 */
export type Records = {
  readonly patient: string | null;
  readonly parts: readonly Part[];
  readonly given: readonly Given[];
  /** What was found while the request was taken apart. */
  readonly remarks: readonly DataQuality[];
};
