import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diceOf, type Dice } from '../../support/dice.js';
import type * as LogStoreFile from '../../../src/storage/log-store.js';
import type * as OpenDatabase from '../../../src/storage/open-database.js';
import type * as ServiceKeys from '../../../src/storage/service-keys.js';
import type * as Vault from '../../../src/storage/vault.js';
import { databaseFileIn } from '../../../src/storage/database-file.js';
import { acknowledgedOf, type Acknowledged } from '../load.js';
import { screenOne } from '../promises.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning } from '../running.js';
import { blame, expectTrue, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';

const COPIES: Readonly<Record<Scale, number>> = { gate: 100, nightly: 1_000, twin: 400 };

const DECISIONS = 30;

type Reader = { readonly load: (id: string) => string | null; readonly close: () => void };

/** The parts of a built service that read its log: those of a broken twin where it is one that is tried. */
const readerIn = async (folder: string): Promise<(dataDir: string) => Reader> => {
  const from = (file: string): Promise<unknown> => import(pathToFileURL(join(folder, 'dist', file)).href);
  const { openDatabase } = (await from('storage/open-database.js')) as typeof OpenDatabase;
  const { LogStore } = (await from('storage/log-store.js')) as typeof LogStoreFile;
  const { vaultUnder } = (await from('storage/vault.js')) as typeof Vault;
  const { openServiceKeys } = (await from('storage/service-keys.js')) as typeof ServiceKeys;
  return (dataDir) => {
    const file = databaseFileIn(dataDir);
    const { secret } = openServiceKeys(dataDir, file, null);
    const store = new LogStore(openDatabase(file), vaultUnder(secret));
    return {
      load: (id) => store.reader.load(id, 'decision')?.parts.answer?.body ?? null,
      close: () => {
        store.close();
      },
    };
  };
};

/** A database of some decisions, left as a crash leaves it: most of it in its write-ahead log; or stopped, and all in the file. */
const makeDatabase = async (
  { folder, dataDir, isStopped }: { folder: string; dataDir: string; isStopped: boolean },
  tally: Tally,
): Promise<readonly Acknowledged[]> => {
  const service = await startRunning({ folder, dataDir });
  const all: Acknowledged[] = [];
  for (let index = 0; index < DECISIONS; index += 1)
    all.push(...(await screenOne(service, `flipped-${String(index)}`, tally)).acknowledged);
  await (isStopped ? service.stop() : service.kill());
  return all;
};

const flip = (file: string, dice: Dice): void => {
  const bytes = readFileSync(file);
  const place = dice(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << dice(8));
  writeFileSync(file, bytes);
};

/** Reads every decision of a copy: each is as it was, or is not read at all. @returns whether anything was not read */
const judgeCopy = (reader: () => Reader, all: readonly Acknowledged[], tally: Tally): boolean => {
  let isHidden = false;
  let opened: Reader;
  try {
    opened = reader();
  } catch {
    return true;
  }
  for (const { id, hash } of all) {
    try {
      const text = opened.load(id);
      if (text === null) isHidden = true;
      else if (acknowledgedOf(text).hash !== hash) blame(tally, 'changed', id);
    } catch {
      // What does not open is refused.
      isHidden = true;
    }
  }
  opened.close();
  return isHidden;
};

const run = async ({ folder, seed, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const dice = diceOf(seed);
  const reading = await readerIn(folder);
  let noticed = 0;
  for (const isStopped of [true, false]) {
    const whole = temporary('whole');
    const dataDir = join(whole.path, 'data');
    const all = await makeDatabase({ folder, dataDir, isStopped }, tally);
    // A reader that opens nothing at all would refuse every flipped bit as well.
    const untouched = temporary('untouched');
    cpSync(dataDir, untouched.path, { recursive: true });
    expectTrue(
      tally,
      !judgeCopy(() => reading(untouched.path), all, tally),
      'a copy without a flipped bit is not read in whole',
    );
    untouched.remove();
    for (let index = 0; index < COPIES[scale] / 2; index += 1) {
      const copy = temporary('flipped');
      cpSync(dataDir, copy.path, { recursive: true });
      flip(`${databaseFileIn(copy.path)}${isStopped ? '' : '-wal'}`, dice);
      if (judgeCopy(() => reading(copy.path), all, tally)) noticed += 1;
      tally.rounds += 1;
      tally.inputs += all.length;
      copy.remove();
    }
    whole.remove();
  }
  tally.notes.push(`of ${String(tally.rounds)} copies ${String(noticed)} were not read in whole`);
  if (noticed === 0) tally.inconclusive = 'no flipped bit was noticed';
  return tally;
};

/** T8: a bit flips in the files of the database. */
export const flippedBits: Row = {
  id: 'T8',
  title: 'a flipped bit in the database',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'changed',
    bug: 'a payload that is opened without its seal',
    file: 'dist/storage/sealed-bytes.js',
    from: 'return Buffer.concat([decipher.update(text), decipher.final()]);',
    to: 'return decipher.update(text);',
  },
};
