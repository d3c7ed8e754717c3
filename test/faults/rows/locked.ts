import Database from 'better-sqlite3';
import { setTimeout } from 'node:timers/promises';
import { databaseFileIn } from '../../../src/storage/database-file.js';
import { ask } from '../ask.js';
import { acknowledgedOf, intakeOf, refusesForNow, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning, type Running } from '../running.js';
import { blame, expectTrue, newTally, type Tally } from '../tally.js';
import { undoing, temporary } from '../undo.js';
import { decisionsIn } from '../verify-log.js';

const LOCK_MS: Readonly<Record<Scale, number>> = { gate: 10_000, nightly: 10_000, twin: 5_000 };

const REFUSED_WITHIN_MS = 6_000;

/** What liveness should take at most, and from where on it counts as a hang: other programs may use the machine too. */
const LIVE_GOAL_MS = 100;
const LIVE_LIMIT_MS = 1_000;

const AT_ONCE = 4;

/** Holds the lock of a writer on a database, from another process than the service. */
const lock = (dataDir: string): (() => void) => {
  const database = new Database(databaseFileIn(dataDir));
  database.exec('BEGIN IMMEDIATE');
  return undoing(() => {
    database.exec('COMMIT');
    database.close();
  });
};

const screen = async (service: Running, subject: string, tally: Tally): Promise<Acknowledged | null> => {
  tally.inputs += 1;
  const answer = await ask({ url: `${service.url}/screen`, body: intakeOf(subject) });
  if (answer.kind !== 'answer' || answer.status !== 200) return null;
  tally.acknowledged += 1;
  return acknowledgedOf(answer.text);
};

/** Screens, while the database is locked, until it is not: each one must be refused in time. */
const screenInVain = async (service: Running, isLocked: () => boolean, tally: Tally): Promise<number> => {
  let slowest = 0;
  while (isLocked()) {
    tally.inputs += 1;
    const answer = await ask({ url: `${service.url}/screen`, body: intakeOf('locked') });
    // What ends after the lock is let go may have been written.
    if (!isLocked()) break;
    if (!refusesForNow(answer))
      blame(tally, 'wrong', `while locked: ${JSON.stringify(answer).slice(0, 200)}`);
    if (answer.kind === 'answer') slowest = Math.max(slowest, answer.ms);
  }
  if (slowest > REFUSED_WITHIN_MS) blame(tally, 'hangs', `refused only after ${slowest.toFixed(0)} ms`);
  return slowest;
};

const watchLiveness = async (service: Running, isLocked: () => boolean, tally: Tally): Promise<number> => {
  let slowest = 0;
  while (isLocked()) {
    const answer = await ask({ url: `${service.url}/health/live` });
    const isLive = answer.kind === 'answer' && answer.status === 200;
    expectTrue(tally, isLive, 'liveness does not say 200 while locked');
    if (answer.kind === 'answer') slowest = Math.max(slowest, answer.ms);
    await setTimeout(50);
  }
  if (slowest > LIVE_LIMIT_MS) blame(tally, 'hangs', `liveness took ${slowest.toFixed(0)} ms`);
  return slowest;
};

const whileLocked = async (
  service: Running,
  { dataDir, ms }: { dataDir: string; ms: number },
  tally: Tally,
) => {
  let on = true;
  const release = lock(dataDir);
  const isLocked = (): boolean => on;
  const watched = watchLiveness(service, isLocked, tally);
  const screened = Promise.all(Array.from({ length: AT_ONCE }, () => screenInVain(service, isLocked, tally)));
  const ready = await ask({ url: `${service.url}/health/ready` });
  expectTrue(tally, ready.kind === 'answer' && ready.status === 503, 'it says that it is ready while locked');
  await setTimeout(ms);
  on = false;
  release();
  const [live, refused] = await Promise.all([watched, screened]);
  tally.notes.push(
    `liveness at most ${live.toFixed(0)} ms (goal ${String(LIVE_GOAL_MS)}), refused after at most ${Math.max(...refused).toFixed(0)} ms`,
  );
};

const run = async ({ folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('locked');
  const service = await startRunning({ folder, dataDir });
  const before = await screen(service, 'before', tally);
  await whileLocked(service, { dataDir, ms: LOCK_MS[scale] }, tally);
  const after = await screen(service, 'after', tally);
  expectTrue(tally, after !== null, 'it does not screen when the lock is let go');
  await lookUp(
    service.url,
    [before, after].flatMap((one) => one ?? []),
    tally,
  );
  expectTrue(tally, !service.hasEnded(), 'it ended');
  await service.stop();
  // What was refused may have been written after all, once the lock was let go; never the other way round.
  expectTrue(
    tally,
    decisionsIn(dataDir) >= tally.acknowledged,
    'fewer decisions are stored than acknowledged',
  );
  tally.rounds += 1;
  remove();
  return tally;
};

/** T7: another program holds the lock of a writer. */
export const locked: Row = {
  id: 'T7',
  title: 'database locked for 10 s',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'hangs',
    bug: 'the log in the thread of the requests',
    file: 'dist/main.js',
    from: 'log: await thread.open(file, keys),',
    to: `log: await Promise.all([import('./storage/decision-log.js'), import('./storage/open-database.js'), import('./storage/vault.js')]).then(
            ([{ sqliteDecisionLog }, { openDatabase }, { vaultUnder }]) => sqliteDecisionLog(openDatabase(file), vaultUnder(keys.secret))),`,
  },
};
