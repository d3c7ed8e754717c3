import type { Issue } from './issue.js';

/** An expected outcome: a value, or every fault that stands in its way (at least one). Programming errors throw instead. */
export type Result<T, F = readonly Issue[]> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: F };

/** A successful outcome. */
export const success = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** A failed outcome with all its faults. */
export const failure = <F>(issues: F): { readonly ok: false; readonly issues: F } => ({ ok: false, issues });
