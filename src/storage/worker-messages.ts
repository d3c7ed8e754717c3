import type { LogReply, LogRequest } from './log-requests.js';
import type { KeyChecks } from './open-database.js';

/** What the thread of the log is started with: where the database is, the secret of its payloads, and by what it knows its keys. */
export type WorkerStart = { readonly file: string; readonly secretHex: string; readonly checks: KeyChecks };

/** What `openWorkerLog` hands over is what arrives: it is copied as it is, and nothing else starts the thread. */
const isWorkerStart = (received: unknown): received is WorkerStart =>
  typeof received === 'object' && received !== null && 'file' in received && 'secretHex' in received;

/** Reads what the thread was started with. @throws TypeError where it is something else */
export const readWorkerStart = (received: unknown): WorkerStart => {
  if (!isWorkerStart(received)) throw new TypeError('the thread of the log was started as something else');
  return received;
};

/** What the service says to the thread of the log. */
export type ToWorker =
  | { readonly kind: 'requests'; readonly batch: number; readonly requests: readonly LogRequest[] }
  | { readonly kind: 'close' };

/** What the thread of the log says to the service. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'replies'; readonly batch: number; readonly replies: readonly LogReply[] };
