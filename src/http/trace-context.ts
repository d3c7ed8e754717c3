import { randomBytes } from 'node:crypto';

/** The trace that a request belongs to, after W3C Trace Context. */
export type TraceContext = { readonly traceId: string; readonly header: string };

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/**
 * Carries a trace through: the same trace id, with a span of our own. A `traceparent` that is malformed, or not there, begins a new trace; it
 * is never an error.
 */
export const traceOf = (traceparent: string | undefined): TraceContext => {
  const match = TRACEPARENT.exec(traceparent ?? '');
  const traceId = match?.[1] ?? hex(16);
  return { traceId, header: `00-${traceId}-${hex(8)}-${match?.[2] ?? '00'}` };
};
