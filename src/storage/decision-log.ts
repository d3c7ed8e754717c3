import type { Entry } from '../log/entry.js';
import {
  ApprovedSinceError,
  KeyTakenError,
  LogUnavailableError,
  type DecisionLog,
} from '../services/ports.js';
import type { LogChannel } from './log-channel.js';
import { gathering } from './log-channel.js';
import type { LogReply } from './log-requests.js';
import { answerRequests } from './log-requests.js';
import { LogStore, type BatchOutcome } from './log-store.js';
import type { Connection } from './open-database.js';

/** The log could not do what it was asked: its code is a word of SQLite's or of ours, never data. */
const unavailable = (code: string): LogUnavailableError =>
  new LogUnavailableError(`the decision log cannot be used now (${code})`);

const unexpected = (reply: LogReply): LogUnavailableError =>
  unavailable(reply.ask === 'failed' ? reply.code : 'unexpected reply');

const refused = ({ refusal }: BatchOutcome & { readonly ok: false }): Error => {
  if (refusal === 'key-taken') return new KeyTakenError('the idempotency key is taken');
  if (refusal === 'approved-since') return new ApprovedSinceError('a version was approved meanwhile');
  return unavailable(refusal);
};

/** The decision log behind a channel. */
export const decisionLogOver = ({ ask, close }: LogChannel): DecisionLog => ({
  append: async (entries, approvalsUpTo = null) => {
    const reply = await ask({ ask: 'append', entries, approvalsUpTo });
    if (reply.ask !== 'append') throw unexpected(reply);
    const { outcome } = reply;
    if (!outcome.ok) throw refused(outcome);
    return entries.map((entry, index): Entry => ({ ...entry, position: outcome.first + index }));
  },
  load: async (id, kind) => {
    const reply = await ask({ ask: 'load', id, kind });
    if (reply.ask !== 'load') throw unexpected(reply);
    return reply.entry;
  },
  findByKey: async (scope) => {
    const reply = await ask({ ask: 'find-by-key', scope });
    if (reply.ask !== 'find-by-key') throw unexpected(reply);
    return reply.found;
  },
  find: async (lookup) => {
    const reply = await ask({ ask: 'find', lookup });
    if (reply.ask !== 'find') throw unexpected(reply);
    return reply.entries;
  },
  activations: async () => {
    const reply = await ask({ ask: 'activations' });
    if (reply.ask !== 'activations') throw unexpected(reply);
    return reply.entries;
  },
  approvalsAfter: async (position) => {
    const reply = await ask({ ask: 'approvals', after: position });
    if (reply.ask !== 'approvals') throw unexpected(reply);
    return reply.entries;
  },
  isReady: async () => (await ask({ ask: 'probe' })).ask === 'probe',
  close,
});

/**
 * The decision log on a connection of this thread. Every commit stops the thread until the disk has it: right for tests and commands, while the
 * service runs it beside its requests (`worker-log.ts`).
 */
export const sqliteDecisionLog = (connection: Connection): DecisionLog => {
  const store = new LogStore(connection);
  const answer = (requests: Parameters<typeof answerRequests>[1]): Promise<readonly LogReply[]> =>
    Promise.resolve(answerRequests(store, requests));
  return decisionLogOver({
    ask: gathering(answer),
    close: () => {
      store.close();
      return Promise.resolve();
    },
  });
};
