import { setTimeout } from 'node:timers/promises';
import { diceOf } from '../../support/dice.js';
import { ask } from '../ask.js';
import { acknowledgedOf, intakeOf } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { NotStarted, startRunning } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { checkIntegrity, verifyLog } from '../verify-log.js';

const ROUNDS: Readonly<Record<Scale, number>> = { gate: 10, nightly: 100, twin: 4 };

/** How long after its start a service is killed, at most: it makes its keys, its tables and its first activation in that time. */
const KILLED_WITHIN_MS = 2_000;

/** Starts a service on an empty folder and kills it at some moment before, while or after it makes what it needs. */
const killWhileStarting = async (asked: { folder: string; dataDir: string }, ms: number): Promise<void> => {
  const controller = new AbortController();
  const started = startRunning({ ...asked, signal: controller.signal }).then(
    (service) => service.kill(),
    (error: unknown) => {
      if (!(error instanceof NotStarted)) throw error;
    },
  );
  await setTimeout(ms);
  controller.abort();
  await started;
};

const startAgain = async (asked: { folder: string; dataDir: string }, tally: Tally): Promise<void> => {
  const service = await startRunning(asked);
  tally.inputs += 1;
  const answer = await ask({ url: `${service.url}/screen`, body: intakeOf('after') });
  if (answer.kind === 'answer' && answer.status === 200) {
    tally.acknowledged += 1;
    await lookUp(service.url, [acknowledgedOf(answer.text)], tally);
  } else blame(tally, 'wrong', `it does not screen: ${JSON.stringify(answer).slice(0, 200)}`);
  await service.stop();
};

const run = async ({ folder, seed, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const dice = diceOf(seed);
  for (let round = 0; round < ROUNDS[scale]; round += 1) {
    const { path: dataDir, remove } = temporary('start');
    const asked = { folder, dataDir };
    await killWhileStarting(asked, dice(KILLED_WITHIN_MS));
    try {
      await startAgain(asked, tally);
      await verifyLog(folder, dataDir, tally);
      checkIntegrity(dataDir, tally);
    } catch (error) {
      if (!(error instanceof NotStarted)) throw error;
      blame(tally, 'wrong', `after a kill at its first start: ${error.message}`);
    }
    tally.rounds += 1;
    remove();
  }
  return tally;
};

/** T11: a service that is killed while it makes its keys, its tables and its first activation starts again, on all of them or none. */
export const killedAtStart: Row = {
  id: 'T11',
  title: 'kill -9 while it starts',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'wrong',
    bug: 'tables that are made one after the other, and not at once',
    file: 'dist/storage/open-database.js',
    from: 'const run = connection.transaction(() => {',
    // Slow enough to be hit between two steps.
    to: `const exec = connection.exec.bind(connection);
    connection.exec = (sql) => { exec(sql); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000); };
    const run = ((steps) => ({ immediate: steps }))(() => {`,
  },
};
