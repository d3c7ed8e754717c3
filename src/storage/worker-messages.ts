import type { LogReply, LogRequest } from './log-requests.js';

/** What the service says to the thread of the log. */
export type ToWorker =
  | { readonly kind: 'requests'; readonly batch: number; readonly requests: readonly LogRequest[] }
  | { readonly kind: 'close' };

/** What the thread of the log says to the service. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'replies'; readonly batch: number; readonly replies: readonly LogReply[] };
