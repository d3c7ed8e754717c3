import { parentPort } from 'node:worker_threads';
import { answerRequests } from './log-requests.js';
import { LogStore } from './log-store.js';
import { bindKeys, openDatabase, settleWal } from './open-database.js';
import { vaultUnder } from './vault.js';
import type { FromWorker, OpenLog, ToWorker } from './worker-messages.js';

// The thread of the log: it owns the one connection that writes, and opens it when it is told to. What arrives while a commit is under way waits, and shares the next one.

type Asked = Extract<ToWorker, { kind: 'requests' }>;

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
    } else if (message.kind === 'requests') {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(message);
    }
  });
};

const open = ({ file, secretHex, checks }: OpenLog): void => {
  try {
    const connection = openDatabase(file);
    settleWal(connection);
    bindKeys(connection, checks);
    serve(new LogStore(connection, vaultUnder(Buffer.from(secretHex, 'hex'))));
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'refused', reason: error instanceof Error ? error.message : 'unknown' });
    port.close();
  }
};

port.once('message', (message: ToWorker) => {
  if (message.kind === 'open') open(message);
  else port.close();
});
