import type { Entry, EntryKind, IdempotencyScope, Lookup } from '../log/entry.js';
import type { KeyedEntry } from '../services/ports.js';
import type { Batch, BatchOutcome, LogStore } from './log-store.js';

/** What the log is asked for. Plain data, so that it can be asked from another thread. */
export type LogRequest =
  | ({ readonly ask: 'append' } & Batch)
  | { readonly ask: 'load'; readonly id: string; readonly kind: EntryKind }
  | { readonly ask: 'find-by-key'; readonly scope: IdempotencyScope }
  | { readonly ask: 'find'; readonly lookup: Lookup }
  | { readonly ask: 'activations' }
  | { readonly ask: 'approvals'; readonly after: number }
  | { readonly ask: 'probe' };

/** What the log answers to each kind of request; `failed` to any of them, with a code that holds no data. */
export type LogReply =
  | { readonly ask: 'append'; readonly outcome: BatchOutcome }
  | { readonly ask: 'load'; readonly entry: Entry | null }
  | { readonly ask: 'find-by-key'; readonly found: KeyedEntry | null }
  | { readonly ask: 'find'; readonly entries: readonly Entry[] }
  | { readonly ask: 'activations'; readonly entries: readonly Entry[] }
  | { readonly ask: 'approvals'; readonly entries: readonly Entry[] }
  | { readonly ask: 'probe' }
  | { readonly ask: 'failed'; readonly code: string };

type Append = Extract<LogRequest, { ask: 'append' }>;
type Read = Exclude<LogRequest, Append>;

const isAppend = (request: LogRequest): request is Append => request.ask === 'append';

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};

const answerRead = (store: LogStore, request: Read): LogReply => {
  switch (request.ask) {
    case 'load':
      return { ask: 'load', entry: store.load(request.id, request.kind) };
    case 'find-by-key':
      return { ask: 'find-by-key', found: store.findByKey(request.scope) };
    case 'find':
      return { ask: 'find', entries: store.find(request.lookup) };
    case 'activations':
      return { ask: 'activations', entries: store.activations() };
    case 'approvals':
      return { ask: 'approvals', entries: store.approvalsAfter(request.after) };
    case 'probe':
      store.probe();
      return { ask: 'probe' };
  }
};

const tryRead = (store: LogStore, request: Read): LogReply => {
  try {
    return answerRead(store, request);
  } catch (error) {
    return { ask: 'failed', code: codeOf(error) };
  }
};

/**
 * Answers requests, each in the place of its question. All that is to be appended is written first, in one commit, so that whoever reads
 * in the same breath finds it.
 */
export const answerRequests = (store: LogStore, requests: readonly LogRequest[]): readonly LogReply[] => {
  const appends = requests.filter(isAppend);
  const outcomes = appends.length === 0 ? [] : store.commit(appends);
  const outcomeOf = new Map<LogRequest, BatchOutcome | undefined>(
    appends.map((request, index) => [request, outcomes[index]]),
  );
  return requests.map((request) => {
    if (!isAppend(request)) return tryRead(store, request);
    const outcome = outcomeOf.get(request);
    return outcome === undefined ? { ask: 'failed', code: 'unknown' } : { ask: 'append', outcome };
  });
};
