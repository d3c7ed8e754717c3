import type { Instant } from '../../values/instant.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { DataQuality, DataQualityCode, Provenance } from '../../screening/intake.js';
import type { JsonObject } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { FactCodes } from './fact-codes.js';
import type { Products } from './products.js';

/** What a record is read under: the version, the moment at which the facts are judged, codes and products, and the other records. */
export type Under = {
  readonly body: RuleSetBody;
  readonly asOf: Instant;
  readonly codes: FactCodes;
  readonly products: Products;
  /** The resource that a reference of a resource means: one that it contains, or another that came with it. Null where it did not come. */
  readonly resolve: (reference: string, from: JsonObject) => JsonObject | null;
};

/** A resource of this patient, with its place. */
export type PatientRecord = {
  readonly type: string;
  readonly json: JsonObject;
  readonly pointer: string;
  /** Such as `Observation/17`; only its type where it has no id. */
  readonly name: string;
};

/** Where a record says something of a fact: at an element of it, or as a whole. */
export const placeIn = (record: PatientRecord, fact: string, element: string | null = null): Provenance => ({
  fact,
  pointer: element === null ? record.pointer : pointerTo(record.pointer, element),
  resource: record.name,
});

/** A remark on a record. */
export const remarkOn = (
  record: Pick<PatientRecord, 'pointer'>,
  code: DataQualityCode,
  detail: string,
): DataQuality => ({ pointer: record.pointer, code, detail });
