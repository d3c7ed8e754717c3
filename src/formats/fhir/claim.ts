import type { DataQuality, Provenance } from '../../screening/intake.js';
import type { FactValue, Reading } from '../../screening/facts.js';

/**
 * What one record says of a fact: a value, one code of a list, or one reading of a series. A value that is unknown says that there is a record
 * which may tell anything of the fact: it takes the place of no other, and what would reassure counts no more beside it.
 */
export type Said =
  | FactValue
  | { readonly kind: 'member'; readonly code: string }
  | { readonly kind: 'reading'; readonly reading: Reading };

/**
 * What one record says of a fact, and where it says so. `at` is the moment (milliseconds since 1970) to which a record speaks that a newer one takes the place of;
 * a claim without it stands beside all others.
 */
export type Claim = { readonly said: Said; readonly from: Provenance; readonly at?: number };

/** What was read of a part of a request: claims, remarks for a clinician, and codes that the dictionary cannot place. */
export type ClaimsRead = {
  readonly claims: readonly Claim[];
  readonly remarks: readonly DataQuality[];
  readonly unmapped: readonly string[];
};

/** Nothing was found. */
export const NOTHING_READ: ClaimsRead = { claims: [], remarks: [], unmapped: [] };

/** What was read of several parts, as one. */
export const joinRead = (reads: readonly ClaimsRead[]): ClaimsRead => ({
  claims: reads.flatMap(({ claims }) => claims),
  remarks: reads.flatMap(({ remarks }) => remarks),
  unmapped: reads.flatMap(({ unmapped }) => unmapped),
});
