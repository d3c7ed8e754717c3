import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a trace of a service says of the order in which it wrote, synced and answered. */
export type TraceOrder = {
  /** Decisions whose answer was sent. */
  readonly answered: number;
  /** Those of them that had been written and synced to the write-ahead log before. */
  readonly syncedBefore: number;
  readonly syncs: number;
  /** The first answers that were sent too early. */
  readonly early: readonly string[];
};

/** What `strace` is to be run with so that `readTrace` can read its file: whole pages, and the names of files. */
export const tracing = (file: string): readonly string[] => [
  'strace',
  '-f',
  '--seccomp-bpf',
  '-y',
  '-s',
  '4200',
  '-o',
  file,
  '-e',
  'trace=fsync,fdatasync,pwrite64,write,writev,sendto',
];

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const ANSWER = new RegExp(String.raw`"HTTP/1\.1 200 .*?location: /decisions/(${ID.source})`);

const WAL_WRITE = /^\d+ +pwrite64\(\d+<[^>]*-wal>/;

const WAL_SYNC = /^(\d+) +f(?:data)?sync\(\d+<[^>]*-wal>/;

const SYNC_RESUMED = /^(\d+) +<\.\.\. f(?:data)?sync resumed>/;

const SUCCEEDED = /\) += 0$/;

class OrderReader {
  readonly #written = new Set<string>();
  readonly #synced = new Set<string>();
  /** Threads whose sync of the write-ahead log has begun and not ended. */
  readonly #syncing = new Set<string>();
  readonly #early: string[] = [];
  #answered = 0;
  #syncs = 0;

  /** One line. A call that another thread came between stands on two: its words on the first, its outcome on the second. */
  read(line: string): void {
    if (WAL_WRITE.test(line)) {
      for (const [id] of line.matchAll(ID)) this.#written.add(id);
      return;
    }
    const begun = WAL_SYNC.exec(line)?.[1];
    if (begun !== undefined) this.#beginSync(begun, line);
    else this.#readOther(line);
  }

  #beginSync(thread: string, line: string): void {
    if (line.endsWith('<unfinished ...>')) this.#syncing.add(thread);
    else if (SUCCEEDED.test(line)) this.#endSync();
  }

  #endSync(): void {
    this.#syncs += 1;
    for (const id of this.#written) this.#synced.add(id);
    this.#written.clear();
  }

  #readOther(line: string): void {
    const resumed = SYNC_RESUMED.exec(line)?.[1];
    if (resumed !== undefined) {
      if (this.#syncing.delete(resumed) && SUCCEEDED.test(line)) this.#endSync();
      return;
    }
    const answered = ANSWER.exec(line)?.[1];
    if (answered === undefined) return;
    this.#answered += 1;
    if (!this.#synced.has(answered)) this.#early.push(answered);
  }

  order(): TraceOrder {
    return {
      answered: this.#answered,
      syncedBefore: this.#answered - this.#early.length,
      syncs: this.#syncs,
      early: this.#early,
    };
  }
}

/**
 * Reads a trace in its order. The thread that writes the write-ahead log is the one that syncs it, so that what stands before a sync of it was written
 * before.
 */
export const readTrace = async (file: string): Promise<TraceOrder> => {
  const reader = new OrderReader();
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) reader.read(line);
  return reader.order();
};

/** The process that a tracer has started. */
export const tracedBy = (tracer: number): number =>
  Number(
    readFileSync(`/proc/${String(tracer)}/task/${String(tracer)}/children`, 'utf8')
      .trim()
      .split(' ')[0],
  );
