import type { Command } from 'commander';
import { makeMasterKeyCommand, masterKeyStatusCommand } from './master-key-commands.js';
import { rotateMasterKeyCommand } from './master-key-rotate-command.js';
import { processOutput } from './output.js';
import type { Style } from './rules-outcome.js';
import { tellOutcome } from './tell-outcome.js';

type Options = { readonly dataDir: string; readonly json?: true };

const NOTES = `
The master key seals payload.key and checkpoint.key. It is said by MASTER_KEY_FILE,
by MASTER_KEY_COMMAND or by MASTER_KEY, one of them alone; where none is set it is
master.key in the data folder.

The next one is said by NEXT_MASTER_KEY_FILE, NEXT_MASTER_KEY_COMMAND or
NEXT_MASTER_KEY. Where none is set, keys that lie in plain are sealed by the master
key of now, a rotation that was interrupted is brought to its end, or a new
master.key is made where the one of now is that file. At every moment one of the
two opens everything, so a rotation that was interrupted is run again.

The service may run meanwhile, and needs the new one at its next start. Run one
rotation at a time, as the user that the service runs as.
`;

const ROTATE_CODES = `
Exit codes: 0 rotated, 2 wrong usage, 3 a master key cannot be had or does not open
the keys, there is nothing to rotate, or the database cannot be used.
`;

const STATUS_CODES = `
Exit codes: 0 the master key opens both, 1 it does not, 2 wrong usage, 3 the keys or
the master key cannot be read.
`;

const styleOf = ({ json }: Options): Style => (json === true ? 'json' : 'text');

const withFolder = (command: Command): Command =>
  command
    .option('--data-dir <folder>', 'where the keys lie', process.env.DATA_DIR ?? './data')
    .option('--json', 'one JSON object; why it is refused as JSON on stderr');

/** Adds `master-key` with its commands: what seals the keys of a service. */
export const addMasterKeyCommands = (program: Command, finish: (exitCode: number) => void): void => {
  const masterKey = program.command('master-key').description('what seals the keys of the service');
  masterKey
    .command('make')
    .description('print a new master key, and nothing else')
    .action(async () => {
      finish(await tellOutcome(processOutput(false), makeMasterKeyCommand()));
    });
  withFolder(masterKey.command('status'))
    .description('which master key seals which key, and whether the one of now opens them')
    .addHelpText('after', NOTES + STATUS_CODES)
    .action(async (options: Options) => {
      const outcome = masterKeyStatusCommand(options.dataDir, styleOf(options));
      finish(await tellOutcome(processOutput(options.json === true), outcome));
    });
  withFolder(masterKey.command('rotate'))
    .description('seal the keys of the service by another master key')
    .requiredOption('--by <name>', 'who does so')
    .addHelpText('after', NOTES + ROTATE_CODES)
    .action(async (options: Options & { readonly by: string }) => {
      const outcome = await rotateMasterKeyCommand(options.dataDir, options.by, styleOf(options));
      finish(await tellOutcome(processOutput(options.json === true), outcome));
    });
};
