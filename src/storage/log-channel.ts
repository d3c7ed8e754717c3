import type { LogReply, LogRequest } from './log-requests.js';

/** A way to ask the log. Replies come in the order of the questions; `send` is given what was asked in one turn of the event loop. */
export type LogChannel = {
  readonly ask: (request: LogRequest) => Promise<LogReply>;
  readonly close: () => Promise<void>;
};

/** A channel that knows how many questions wait for their reply. */
export type CountedChannel = LogChannel & { readonly waiting: () => number };

/** Counts the questions to a channel that wait for their reply. */
export const counted = ({ ask, close }: LogChannel): CountedChannel => {
  let waiting = 0;
  return {
    ask: async (request) => {
      waiting += 1;
      try {
        return await ask(request);
      } finally {
        waiting -= 1;
      }
    },
    close,
    waiting: () => waiting,
  };
};

type Asked = { readonly request: LogRequest; readonly resolve: (reply: LogReply) => void };

/**
 * Gathers what is asked in one turn of the event loop, so that it can be written in one commit, and sends it on together.
 * @param send answers a list of requests, each in its place; it never rejects
 */
export const gathering = (
  send: (requests: readonly LogRequest[]) => Promise<readonly LogReply[]>,
): LogChannel['ask'] => {
  let asked: Asked[] = [];
  const flush = async (): Promise<void> => {
    const batch = asked;
    asked = [];
    const replies = await send(batch.map(({ request }) => request));
    batch.forEach(({ resolve }, index) => {
      resolve(replies[index] ?? { ask: 'failed', code: 'unknown' });
    });
  };
  return (request) =>
    new Promise((resolve) => {
      if (asked.length === 0) setImmediate(() => void flush());
      asked.push({ request, resolve });
    });
};
