import { setTimeout } from 'node:timers/promises';
import { ask, type Asked } from './ask.js';
import { acknowledgedOf, intakeOf, refusesForNow, type Acknowledged } from './load.js';
import { isSame } from './look-up.js';
import type { Running } from './running.js';
import { blame, expectTrue, type Tally } from './tally.js';

/** What needs no entry of the log, and is answered whatever becomes of the disk. */
const ALWAYS = ['/health/live', '/rules', '/intake/schema'] as const;

const WELL_LIMIT_MS = 15_000;

const statusOf = (asked: Asked): number => (asked.kind === 'answer' ? asked.status : 0);

const wordsOf = (asked: Asked): string =>
  asked.kind === 'answer' ? `${String(asked.status)} ${asked.text.slice(0, 120)}` : asked.kind;

/** One patient is screened. What is acknowledged is counted. */
export const screenOne = async (
  { url }: Running,
  subject: string,
  tally: Tally,
): Promise<{ readonly asked: Asked; readonly acknowledged: readonly Acknowledged[] }> => {
  tally.inputs += 1;
  const asked = await ask({ url: `${url}/screen`, body: intakeOf(subject) });
  if (asked.kind !== 'answer' || asked.status !== 200) return { asked, acknowledged: [] };
  tally.acknowledged += 1;
  return { asked, acknowledged: [acknowledgedOf(asked.text)] };
};

/** That a service which cannot write says so, gives no verdict, and still answers what needs no entry of its log. */
export const expectUnavailable = async (
  service: Running,
  stored: Acknowledged | undefined,
  tally: Tally,
): Promise<void> => {
  const screened = await screenOne(service, 'unavailable', tally);
  expectTrue(
    tally,
    refusesForNow(screened.asked),
    `a screening that cannot be written: ${wordsOf(screened.asked)}`,
  );
  const ready = await ask({ url: `${service.url}/health/ready` });
  const saysWhy = ready.kind === 'answer' && ready.status === 503 && ready.text.includes('"reason"');
  expectTrue(tally, saysWhy, `readiness where nothing can be written: ${wordsOf(ready)}`);
  for (const path of ALWAYS) {
    const asked = await ask({ url: service.url + path });
    expectTrue(tally, statusOf(asked) === 200, `${path} where nothing can be written: ${wordsOf(asked)}`);
  }
  // Whoever reads what is kept of a patient is written down first. That takes less than a decision, and may just fit where one does not.
  if (stored !== undefined) {
    const read = await ask({ url: `${service.url}/decisions/${stored.id}` });
    const isWhole = read.kind === 'answer' && read.status === 200 && isSame(read.text, stored);
    expectTrue(
      tally,
      refusesForNow(read) || isWhole,
      `a decision where nothing can be written: ${wordsOf(read)}`,
    );
  }
  if (service.hasEnded()) blame(tally, 'wrong', `the service ended: ${service.output().slice(-300)}`);
};

/** That a service which can write again screens again, and says that it is ready, without a restart. */
export const expectWell = async (service: Running, tally: Tally): Promise<readonly Acknowledged[]> => {
  const begun = performance.now();
  for (;;) {
    const { asked, acknowledged } = await screenOne(service, 'well', tally);
    if (acknowledged.length > 0) {
      tally.notes.push(`well again after ${(performance.now() - begun).toFixed(0)} ms`);
      const ready = await ask({ url: `${service.url}/health/ready` });
      expectTrue(tally, statusOf(ready) === 200, `readiness once it is well: ${wordsOf(ready)}`);
      return acknowledged;
    }
    if (performance.now() - begun > WELL_LIMIT_MS) {
      blame(tally, 'wrong', `it does not screen again: ${wordsOf(asked)}`);
      return [];
    }
    await setTimeout(100);
  }
};
