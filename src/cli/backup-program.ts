import type { Command } from 'commander';
import { backupCommand, restoreCommand } from './backup-commands.js';
import { processOutput } from './output.js';
import { progressOn, type Progress } from './progress.js';
import type { Outcome, Style } from './rules-outcome.js';
import { tellOutcome } from './tell-outcome.js';

type Options = { readonly dataDir: string; readonly json?: true };

const BACKUP_NOTES = `
The service may run meanwhile. The copy is of one moment, and is read again,
entry by entry, before it counts. The keys of the service are not in it: back
payload.key and checkpoint.key up apart from it.

Exit codes: 0 copied, and the copy holds, 1 it does not and is not kept, 2 wrong
usage, 3 there is no database, or the copy cannot be written.
`;

const RESTORE_NOTES = `
First put payload.key and checkpoint.key back into the folder. A database that is
there is never written over. The copy is verified before it stands in its place;
give the checkpoints that you kept, or a copy that was cut looks well.

Exit codes: 0 it stands in its place, 1 it does not hold, 2 wrong usage, 3 the keys
are not there, or the copy cannot be read.
`;

const collect = (file: string, files: readonly string[]): readonly string[] => [...files, file];

type Run = (telling: { readonly style: Style; readonly tell: Progress['tell'] }) => Outcome;

const tell = async (run: Run, { json }: Options): Promise<number> => {
  const output = processOutput(json === true);
  const progress = progressOn(process.stderr, () => performance.now());
  const outcome = run({ style: output.json ? 'json' : 'text', tell: progress.tell });
  progress.clear();
  return tellOutcome(output, outcome);
};

const dataDirOption = [
  '--data-dir <folder>',
  'where the database lies',
  process.env.DATA_DIR ?? './data',
] as const;

/** Adds `backup` and `restore`. */
export const addBackupCommands = (program: Command, finish: (exitCode: number) => void): void => {
  program
    .command('backup')
    .description('copy the database of a service, and verify the copy')
    .argument('<file>', 'where the copy is written; never over another file')
    .option(...dataDirOption)
    .option('--json', 'one JSON object')
    .addHelpText('after', BACKUP_NOTES)
    .action(async (file: string, options: Options) => {
      finish(await tell((telling) => backupCommand(options.dataDir, file, telling), options));
    });
  program
    .command('restore')
    .description('verify a copy, and put it in the place of a database that is gone')
    .argument('<file>', 'the copy')
    .option('--checkpoint <file>', 'checkpoints that you kept; can be given several times', collect, [])
    .option(...dataDirOption)
    .option('--json', 'one JSON object')
    .addHelpText('after', RESTORE_NOTES)
    .action(async (from: string, options: Options & { readonly checkpoint: readonly string[] }) => {
      const { dataDir, checkpoint } = options;
      finish(
        await tell((telling) => restoreCommand({ from, dataDir, checkpoints: checkpoint }, telling), options),
      );
    });
};
