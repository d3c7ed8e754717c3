import { setTimeout } from 'node:timers/promises';
import { diceOf, type Dice } from '../../support/dice.js';
import { startLoad, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning, type Running, type StartAsked } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { checkIntegrity, verifyLog } from '../verify-log.js';

const ROUNDS: Readonly<Record<Scale, number>> = { gate: 20, nightly: 200, twin: 3 };

/** So many must be acknowledged in all; else the run says nothing. */
const ENOUGH: Readonly<Record<Scale, number>> = { gate: 2_000, nightly: 50_000, twin: 200 };

const LANES = 32;

const EARLIER = 200;

/** A round is killed after at least so many acknowledged decisions, and up to so many more by chance. */
const LEAST: Readonly<Record<Scale, number>> = { gate: 50, nightly: 150, twin: 50 };
const MORE: Readonly<Record<Scale, number>> = { gate: 250, nightly: 300, twin: 250 };

/** After every how many rounds each entry of the log is looked at: at night it grows so long that this takes more than all else. */
const VERIFIED_EVERY: Readonly<Record<Scale, number>> = { gate: 1, nightly: 10, twin: 1 };

const ROUND_LIMIT_MS = 30_000;

const START_GOAL_MS = 2_000;
const START_LIMIT_MS = 10_000;

/** So many of all, by chance. */
const someOf = (all: readonly Acknowledged[], dice: Dice): readonly Acknowledged[] =>
  all.length <= EARLIER
    ? all
    : Array.from({ length: EARLIER }, () => all[dice(all.length)]).flatMap((one) => one ?? []);

/** Loads a service and kills it in the midst; what it had acknowledged by then. */
const killUnderLoad = async (
  service: Running,
  { label, enough, dice }: { readonly label: string; readonly enough: number; readonly dice: Dice },
  tally: Tally,
): Promise<readonly Acknowledged[]> => {
  const limit = performance.now() + ROUND_LIMIT_MS;
  const load = startLoad({ url: service.url, lanes: LANES, label }, tally);
  while (load.acknowledged.length < enough && performance.now() < limit && !service.hasEnded())
    await setTimeout(1);
  await setTimeout(dice(10));
  if (service.hasEnded())
    blame(tally, 'wrong', `the service ended by itself: ${service.output().slice(-300)}`);
  await service.kill();
  await load.stop();
  return load.acknowledged;
};

const judgeStarts = (startMs: readonly number[], tally: Tally): void => {
  const slowest = Math.max(...startMs);
  const late = startMs.filter((ms) => ms > START_GOAL_MS).length;
  tally.notes.push(
    `slowest start ${slowest.toFixed(0)} ms, ${String(late)} of ${String(startMs.length)} above ${String(START_GOAL_MS)} ms`,
  );
  if (slowest > START_LIMIT_MS) blame(tally, 'hangs', `a start took ${slowest.toFixed(0)} ms`);
};

const run = async ({ folder, seed, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const dice = diceOf(seed);
  const { path: dataDir, remove } = temporary('kill');
  const first = await startRunning({ folder, dataDir });
  // The port of the first is that of all: a start fails where the one before still holds it.
  const again: StartAsked = { folder, dataDir, port: first.port };
  let service = first;
  const all: Acknowledged[] = [];
  const startMs: number[] = [];
  for (let round = 0; round < ROUNDS[scale]; round += 1) {
    const earlier = someOf(all, dice);
    const label = `kill-${String(seed)}-${String(round)}`;
    const enough = LEAST[scale] + dice(MORE[scale]);
    const now = await killUnderLoad(service, { label, enough, dice }, tally);
    all.push(...now);
    service = await startRunning(again);
    startMs.push(service.startMs);
    await lookUp(service.url, [...now, ...earlier], tally);
    if (round % VERIFIED_EVERY[scale] === 0) await verifyLog(folder, dataDir, tally);
    tally.rounds += 1;
  }
  const before = tally.lost;
  await lookUp(service.url, all, tally);
  tally.notes.push(
    `at the end all ${String(all.length)} looked up again, ${String(tally.lost - before)} lost`,
  );
  await verifyLog(folder, dataDir, tally);
  await service.stop();
  checkIntegrity(dataDir, tally);
  judgeStarts(startMs, tally);
  if (all.length < ENOUGH[scale])
    tally.inconclusive = `${String(all.length)} acknowledged are fewer than ${String(ENOUGH[scale])}`;
  remove();
  return tally;
};

/** T1: the process is killed at any moment, and what it had acknowledged is there when it starts again. */
export const killed: Row = {
  id: 'T1',
  title: 'kill -9 under load',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'lost',
    bug: 'answered before the commit is done',
    file: 'dist/services/screen-patient.js',
    from: 'await ports.log.append([entry], book.upTo);',
    to: 'ports.log.append([entry], book.upTo).catch(() => undefined);',
  },
};
