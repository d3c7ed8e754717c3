import { Worker } from 'node:worker_threads';
import type { DecisionLog } from '../services/ports.js';
import { checksOf, type ServiceKeys } from './service-keys.js';
import { decisionLogOver } from './decision-log.js';
import { gathering } from './log-channel.js';
import type { LogReply, LogRequest } from './log-requests.js';
import { DatabaseError } from './open-database.js';
import type { FromWorker, OpenLog, ToWorker } from './worker-messages.js';

/**
 * How long a request to the log may take, in milliseconds. Longer than the database waits for the lock of another process, so that this limit is
 * only for a disk that hangs.
 */
const REPLY_LIMIT_MS = 5_000;

const WORKER_FILE = new URL('./log-worker.js', import.meta.url);

type Waiting = { readonly resolve: (replies: readonly LogReply[]) => void; readonly timer: NodeJS.Timeout };

const failed = (count: number, code: string): readonly LogReply[] =>
  Array.from({ length: count }, () => ({ ask: 'failed', code }));

/** A worker thread that owns the connection to the database, and the questions that it has not yet answered. */
class LogWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'replies') this.#settle(message.batch, message.replies);
    });
    worker.on('error', () => {
      this.#end();
    });
    worker.on('exit', () => {
      this.#end();
    });
  }

  readonly send = (requests: readonly LogRequest[]): Promise<readonly LogReply[]> =>
    new Promise((resolve) => {
      if (this.#ended) {
        resolve(failed(requests.length, 'log-thread-ended'));
        return;
      }
      const batch = this.#next;
      this.#next += 1;
      const giveUp = (): void => {
        this.#settle(batch, failed(requests.length, 'log-timeout'));
      };
      // Timers come before what has arrived while this thread was busy: a reply that is there already is taken.
      const timer = setTimeout(() => setImmediate(giveUp), REPLY_LIMIT_MS);
      this.#waiting.set(batch, { resolve, timer });
      this.#post({ kind: 'requests', batch, requests });
    });

  /** Closes the database after everything that was asked before, and ends the thread. */
  readonly close = (): Promise<void> =>
    new Promise((resolve) => {
      if (this.#ended) {
        resolve();
        return;
      }
      this.#worker.once('exit', () => {
        resolve();
      });
      this.#post({ kind: 'close' });
    });

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** A reply that comes after its limit finds nobody waiting, and is dropped: its caller was told that the log is unavailable. */
  #settle(batch: number, replies: readonly LogReply[]): void {
    const waiting = this.#waiting.get(batch);
    if (waiting === undefined) return;
    this.#waiting.delete(batch);
    clearTimeout(waiting.timer);
    waiting.resolve(replies);
  }

  #end(): void {
    this.#ended = true;
    for (const batch of [...this.#waiting.keys()]) this.#settle(batch, []);
  }
}

const readiness = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve();
      else
        reject(new DatabaseError(message.kind === 'refused' ? message.reason : 'the database did not open'));
    });
  });

/** A thread for the decision log that has no database yet. */
export type LogThread = {
  /** @throws DatabaseError where the database cannot be used as it is, or was written with other keys */
  readonly open: (file: string, keys: ServiceKeys) => Promise<DecisionLog>;
};

/**
 * Starts a thread for the decision log, so that a locked or slow disk never stops the requests that do not need it. It takes a while to load, during which others can work; it
 * touches no file before it is told to open one.
 */
export const startLogThread = (): LogThread => {
  const worker = new Worker(WORKER_FILE);
  return {
    open: async (file, keys) => {
      const first: OpenLog = {
        kind: 'open',
        file,
        secretHex: keys.secret.toString('hex'),
        checks: checksOf(keys),
      };
      worker.postMessage(first);
      await readiness(worker);
      const log = new LogWorker(worker);
      return decisionLogOver({ ask: gathering(log.send), close: log.close });
    },
  };
};
