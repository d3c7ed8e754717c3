import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** The built command (`npm run build` first). */
export const CLI = 'dist/cli/main.js';

/** What a command printed, and how it ended: its exit code, or the signal that ended it. */
export type Ran = {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** What a command is run with beside its arguments: text for stdin, and variables added to the environment. */
export type RunOptions = {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
};

const textOf = (stream: Readable | null): (() => string) => {
  const pieces: Buffer[] = [];
  stream?.on('data', (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString();
};

/** How a child ended, once all that it printed is read. */
export const endOf = (child: ChildProcess): Promise<Ran['code']> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });

/** Gathers what a child prints until it ends. */
export const outcomeOf = async (child: ChildProcess): Promise<Ran> => {
  const stdout = textOf(child.stdout);
  const stderr = textOf(child.stderr);
  return { code: await endOf(child), stdout: stdout(), stderr: stderr() };
};

/** Starts the built command. */
export const startCli = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...environment },
  });

/** Runs the built command until it ends. */
export const runCli = async (args: readonly string[], options: RunOptions = {}): Promise<Ran> => {
  const child = startCli(args, options.environment);
  child.stdin?.on('error', () => undefined).end(options.stdin ?? '');
  return outcomeOf(child);
};

/** Runs a line of bash, in which `cli` is the built command. */
export const runShell = (line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  outcomeOf(
    spawn('bash', ['--norc', '-c', `cli() { '${process.execPath}' ${CLI} "$@"; }\n${line}`], {
      env: { ...process.env, ...environment },
    }),
  );

/**
 * Starts a line of sh on a terminal of its own, as someone who types it would. Both its outputs come out of stdout. `script` takes the
 * shell from SHELL, so that is set: bash and dash end differently after a Ctrl-C, and so the last command of the line needs its `exec`.
 */
export const startInTerminal = (line: string): ChildProcess =>
  spawn('sh', ['-c', 'exec script -qec "$1" /dev/null', 'sh', line], {
    env: { ...process.env, SHELL: '/bin/sh' },
  });

/** The JSON objects that stand one a line. */
export const jsonLines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

/** The examples, one a verdict. */
export const EXAMPLES = ['eligible', 'review', 'incomplete', 'ineligible'] as const;

/** An example as it is sent. */
export const exampleText = (name: string): string => readFileSync(`examples/${name}.json`, 'utf8');

/** An example on one line, with some keys put in the place of its own. */
export const exampleLine = (name: string, changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...(JSON.parse(exampleText(name)) as object), ...changes });
