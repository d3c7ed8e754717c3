import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { ConfigError, readConfig } from '../config.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { processOutput } from './output.js';

type ServeOptions = {
  readonly host?: string;
  readonly port?: string;
  readonly dataDir?: string;
  readonly rulesDir?: string;
  readonly terminologyDir?: string;
  readonly releaseKey?: string;
  readonly checkpointFile?: string;
  readonly retentionDays?: string;
  readonly masterKeyFile?: string;
  readonly masterKeyCommand?: string;
  readonly logLevel?: string;
  readonly json?: true;
};

/** The program that is the service. */
const SERVICE = fileURLToPath(new URL('../main.js', import.meta.url));

/** How that program begins the lines that say why it cannot start. */
const CANNOT_START = 'ketamine-screening cannot start: ';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const settingsOf = (options: ServeOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      HOST: options.host,
      PORT: options.port,
      DATA_DIR: options.dataDir,
      RULES_DIR: options.rulesDir,
      TERMINOLOGY_DIR: options.terminologyDir,
      RELEASE_KEY: options.releaseKey,
      CHECKPOINT_FILE: options.checkpointFile,
      RETENTION_DAYS: options.retentionDays,
      MASTER_KEY_FILE: options.masterKeyFile,
      MASTER_KEY_COMMAND: options.masterKeyCommand,
      LOG_LEVEL: options.logLevel,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );

const cannotStart = (detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code: 'cannot-start', detail }]);

/** A wrong option is wrong usage; a wrong variable of the environment stops the start. */
const assertSettings = (settings: Readonly<Record<string, string>>): void => {
  try {
    readConfig({ ...process.env, ...settings });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [name = ''] = error.message.split(' ');
    if (!Object.hasOwn(settings, name)) throw cannotStart(error.message);
    const option = name.toLowerCase().replaceAll('_', '-');
    throw wrongUsage(`--${option}${error.message.slice(name.length)}`);
  }
};

const exitCodeOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== null) resolve(128 + constants.signals[signal]);
      else resolve(code === 0 ? EXIT.ok : EXIT.cannotStart);
    });
  });

/** Passes stderr on line by line, but for the words why the service cannot start, which are told as JSON when it has ended. */
const startFaultOf = (child: ChildProcess): (() => string | null) => {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const from = text.indexOf(CANNOT_START);
    const passed = from >= 0 ? text.slice(0, from) : text.slice(0, text.lastIndexOf('\n') + 1);
    process.stderr.write(passed);
    text = text.slice(passed.length);
  });
  return () => (text.startsWith(CANNOT_START) ? text.slice(CANNOT_START.length).trimEnd() : null);
};

/**
 * Runs the service until it stops. It is a process of its own, in a process group of its own, so that Ctrl-C reaches it once and not twice:
 * it takes a second signal as the order to stop at once.
 */
const serveCommand = async (options: ServeOptions): Promise<number> => {
  const settings = settingsOf(options);
  assertSettings(settings);
  const json = options.json === true;
  const child = spawn(process.execPath, [SERVICE], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', json ? 'pipe' : 'inherit'],
    detached: true,
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  const startFault = startFaultOf(child);
  const exitCode = await exitCodeOf(child);
  const detail = json ? startFault() : null;
  if (detail !== null)
    processOutput(true).say(JSON.stringify({ errors: [{ code: 'cannot-start', detail }] }));
  return exitCode;
};

const NOTES = `
What no option names is taken from the environment: the README lists all
settings, also those for TLS, access tokens, browsers and limits. MASTER_KEY is
none of the options, for every user of the machine can read those. The service
writes its own log to stdout, a JSON object a line. SIGINT or SIGTERM stops it
once all that it accepted is answered.

Exit codes:
  0 stopped as asked     2 wrong usage
  3 the service, its rules or its database cannot start, or it fell over
`;

/** Adds `serve`: starts the service. */
export const addServeCommand = (program: Command, finish: (exitCode: number) => void): void => {
  program
    .command('serve')
    .description('start the service')
    .option('--host <address>', 'a loopback address, while no access control is set up')
    .option('--port <number>', 'where it listens; 0 takes a free one')
    .option('--data-dir <folder>', 'where the database lies')
    .option('--rules-dir <folder>', 'one folder a rule set')
    .option('--terminology-dir <folder>', 'the folder of tables of terminology')
    .option('--release-key <key>', 'the key that must have signed every release')
    .option('--checkpoint-file <file>', 'where checkpoints of the log are appended')
    .option('--retention-days <days>', 'for how long what is kept of patients is kept')
    .option('--master-key-file <file>', 'the file of the master key, where it is not in the data folder')
    .option('--master-key-command <command>', 'what prints the master key')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent')
    .option('--json', 'say as JSON why it cannot start')
    .addHelpText('after', NOTES)
    .action(async (options: ServeOptions) => {
      finish(await serveCommand(options));
    });
};
