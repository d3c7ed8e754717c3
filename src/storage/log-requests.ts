import type { Entry, EntryKind, IdempotencyScope } from '../log/entry.js';
import type {
  Consistency,
  EntryPlace,
  ExpiredAsked,
  Inclusion,
  KeyedEntry,
  LookupIn,
  PageAsked,
  SliceAsked,
  TreeEntry,
  TreeHead,
} from '../services/ports.js';
import type { LogReader } from './log-reader.js';
import type { Batch, BatchOutcome, ErasureBatch, ErasureOutcome, LogStore } from './log-store.js';
import { consistencyIn, headAt, inclusionIn } from './log-tree.js';

/** What the log is asked for. Plain data, so that it can be asked from another thread. */
export type LogRequest =
  | ({ readonly ask: 'append' } & Batch)
  | ({ readonly ask: 'erase' } & ErasureBatch)
  | { readonly ask: 'expired'; readonly expired: ExpiredAsked }
  | { readonly ask: 'load'; readonly id: string; readonly kind: EntryKind }
  | { readonly ask: 'find-by-key'; readonly scope: IdempotencyScope }
  | { readonly ask: 'find'; readonly lookup: LookupIn }
  | { readonly ask: 'page'; readonly page: PageAsked }
  | { readonly ask: 'slice'; readonly slice: SliceAsked }
  | { readonly ask: 'events'; readonly on: 'rules' | 'keys'; readonly after: number }
  | { readonly ask: 'head'; readonly size: number | null }
  | { readonly ask: 'inclusion'; readonly position: number; readonly size: number }
  | { readonly ask: 'consistency'; readonly from: number; readonly to: number }
  | { readonly ask: 'probe' };

/** What the log answers to each kind of request; `failed` to any of them, with a code that holds no data. */
export type LogReply =
  | { readonly ask: 'append'; readonly outcome: BatchOutcome }
  | { readonly ask: 'erase'; readonly outcome: ErasureOutcome }
  | { readonly ask: 'expired'; readonly entries: readonly EntryPlace[] }
  | { readonly ask: 'load'; readonly entry: Entry | null }
  | { readonly ask: 'find-by-key'; readonly found: KeyedEntry | null }
  | { readonly ask: 'entries'; readonly entries: readonly Entry[] }
  | { readonly ask: 'slice'; readonly entries: readonly TreeEntry[] }
  | { readonly ask: 'head'; readonly head: TreeHead | null }
  | { readonly ask: 'inclusion'; readonly proof: Inclusion | null }
  | { readonly ask: 'consistency'; readonly proof: Consistency | null }
  | { readonly ask: 'probe' }
  | { readonly ask: 'failed'; readonly code: string };

type Append = Extract<LogRequest, { ask: 'append' }>;
type Read = Exclude<LogRequest, Append>;
type TreeRead = Extract<LogRequest, { ask: 'head' | 'inclusion' | 'consistency' }>;
type EntryRead = Exclude<Read, TreeRead | { ask: 'probe' | 'erase' }>;

const isAppend = (request: LogRequest): request is Append => request.ask === 'append';

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};

const answerEntry = (reader: LogReader, request: EntryRead): LogReply => {
  switch (request.ask) {
    case 'load':
      return { ask: 'load', entry: reader.load(request.id, request.kind) };
    case 'expired':
      return { ask: 'expired', entries: reader.expired(request.expired) };
    case 'find-by-key':
      return { ask: 'find-by-key', found: reader.findByKey(request.scope) };
    case 'find':
      return { ask: 'entries', entries: reader.find(request.lookup) };
    case 'page':
      return { ask: 'entries', entries: reader.page(request.page) };
    case 'slice':
      return { ask: 'slice', entries: reader.slice(request.slice) };
    case 'events':
      return { ask: 'entries', entries: reader.eventsAfter(request.on, request.after) };
  }
};

const answerTree = (reader: LogReader, request: TreeRead): LogReply => {
  switch (request.ask) {
    case 'head':
      return { ask: 'head', head: headAt(reader, request.size) };
    case 'inclusion':
      return { ask: 'inclusion', proof: inclusionIn(reader, request.position, request.size) };
    case 'consistency':
      return { ask: 'consistency', proof: consistencyIn(reader, request.from, request.to) };
  }
};

const isTreeRead = (request: Read): request is TreeRead =>
  request.ask === 'head' || request.ask === 'inclusion' || request.ask === 'consistency';

const answerRead = (store: LogStore, request: Read): LogReply => {
  if (request.ask === 'probe') {
    store.probe();
    return { ask: 'probe' };
  }
  if (request.ask === 'erase') return { ask: 'erase', outcome: store.erase(request) };
  return isTreeRead(request) ? answerTree(store.reader, request) : answerEntry(store.reader, request);
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
