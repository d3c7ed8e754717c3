import { parentPort, workerData } from 'node:worker_threads';
import { answerRequests } from './log-requests.js';
import { LogStore } from './log-store.js';
import { openDatabase } from './open-database.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

// The thread of the log: it owns the one connection that writes. What arrives while a commit is under way waits, and shares the next one.

type Asked = Extract<ToWorker, { kind: 'requests' }>;

const fileIn = (data: unknown): string => {
  if (typeof data === 'object' && data !== null && 'file' in data && typeof data.file === 'string')
    return data.file;
  throw new TypeError('the thread of the log was started without a file');
};

const port = parentPort;
if (port === null) throw new Error('the thread of the log was started as a program');

const say = (message: FromWorker): void => {
  port.postMessage(message);
};

const serve = (store: LogStore): void => {
  let waiting: Asked[] = [];
  const flush = (): void => {
    const batches = waiting;
    waiting = [];
    const replies = answerRequests(
      store,
      batches.flatMap(({ requests }) => requests),
    );
    let from = 0;
    for (const { batch, requests } of batches) {
      say({ kind: 'replies', batch, replies: replies.slice(from, from + requests.length) });
      from += requests.length;
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'close') {
      if (waiting.length > 0) flush();
      store.close();
      port.close();
      return;
    }
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(message);
  });
};

try {
  serve(new LogStore(openDatabase(fileIn(workerData))));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'refused', reason: error instanceof Error ? error.message : 'unknown' });
  port.close();
}
