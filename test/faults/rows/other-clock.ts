import { setTimeout } from 'node:timers/promises';
import { ask } from '../ask.js';
import { acknowledgedOf, intakeOf, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row } from '../row.js';
import { startRunning } from '../running.js';
import { blame, expectTrue, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { verifyLog } from '../verify-log.js';

/** The clocks that a service is run by, one after the other on one database: each jumps back or forth against the one before. */
const CLOCKS = ['+0d', '+1d', '-1d', '+4500d', '+0d'] as const;

const OF_EACH = 5;

type Page = { readonly items: readonly { readonly id: string }[] };

const idsIn = async (url: string): Promise<readonly string[]> => {
  const found = await ask({ url: `${url}/decisions?limit=100` });
  return found.kind === 'answer' && found.status === 200
    ? (JSON.parse(found.text) as Page).items.map(({ id }) => id)
    : [];
};

/** A reading of now: under a clock that is behind it is one of the future, and must be refused. */
const withReading = (now: string): string =>
  JSON.stringify({
    facts: { bloodPressure: [{ systolic: 120, diastolic: 80, unit: 'mm[Hg]', takenAt: now }] },
  });

const judgeReading = async (url: string, offset: string, tally: Tally): Promise<void> => {
  tally.inputs += 1;
  const answer = await ask({ url: `${url}/screen`, body: withReading(new Date().toISOString()) });
  const status = answer.kind === 'answer' ? answer.status : 0;
  const expected = offset.startsWith('-') ? 422 : 200;
  if (status !== expected) blame(tally, 'wrong', `a reading of now under ${offset}: ${String(status)}`);
};

const screenUnder = async (url: string, offset: string, tally: Tally): Promise<readonly Acknowledged[]> => {
  const made: Acknowledged[] = [];
  for (let count = 0; count < OF_EACH; count += 1) {
    tally.inputs += 1;
    const answer = await ask({ url: `${url}/screen`, body: intakeOf(`${offset}-${String(count)}`) });
    if (answer.kind === 'answer' && answer.status === 200) made.push(acknowledgedOf(answer.text));
    else blame(tally, 'wrong', `a screening under ${offset}: ${JSON.stringify(answer).slice(0, 200)}`);
  }
  tally.acknowledged += made.length;
  return made;
};

const run = async ({ folder }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('clock');
  const all: Acknowledged[] = [];
  for (const offset of CLOCKS) {
    const service = await startRunning({ folder, dataDir, under: ['faketime', '-f', offset] });
    const made = await screenUnder(service.url, offset, tally);
    all.push(...made);
    const ids = new Set(all.map(({ id }) => id));
    const listed = (await idsIn(service.url)).filter((id) => ids.has(id));
    expectTrue(
      tally,
      listed.join() === all.map(({ id }) => id).join(),
      `under ${offset} the decisions are not listed in the order in which they were made`,
    );
    await judgeReading(service.url, offset, tally);
    await lookUp(service.url, all, tally);
    await service.stop();
    await setTimeout(10);
    tally.rounds += 1;
  }
  await verifyLog(folder, dataDir, tally);
  remove();
  return tally;
};

/** T31: the clock of the machine jumps between two starts. The order of the log is by position, and what lies ahead of the clock is refused. */
export const otherClock: Row = {
  id: 'T31',
  title: 'clocks that jump',
  needs: ['faketime'],
  run,
  twin: {
    kind: 'planted',
    shows: 'wrong',
    bug: 'readings of the future are taken',
    file: 'dist/formats/intake/moment.js',
    from: `\n        ? refuse(issue(pointer, 'after-as-of', AFTER))`,
    to: `\n        ? read({ kind: 'instant', instant })`,
  },
};
