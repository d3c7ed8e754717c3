import type { Command } from 'commander';
import {
  breakGlassCommand,
  createKeyCommand,
  listKeysCommand,
  revokeKeyCommand,
  rotateKeyCommand,
} from './keys-commands.js';
import { processOutput } from './output.js';
import type { Outcome, Style } from './rules-outcome.js';
import { tellOutcome } from './tell-outcome.js';

type SiteOptions = { readonly dataDir: string; readonly json?: true };

type CreateOptions = SiteOptions & {
  readonly client: string;
  readonly organisation: string;
  readonly scopes: string;
  readonly days: string;
  readonly by: string;
};

type EndOptions = SiteOptions & { readonly after: string; readonly by: string };

const NOTES = `
A key is made of 256 random bits and shown once: the log keeps its hash. Send it
as \`Authorization: Bearer <key>\`. Once the first key is made, a service that
runs lets nobody in without one within two seconds, and so it stays, even where
every key is taken back. A key that is taken back is refused within two seconds.

Scopes: screen, intake:submit, decisions:read, decisions:resolve, rules:read,
rules:activate, audit:read, admin. None includes another.

The service may run meanwhile. Run it as the user that the service runs as.
Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the database cannot be used.
`;

const styleOf = ({ json }: SiteOptions): Style => (json === true ? 'json' : 'text');

type Tell = (outcome: Outcome, options: SiteOptions) => Promise<void>;

const tellOn =
  (finish: (exitCode: number) => void): Tell =>
  async (outcome, options) => {
    finish(await tellOutcome(processOutput(options.json === true), outcome));
  };

const withSite = (command: Command): Command =>
  command
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--json', 'one JSON object; why it is refused as JSON on stderr')
    .addHelpText('after', NOTES);

const addCreate = (keys: Command, tell: Tell): void => {
  withSite(keys.command('create'))
    .description('make a key for a client, and show it once')
    .requiredOption('--client <name>', 'who will use it: one key for each program')
    .requiredOption('--scopes <list>', 'what it may do, separated by commas')
    .requiredOption('--by <name>', 'who makes it')
    .option('--organisation <name>', 'whose decisions it sees and makes', 'local')
    .option('--days <number>', 'for how long it counts', '365')
    .action(async (options: CreateOptions) => {
      const { dataDir, client, organisation, scopes, days, by } = options;
      const asked = { client, organisation, scopes: scopes.split(','), days: Number(days), by };
      await tell(await createKeyCommand(dataDir, asked, styleOf(options)), options);
    });
};

type BreakGlassOptions = SiteOptions & {
  readonly client: string;
  readonly organisation: string;
  readonly hours: string;
  readonly by: string;
  readonly reason: string;
};

const addBreakGlass = (keys: Command, tell: Tell): void => {
  withSite(keys.command('break-glass'))
    .description('make a key for an emergency: decisions can be read with it for some hours')
    .requiredOption('--client <name>', 'who will use it: one key for each person')
    .requiredOption('--by <name>', 'who makes it')
    .requiredOption('--reason <text>', 'why it is needed: the log keeps it')
    .option('--organisation <name>', 'whose decisions can be read', 'local')
    .option('--hours <number>', 'for how long it counts, at most 24', '4')
    .action(async (options: BreakGlassOptions) => {
      const { dataDir, client, organisation, hours, by, reason } = options;
      const asked = { client, organisation, hours: Number(hours), by, reason };
      await tell(await breakGlassCommand(dataDir, asked, styleOf(options)), options);
    });
};

const addEnds = (keys: Command, tell: Tell): void => {
  withSite(keys.command('revoke'))
    .description('take a key back')
    .argument('<id>', 'its id: see `keys list`')
    .requiredOption('--by <name>', 'who takes it back')
    .option('--after <hours>', 'from when on it counts no more', '0')
    .action(async (id: string, options: EndOptions) => {
      const asked = { id, hours: Number(options.after), by: options.by };
      await tell(await revokeKeyCommand(options.dataDir, asked, styleOf(options)), options);
    });
  withSite(keys.command('rotate'))
    .description('make another key that may do the same, and take the old one back some hours later')
    .argument('<id>', 'the id of the old one')
    .requiredOption('--by <name>', 'who does so')
    .option('--after <hours>', 'from when on the old one counts no more', '24')
    .option('--days <number>', 'for how long the new one counts', '365')
    .action(async (id: string, options: EndOptions & { readonly days: string }) => {
      const { after, by, days } = options;
      const asked = { id, hours: Number(after), by, days: Number(days) };
      await tell(await rotateKeyCommand(options.dataDir, asked, styleOf(options)), options);
    });
};

/** Adds `keys` with its commands: who may call a service. */
export const addKeysCommands = (program: Command, finish: (exitCode: number) => void): void => {
  const keys = program.command('keys').description('who may call the service');
  const tell = tellOn(finish);
  addCreate(keys, tell);
  withSite(keys.command('list'))
    .description('the keys that were made, and until when each counts')
    .action(async (options: SiteOptions) =>
      tell(await listKeysCommand(options.dataDir, styleOf(options)), options),
    );
  addEnds(keys, tell);
  addBreakGlass(keys, tell);
};
