import type { LogReply, LogRequest } from './log-requests.js';
import type { KeyChecks } from './open-database.js';

/** What the thread of the log is told first: where the database is, the secret of its payloads, and by what it knows its keys. */
export type OpenLog = {
  readonly kind: 'open';
  readonly file: string;
  readonly secretHex: string;
  readonly checks: KeyChecks;
};

/** What the service says to the thread of the log. */
export type ToWorker =
  | OpenLog
  | { readonly kind: 'requests'; readonly batch: number; readonly requests: readonly LogRequest[] }
  | { readonly kind: 'close' };

/** What the thread of the log says to the service. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'replies'; readonly batch: number; readonly replies: readonly LogReply[] };
