import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLoad } from '../load.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning, type Running } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { readTrace, tracedBy, tracing } from '../trace.js';
import { temporary } from '../undo.js';

const ENOUGH: Readonly<Record<Scale, number>> = { gate: 1_000, nightly: 5_000, twin: 60 };

const LIMIT_MS = 180_000;

const LANES = 8;

const STOP_LIMIT_MS = 20_000;

/** Stops the service and not its tracer, which then ends by itself with its file whole. */
const stopTraced = async (service: Running): Promise<void> => {
  process.kill(tracedBy(service.pid), 'SIGTERM');
  const limit = performance.now() + STOP_LIMIT_MS;
  while (!service.hasEnded() && performance.now() < limit) await setTimeout(20);
  await service.kill();
};

const judge = async (trace: string, tally: Tally): Promise<void> => {
  const { answered, syncedBefore, syncs, early } = await readTrace(trace);
  for (const id of early) blame(tally, 'wrong', `${id} was answered before it was synced`);
  tally.notes.push(
    `${String(answered)} answers in the trace, ${String(syncedBefore)} of them after the sync of their entry, ${String(syncs)} syncs`,
  );
  if (answered < tally.acknowledged)
    blame(tally, 'wrong', `the trace has ${String(answered)} of ${String(tally.acknowledged)} answers`);
};

const run = async ({ folder, seed, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path, remove } = temporary('trace');
  const trace = join(path, 'trace');
  const service = await startRunning({ folder, dataDir: join(path, 'data'), under: tracing(trace) });
  const load = startLoad({ url: service.url, lanes: LANES, label: `trace-${String(seed)}` }, tally);
  const limit = performance.now() + LIMIT_MS;
  while (load.acknowledged.length < ENOUGH[scale] && performance.now() < limit) await setTimeout(5);
  await load.stop();
  await stopTraced(service);
  await judge(trace, tally);
  if (tally.acknowledged < ENOUGH[scale])
    tally.inconclusive = `${String(tally.acknowledged)} acknowledged are fewer than ${String(ENOUGH[scale])}`;
  tally.rounds += 1;
  remove();
  return tally;
};

/** T2b: no answer is sent before the disk was told to keep its entry. */
export const fsyncOrder: Row = {
  id: 'T2b',
  title: 'no answer before the sync of its entry',
  needs: ['strace'],
  run,
  twin: {
    kind: 'planted',
    shows: 'wrong',
    bug: 'synchronous=NORMAL',
    file: 'dist/storage/open-database.js',
    from: "if (numberOf(connection.pragma('synchronous', { simple: true })) !== 2)",
    to: "connection.pragma('synchronous = NORMAL');\n    if (numberOf(connection.pragma('synchronous', { simple: true })) !== 1)",
  },
};
