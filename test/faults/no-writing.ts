import { setTimeout } from 'node:timers/promises';
import { startLoad, type Acknowledged, type Load } from './load.js';
import { lookUp } from './look-up.js';
import { expectUnavailable, expectWell } from './promises.js';
import type { Context, Scale } from './row.js';
import type { Running } from './running.js';
import { newTally, type Tally } from './tally.js';
import { checkIntegrity, verifyLog } from './verify-log.js';

/** A service that loses the means to write, and how it gets them back. */
export type Breaking = {
  readonly service: Running;
  readonly dataDir: string;
  /** Takes the last means; called once the load was refused, or where it was not, once enough is acknowledged. */
  readonly breakIt: () => void;
  /** Whether the load alone brings the first refusal, as it fills what is there. */
  readonly breaksByLoad: boolean;
  readonly mend: () => void;
};

const LANES = 8;

/** So many must be acknowledged before, and so many refused while nothing can be written; else the run says nothing. */
const ENOUGH = 50;

/** How long each of these may take, in milliseconds. A twin that never refuses need not be waited for. */
const LIMIT_MS: Readonly<Record<Scale, number>> = { gate: 60_000, nightly: 60_000, twin: 4_000 };

const until = async (limitMs: number, holds: () => boolean): Promise<boolean> => {
  const limit = performance.now() + limitMs;
  while (!holds() && performance.now() < limit) await setTimeout(5);
  return holds();
};

/** @returns whether enough was acknowledged before, and enough refused after */
const loseAndRefuse = async (
  load: Load,
  { breakIt, breaksByLoad }: Breaking,
  limitMs: number,
): Promise<boolean> => {
  const isBegun = (): boolean => load.acknowledged.length >= ENOUGH && (!breaksByLoad || load.refused() > 0);
  const begun = await until(limitMs, isBegun);
  breakIt();
  const before = load.refused();
  return (await until(limitMs, () => load.refused() >= before + ENOUGH)) && begun;
};

/** Loads a service that loses the means to write, holds it to its promises meanwhile, gives them back and looks for all that it acknowledged. */
export const breakAndMend = async (breaking: Breaking, { folder, seed, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { service, dataDir, mend } = breaking;
  const label = `broken-${String(seed)}`;
  const load = startLoad({ url: service.url, lanes: LANES, label, isUnavailable: () => true }, tally);
  const isBroken = await loseAndRefuse(load, breaking, LIMIT_MS[scale]);
  await load.stop();
  if (!isBroken)
    tally.inconclusive = `${String(load.acknowledged.length)} acknowledged, ${String(load.refused())} refused`;
  await expectUnavailable(service, load.acknowledged[0], tally);
  mend();
  const first = await expectWell(service, tally);
  const after = startLoad({ url: service.url, lanes: LANES, label: `mended-${String(seed)}` }, tally);
  await until(LIMIT_MS[scale], () => after.acknowledged.length >= ENOUGH || service.hasEnded());
  await after.stop();
  const all: readonly Acknowledged[] = [...load.acknowledged, ...first, ...after.acknowledged];
  await lookUp(service.url, all, tally);
  await verifyLog(folder, dataDir, tally);
  await service.stop();
  checkIntegrity(dataDir, tally);
  tally.notes.push(
    `${String(load.acknowledged.length)} acknowledged before, ${String(load.refused())} refused, ${String(after.acknowledged.length)} acknowledged after`,
  );
  tally.rounds += 1;
  return tally;
};
