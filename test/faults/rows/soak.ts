import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { databaseFileIn } from '../../../src/storage/database-file.js';
import { startLoad } from '../load.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning, type Running } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';

type Times = { readonly warmMs: number; readonly lastsMs: number; readonly everyMs: number };

const TIMES: Readonly<Record<Scale, Times>> = {
  gate: { warmMs: 20_000, lastsMs: 60_000, everyMs: 2_000 },
  nightly: { warmMs: 300_000, lastsMs: 1_800_000, everyMs: 10_000 },
  twin: { warmMs: 5_000, lastsMs: 30_000, everyMs: 1_000 },
};

const LANES = 4;

const MIB = 1_048_576;

/** How much memory it may gain in ten minutes, in MiB. */
const GAIN_LIMIT = 1;

/** How large the write-ahead log may grow, in MiB. */
const WAL_LIMIT = 64;

type Sample = {
  readonly minutes: number;
  readonly rss: number;
  readonly files: number;
  readonly wal: number;
};

const rssOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const sampleOf = ({ pid }: Running, dataDir: string, begun: number): Sample => ({
  minutes: (performance.now() - begun) / 60_000,
  rss: rssOf(pid),
  files: readdirSync(`/proc/${String(pid)}/fd`).length,
  wal: statSync(`${databaseFileIn(dataDir)}-wal`).size / MIB,
});

/** What a straight line through the samples gains in ten minutes, in MiB. */
const gainOf = (samples: readonly Sample[]): number => {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [minutes, rss] = [mean((one) => one.minutes), mean((one) => one.rss)];
  const spread = mean((one) => (one.minutes - minutes) ** 2);
  return (10 * mean((one) => (one.minutes - minutes) * (one.rss - rss))) / spread;
};

const judge = (samples: readonly Sample[], scale: Scale, tally: Tally): void => {
  const gain = gainOf(samples);
  const [files, wal] = [samples.map((one) => one.files), Math.max(...samples.map((one) => one.wal))];
  tally.notes.push(
    `${gain.toFixed(2)} MiB in ten minutes; open files ${String(Math.min(...files))} to ${String(Math.max(...files))}; write-ahead log at most ${wal.toFixed(1)} MiB; resident ${String(Math.round(samples.at(-1)?.rss ?? 0))} MiB at the end`,
  );
  // In a minute memory goes up and down by more than that: a leak that is planted is far larger.
  const limit = scale === 'nightly' ? GAIN_LIMIT : 500;
  if (gain > limit) blame(tally, 'leaks', `it gains ${gain.toFixed(2)} MiB in ten minutes`);
  if (Math.max(...files) - Math.min(...files) > LANES + 2) blame(tally, 'leaks', 'open files grow');
  if (wal > WAL_LIMIT) blame(tally, 'leaks', `the write-ahead log has ${wal.toFixed(0)} MiB`);
};

const run = async ({ folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { warmMs, lastsMs, everyMs } = TIMES[scale];
  const { path: dataDir, remove } = temporary('soak');
  const service = await startRunning({ folder, dataDir, environment: { LOG_LEVEL: 'warn' } });
  const load = startLoad({ url: service.url, lanes: LANES, label: 'soak' }, tally);
  await setTimeout(warmMs);
  const begun = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - begun < lastsMs) {
    samples.push(sampleOf(service, dataDir, begun));
    await setTimeout(everyMs);
  }
  await load.stop();
  judge(samples, scale, tally);
  await service.stop();
  tally.rounds += 1;
  remove();
  return tally;
};

/** T21: under load for long it gains no memory, no open files and no write-ahead log. */
export const soak: Row = {
  id: 'T21',
  title: 'half an hour under load',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'leaks',
    bug: 'each answer is kept for ever',
    file: 'dist/http/observe.js',
    from: `app.addHook('onResponse', (request, reply, done) => {`,
    to: `const kept = [];
    app.addHook('onResponse', (request, reply, done) => {
        kept.push(Array.from({ length: 20_000 }, (_none, index) => index + kept.length));`,
  },
};
