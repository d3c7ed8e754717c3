import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { diceOf, type Dice } from '../../support/dice.js';
import { startLoad, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { NotStarted, startRunning, type Running } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { readTrace, tracing } from '../trace.js';
import { temporary } from '../undo.js';
import { checkIntegrity, verifyLog } from '../verify-log.js';

const ROUNDS: Readonly<Record<Scale, number>> = { gate: 12, nightly: 60, twin: 4 };

const LANES = 4;

/** How long each round screens: through the error and beyond it. */
const LOAD_MS = 3_000;

/** After how many calls of a kind the error comes: beyond those of the start. Writes are many to one sync. */
const CALLS = {
  'fsync,fdatasync': { least: 12, more: 60 },
  pwrite64: { least: 700, more: 900 },
} as const;

/** An error of the disk: which calls fail with EIO, from the n-th on; that one alone, or all after it too. */
type DiskError = { readonly calls: keyof typeof CALLS; readonly nth: number; readonly stays: boolean };

const drawError = (dice: Dice, round: number): DiskError => {
  const calls = round % 2 === 0 ? 'fsync,fdatasync' : 'pwrite64';
  const { least, more } = CALLS[calls];
  return { calls, nth: least + dice(more), stays: dice(2) === 0 };
};

const injecting = ({ calls, nth, stays }: DiskError): readonly string[] => [
  '-e',
  `inject=${calls}:error=EIO:when=${String(nth)}${stays ? '+' : ''}`,
];

/** Screens through the error; none where it came during the start. */
const screenThrough = async (
  { folder, dataDir, under }: { folder: string; dataDir: string; under: readonly string[] },
  label: string,
  tally: Tally,
): Promise<{ readonly acknowledged: readonly Acknowledged[]; readonly refused: number }> => {
  let service: Running;
  try {
    service = await startRunning({ folder, dataDir, under });
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return { acknowledged: [], refused: 0 };
  }
  const load = startLoad({ url: service.url, lanes: LANES, label, isUnavailable: () => true }, tally);
  await setTimeout(LOAD_MS);
  await load.stop();
  if (service.hasEnded()) blame(tally, 'wrong', `it ended by itself: ${service.output().slice(-200)}`);
  await service.kill();
  return { acknowledged: load.acknowledged, refused: load.refused() };
};

const round = async (
  { folder, scale }: Context,
  { error, label }: { error: DiskError; label: string },
  tally: Tally,
): Promise<number> => {
  const { path, remove } = temporary('errors');
  const [dataDir, trace] = [join(path, 'data'), join(path, 'trace')];
  const under = [...tracing(trace), ...injecting(error)];
  const { acknowledged, refused } = await screenThrough({ folder, dataDir, under }, label, tally);
  for (const id of (await readTrace(trace)).early)
    blame(tally, 'wrong', `${id} was answered though it was not synced (${JSON.stringify(error)})`);
  if (acknowledged.length > 0 && scale !== 'twin') {
    const again = await startRunning({ folder, dataDir });
    await lookUp(again.url, acknowledged, tally);
    await verifyLog(folder, dataDir, tally);
    await again.stop();
    checkIntegrity(dataDir, tally);
  }
  remove();
  return refused;
};

const run = async (context: Context): Promise<Tally> => {
  const tally = newTally();
  const dice = diceOf(context.seed);
  let struck = 0;
  let refused = 0;
  for (let index = 0; index < ROUNDS[context.scale]; index += 1) {
    const label = `errors-${String(context.seed)}-${String(index)}`;
    const count = await round(context, { error: drawError(dice, index), label }, tally);
    refused += count;
    if (count > 0) struck += 1;
    tally.rounds += 1;
  }
  tally.notes.push(
    `${String(struck)} rounds in which the error struck a screening, ${String(refused)} refused`,
  );
  if (struck * 3 < tally.rounds) tally.inconclusive = 'the error struck a screening in too few rounds';
  return tally;
};

/** T6: the disk fails to write or to sync. */
export const ioErrors: Row = {
  id: 'T6',
  title: 'errors of writes and syncs',
  needs: ['strace'],
  run,
  twin: {
    kind: 'planted',
    shows: 'wrong',
    bug: 'an error of the log is swallowed',
    file: 'dist/services/screen-patient.js',
    from: 'await ports.log.append([entry], book.upTo);',
    to: 'await ports.log.append([entry], book.upTo).catch(() => undefined);',
  },
};
