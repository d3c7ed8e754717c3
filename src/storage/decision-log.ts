import type { Entry, Placed } from '../log/entry.js';
import {
  EntryDamagedError,
  RulesChangedError,
  KeyTakenError,
  LogUnavailableError,
  type DecisionLog,
} from '../services/ports.js';
import type { LogChannel } from './log-channel.js';
import { counted, gathering } from './log-channel.js';
import type { LogReply, LogRequest } from './log-requests.js';
import { answerRequests } from './log-requests.js';
import { LogStore, type BatchOutcome } from './log-store.js';
import type { Connection } from './open-database.js';
import { PAYLOAD_DAMAGED, type Vault } from './vault.js';

/** The log could not do what it was asked: its code is a word of SQLite's or of ours, never data. */
const unavailable = (code: string): LogUnavailableError =>
  new LogUnavailableError(`the decision log cannot be used now (${code})`);

const unexpected = (reply: LogReply): LogUnavailableError => {
  const code = reply.ask === 'failed' ? reply.code : 'unexpected reply';
  return code === PAYLOAD_DAMAGED
    ? new EntryDamagedError(`what is kept of an entry of the decision log does not open (${code})`)
    : unavailable(code);
};

const refused = ({ refusal }: Extract<BatchOutcome, { ok: false }>): Error => {
  if (refusal === 'key-taken') return new KeyTakenError('the idempotency key is taken');
  if (refusal === 'rules-changed')
    return new RulesChangedError('the log tells more of rule-set versions by now');
  return unavailable(refusal);
};

type ReplyTo<A extends LogReply['ask']> = Extract<LogReply, { ask: A }>;

const isReplyTo = <A extends LogReply['ask']>(reply: LogReply, ask: A): reply is ReplyTo<A> =>
  reply.ask === ask;

/** Asks, and takes the kind of reply that fits the question. @throws LogUnavailableError where another comes */
const asking =
  ({ ask }: Pick<LogChannel, 'ask'>) =>
  async <A extends LogReply['ask']>(request: LogRequest, kind: A): Promise<ReplyTo<A>> => {
    const reply = await ask(request);
    if (!isReplyTo(reply, kind)) throw unexpected(reply);
    return reply;
  };

/** The decision log behind a channel. */
export const decisionLogOver = (uncounted: LogChannel): DecisionLog => {
  const channel = counted(uncounted);
  const ask = asking(channel);
  const entriesOf = async (request: LogRequest): Promise<readonly Entry[]> =>
    (await ask(request, 'entries')).entries;
  return {
    append: async (entries, rulesUpTo = null) => {
      const { outcome } = await ask({ ask: 'append', entries, rulesUpTo }, 'append');
      if (!outcome.ok) throw refused(outcome);
      return entries.map((entry, index): Placed => ({ ...entry, position: outcome.first + index }));
    },
    erase: async (asked) => {
      const { outcome } = await ask({ ask: 'erase', ...asked }, 'erase');
      if (!outcome.ok) throw refused(outcome);
      return { position: outcome.position, traceless: outcome.traceless };
    },
    expired: async (expired) => (await ask({ ask: 'expired', expired }, 'expired')).entries,
    load: async (id, kind) => (await ask({ ask: 'load', id, kind }, 'load')).entry,
    findByKey: async (scope) => (await ask({ ask: 'find-by-key', scope }, 'find-by-key')).found,
    find: (lookup) => entriesOf({ ask: 'find', lookup }),
    page: (page) => entriesOf({ ask: 'page', page }),
    slice: async (slice) => (await ask({ ask: 'slice', slice }, 'slice')).entries,
    ruleEventsAfter: (after) => entriesOf({ ask: 'events', on: 'rules', after }),
    keyEventsAfter: (after) => entriesOf({ ask: 'events', on: 'keys', after }),
    head: async (size) => (await ask({ ask: 'head', size }, 'head')).head,
    inclusion: async (position, size) => (await ask({ ask: 'inclusion', position, size }, 'inclusion')).proof,
    consistency: async (from, to) => (await ask({ ask: 'consistency', from, to }, 'consistency')).proof,
    waiting: channel.waiting,
    isReady: async () => (await channel.ask({ ask: 'probe' })).ask === 'probe',
    close: channel.close,
  };
};

/**
 * The decision log on a connection of this thread. Every commit stops the thread until the disk has it: right for tests and commands, while the
 * service runs it beside its requests (`worker-log.ts`).
 */
export const sqliteDecisionLog = (connection: Connection, vault: Vault): DecisionLog => {
  const store = new LogStore(connection, vault);
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
