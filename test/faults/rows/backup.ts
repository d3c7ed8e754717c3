import { copyFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLoad, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { checkIntegrity, run as runProgram, verifyLog } from '../verify-log.js';

const ROUNDS: Readonly<Record<Scale, number>> = { gate: 2, nightly: 10, twin: 2 };

const LANES = 8;

/** How long it is loaded before each copy, in milliseconds. While a copy is restored and looked through it rests, or the log would outgrow every round. */
const BEFORE_MS = 300;

/** How many of those that were acknowledged before a copy are asked for on it. */
const LOOKED_UP = 200;

type Copying = { readonly folder: string; readonly dataDir: string };

const commandOf = async (folder: string, args: readonly string[], tally: Tally): Promise<boolean> => {
  const { code, stdout, stderr } = await runProgram([process.execPath, 'dist/cli/main.js', ...args], folder);
  if (code !== 0) blame(tally, 'wrong', `${args[0] ?? ''} ends with ${String(code)}: ${stdout}${stderr}`);
  return code === 0;
};

/** Restores a copy where there is nothing, as on a new machine, and asks a service on it for what was acknowledged before the copy was begun. */
const restore = async (
  { folder, dataDir }: Copying,
  { file, before }: { readonly file: string; readonly before: readonly Acknowledged[] },
  tally: Tally,
): Promise<void> => {
  const { path: restored, remove } = temporary('restored');
  for (const name of readdirSync(dataDir).filter((one) => one.endsWith('.key')))
    copyFileSync(join(dataDir, name), join(restored, name));
  if (await commandOf(folder, ['restore', file, '--data-dir', restored], tally)) {
    const service = await startRunning({ folder, dataDir: restored });
    await lookUp(service.url, before, tally);
    await service.stop();
    checkIntegrity(restored, tally);
    await verifyLog(folder, restored, tally);
  }
  remove();
};

type Copied = { readonly isWhole: boolean; readonly before: readonly Acknowledged[] };

type Round = { readonly url: string; readonly file: string; readonly isQuiet: boolean };

/** Makes a copy while decisions are made, or right after, and tells some that were acknowledged before it was begun. */
const copyOf = async (
  { folder, dataDir }: Copying,
  { url, file, isQuiet }: Round,
  tally: Tally,
): Promise<Copied> => {
  const load = startLoad({ url, lanes: LANES, label: basename(file) }, tally);
  await setTimeout(BEFORE_MS);
  if (isQuiet) await load.stop();
  const before = load.acknowledged.slice(-LOOKED_UP);
  const isWhole = await commandOf(folder, ['backup', file, '--data-dir', dataDir], tally);
  if (!isQuiet) await load.stop();
  return { isWhole, before };
};

const run = async ({ folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('backup');
  const { path: copies, remove: removeCopies } = temporary('copies');
  const service = await startRunning({ folder, dataDir });
  const copying = { folder, dataDir };
  for (let round = 0; round < ROUNDS[scale]; round += 1) {
    const file = join(copies, `${String(round)}.db`);
    // The newest decisions stand in the write-ahead log alone: under load only for a moment, and for longer once it is quiet.
    const asked = { url: service.url, file, isQuiet: round % 2 === 1 };
    const { isWhole, before } = await copyOf(copying, asked, tally);
    if (isWhole) await restore(copying, { file, before }, tally);
    tally.rounds += 1;
  }
  await service.stop();
  if (tally.acknowledged < 100) tally.inconclusive = 'fewer than 100 were acknowledged meanwhile';
  remove();
  removeCopies();
  return tally;
};

/** T29: copies that are made while decisions are, each restored where there is nothing. */
export const backedUp: Row = {
  id: 'T29',
  title: 'backup under load, and restore',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'lost',
    bug: 'the file is copied without its write-ahead log',
    file: 'dist/storage/copy-database.js',
    from: `connection.prepare('VACUUM INTO ?').run(to);`,
    to: 'copyFileSync(from, to);',
  },
};
