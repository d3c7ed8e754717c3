import { command } from '../command.js';
import { breakAndMend } from '../no-writing.js';
import type { Context, Row } from '../row.js';
import { startRunning } from '../running.js';
import type { Tally } from '../tally.js';
import { temporary } from '../undo.js';

/** Enough for a write-ahead log of some hundred decisions. */
const LIMIT_BYTES = 6_000_000;

/** Small enough that nothing more can be written once it is set, and large enough for nothing. */
const NOTHING_BYTES = 1;

const setLimit = (pid: number, bytes: string): void => {
  command('prlimit', '--pid', String(pid), `--fsize=${bytes}:unlimited`);
};

const run = async (context: Context): Promise<Tally> => {
  const { path: dataDir, remove } = temporary('limit');
  const under = ['prlimit', `--fsize=${String(LIMIT_BYTES)}:unlimited`];
  const service = await startRunning({ folder: context.folder, dataDir, under });
  const tally = await breakAndMend(
    {
      service,
      dataDir,
      breaksByLoad: true,
      breakIt: () => {
        setLimit(service.pid, String(NOTHING_BYTES));
      },
      mend: () => {
        setLimit(service.pid, 'unlimited');
      },
    },
    context,
  );
  remove();
  return tally;
};

/** T4: files may not grow beyond a limit, and then they may. */
export const fileSizeLimit: Row = {
  id: 'T4',
  title: 'file size limit, then none',
  needs: ['prlimit'],
  run,
  twin: {
    kind: 'planted',
    shows: 'lost',
    bug: 'a commit that failed is told as written',
    file: 'dist/storage/log-store.js',
    from: ': batches.map(() => ({ ok: false, refusal }));',
    to: ': batches.map(() => ({ ok: true, first: 0 }));',
  },
};
