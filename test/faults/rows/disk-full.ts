import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mountMemory } from '../mounts.js';
import { breakAndMend } from '../no-writing.js';
import type { Context, Row } from '../row.js';
import { startRunning } from '../running.js';
import type { Tally } from '../tally.js';

/** Enough for a database of a few hundred decisions. */
const SIZE = '10m';
const BIGGER = '64m';

const BLOCK = Buffer.alloc(4096);

/** Writes a file until the disk takes nothing more. */
const fill = (file: string): void => {
  const descriptor = openSync(file, 'w');
  try {
    while (writeSync(descriptor, BLOCK) > 0);
  } catch {
    // It is full.
  } finally {
    closeSync(descriptor);
  }
};

const run = async (context: Context): Promise<Tally> => {
  const disk = mountMemory(SIZE);
  const filler = join(disk.path, 'filler');
  const dataDir = join(disk.path, 'data');
  const service = await startRunning({ folder: context.folder, dataDir });
  const tally = await breakAndMend(
    {
      service,
      dataDir,
      breaksByLoad: true,
      breakIt: () => {
        fill(filler);
      },
      mend: () => {
        disk.remount(`size=${BIGGER}`);
        rmSync(filler);
      },
    },
    context,
  );
  disk.remove();
  return tally;
};

/** T3: the disk is full, and then it is not. */
export const diskFull: Row = {
  id: 'T3',
  title: 'disk full, then space again',
  needs: ['root', 'mount'],
  run,
  twin: {
    kind: 'planted',
    shows: 'lost',
    bug: 'an error of the log is swallowed',
    file: 'dist/services/screen-patient.js',
    from: 'await ports.log.append([entry], book.upTo);',
    to: 'await ports.log.append([entry], book.upTo).catch(() => undefined);',
  },
};
