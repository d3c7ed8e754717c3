import { setTimeout } from 'node:timers/promises';
import { ask } from '../ask.js';
import { intakeOf, startLoad } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning, type Running } from '../running.js';
import { blame, expectTrue, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { verifyLog } from '../verify-log.js';

/** Far more than are answered at once: each waits for those before it. */
const LANES = 256;

const LASTS_MS: Readonly<Record<Scale, number>> = { gate: 10_000, nightly: 60_000, twin: 5_000 };

/** How long one may wait under all of them, and from where on it counts as a hang: the load is made on the same machine. */
const GOAL_P99_MS = 500;
const LIMIT_P99_MS = 5_000;

/** Within this time after the load all must be as it was before. */
const WELL_AGAIN_MS = 5_000;

const LOOKED_UP = 500;

const LAG = /^nodejs_eventloop_lag_(p99|max)_seconds ([0-9.e-]+)$/gm;

/** How late the event loop was since it was last asked, as the service tells it. */
const lagOf = async ({ url }: Running): Promise<string> => {
  const answer = await ask({ url: `${url}/metrics` });
  const text = answer.kind === 'answer' ? answer.text : '';
  return [...text.matchAll(LAG)]
    .map(([, which = '', seconds]) => `${which} ${(Number(seconds) * 1000).toFixed(0)} ms`)
    .join(', ');
};

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Infinity;

const wellAgain = async (service: Running, tally: Tally): Promise<void> => {
  const begun = performance.now();
  const answer = await ask({ url: `${service.url}/screen`, body: intakeOf('afterwards') });
  const ms = performance.now() - begun;
  expectTrue(tally, answer.kind === 'answer' && answer.status === 200, 'it does not screen afterwards');
  if (ms > WELL_AGAIN_MS) blame(tally, 'hangs', `well again only after ${ms.toFixed(0)} ms`);
};

const run = async ({ folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('overload');
  const service = await startRunning({ folder, dataDir, environment: { LOG_LEVEL: 'warn' } });
  await lagOf(service);
  const times: number[] = [];
  const load = startLoad(
    {
      url: service.url,
      lanes: LANES,
      label: 'load',
      isUnavailable: () => true,
      onTime: (ms) => times.push(ms),
    },
    tally,
  );
  await setTimeout(LASTS_MS[scale]);
  await load.stop();
  const lag = await lagOf(service);
  await wellAgain(service, tally);
  const p99 = percentile(times, 0.99);
  if (p99 > LIMIT_P99_MS) blame(tally, 'hangs', `99 in 100 waited up to ${p99.toFixed(0)} ms`);
  tally.notes.push(
    `${(load.acknowledged.length / (LASTS_MS[scale] / 1000)).toFixed(0)} a second; median ${percentile(times, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (goal ${String(GOAL_P99_MS)}); ${String(load.refused())} turned away; event loop late: ${lag}`,
  );
  const step = Math.max(1, Math.floor(load.acknowledged.length / LOOKED_UP));
  await lookUp(
    service.url,
    load.acknowledged.filter((_one, index) => index % step === 0),
    tally,
  );
  await verifyLog(folder, dataDir, tally);
  await service.stop();
  tally.rounds += 1;
  remove();
  return tally;
};

/** T17 and T22: more is asked than can be answered. Each request gets its decision or is told to come again, and the event loop goes on. */
export const overload: Row = {
  id: 'T17',
  title: 'more load than it can take',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'unexpected5xx',
    bug: 'what is too much is told as a fault',
    file: 'dist/http/limit-load.js',
    from: 'if (atWork >= most) {',
    to: `if (atWork >= 4) { sendProblem(reply, 'internal-error'); return; }
        if (atWork >= most) {`,
  },
};
