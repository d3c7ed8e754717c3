import { codeHashOf } from '../log/code-hash.js';
import type { Instant } from '../values/instant.js';

/**
 * How long a clinic can fetch what a patient has handed over, in milliseconds: 14 days. Long enough to answer at home ahead of an
 * appointment; short enough that a code that was lost soon opens nothing, and that the answers still describe the patient.
 */
const LIFETIME_MS = 14 * 24 * 60 * 60_000;

/**
 * The moment from which an intake can no longer be fetched. It follows from the time of the entry, so that it is known even where the
 * payload has been erased.
 */
export const expiryOf = ({ epochMs, offsetMinutes }: Instant): Instant => ({
  epochMs: epochMs + LIFETIME_MS,
  offsetMinutes,
});

/** By what an intake is found: the hash of its code, as the code is read. The code itself stands in no index. */
export const lookupOf = (code: string): { readonly name: 'intake-code'; readonly value: string } => ({
  name: 'intake-code',
  value: codeHashOf(code),
});
