#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { ENGINE_VERSION } from '../screening/engine.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { endOnBrokenPipe, processOutput, sayError } from './output.js';

type Add = (program: Command, finish: (exitCode: number) => void) => void;

/** What adds the commands that begin with a word. Each takes a while to load. */
const COMMANDS: readonly (readonly [words: readonly string[], load: () => Promise<Add>])[] = [
  [['serve'], async () => (await import('./serve-command.js')).addServeCommand],
  [['screen'], async () => (await import('./screen-command.js')).addScreenCommand],
  [['rules'], async () => (await import('./rules-program.js')).addRulesCommands],
  [['audit'], async () => (await import('./audit-program.js')).addAuditCommands],
  [['keys'], async () => (await import('./keys-program.js')).addKeysCommands],
  [['master-key'], async () => (await import('./master-key-program.js')).addMasterKeyCommands],
  [['backup', 'restore'], async () => (await import('./backup-program.js')).addBackupCommands],
];

/** The commands that a word may mean; all of them where it means none. */
const wanted = (word = ''): Promise<readonly Add[]> => {
  const meant = COMMANDS.filter(([words]) => words.includes(word));
  return Promise.all((meant.length === 0 ? COMMANDS : meant).map(([, load]) => load()));
};

const PACKAGE = new URL('../../package.json', import.meta.url);

const versions = (): string => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(PACKAGE, 'utf8')));
  return `ketamine-screening ${version}, engine ${ENGINE_VERSION}, Node.js ${process.versions.node}`;
};

// Whether a program reads the output must be known before the arguments are read, for what is wrong with them is told in that form too.
const output = processOutput(process.argv.includes('--json'));

const finish = (exitCode: number): void => {
  process.exitCode = exitCode;
};

const program = new Command('ketamine-screening')
  .description('Screens patients for contraindications before ketamine therapy for pain.')
  .version(versions(), '--version', 'the versions of the package, the engine and Node.js')
  .exitOverride()
  .configureOutput({
    writeErr: (text) => {
      if (!output.json) process.stderr.write(text);
    },
  })
  .showHelpAfterError('Run it with --help to see how it is used.');

for (const add of await wanted(process.argv[2])) add(program, finish);
// From here on `--version` is the program's own only before a command: behind one it is that of the command (`rules docs --version`).
program.enablePositionalOptions();

/** Commander has told people already what is wrong with the arguments; programs are told here. */
const finishUsage = (error: CommanderError): void => {
  finish(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
  if (error.exitCode === 0 || !output.json) return;
  const detail = error.code === 'commander.help' ? 'a command is missing' : error.message;
  sayError(output, wrongUsage(detail.replace(/^error: /, '')));
};

endOnBrokenPipe();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) finishUsage(error);
  else if (error instanceof CommandError) {
    sayError(output, error);
    finish(error.exitCode);
  } else throw error;
}
