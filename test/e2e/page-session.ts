import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { CLI, endOf } from './cli-run.js';

/** What a command printed, both its outputs together, and how it ended. */
export type Printed = { readonly output: string; readonly code: number };

/** A shell in which commands are typed one after the other: variables, functions and background jobs stay. */
export type Session = {
  readonly run: (command: string) => Promise<Printed>;
  /** Ends it with all that it has started. */
  readonly end: () => Promise<void>;
};

const MARK = 'the command before this line ended with';

const ENDED = new RegExp(`^([^]*)\n${MARK} (\\d+)\n$`);

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((found, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        found(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

/** A folder in which `npx ketamine-screening` is the built command. It runs in the process that was started, so that it can be ended by its id. */
const launcherIn = (folder: string): string => {
  mkdirSync(folder);
  const file = join(folder, 'npx');
  writeFileSync(file, `#!/bin/sh\nshift\nexec '${process.execPath}' '${resolve(CLI)}' "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
};

/** What is printed ends with a line end, as a terminal would show it. */
const asLines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Opens a shell in a copy of a checkout. */
export const openSession = (folder: string, environment: Readonly<Record<string, string>>): Session => {
  const path = [launcherIn(join(folder, '.launcher')), process.env.PATH ?? ''].join(delimiter);
  const unset = { RULES_DIR: undefined, DATA_DIR: undefined, HOST: undefined, CHECKPOINT_FILE: undefined };
  const shell = spawn('bash', ['--norc'], {
    cwd: folder,
    env: { ...process.env, ...unset, ...environment, PATH: path },
    detached: true,
  });
  const ended = endOf(shell);
  shell.stdin.write('exec 2>&1; set -o pipefail\n');
  const printed = (): Promise<Printed> =>
    new Promise((done, reject) => {
      let text = '';
      const gather = (piece: Buffer): void => {
        text += piece.toString();
        const [, output, code] = ENDED.exec(text) ?? [];
        if (output === undefined || code === undefined) return;
        shell.stdout.off('data', gather);
        done({ output: asLines(output), code: Number(code) });
      };
      shell.stdout.on('data', gather);
      void ended.then(() => {
        reject(new Error(`the shell fell over: ${text}`));
      });
    });
  return {
    run: (command) => {
      const outcome = printed();
      shell.stdin.write(`{ ${command}\n} < /dev/null\nprintf '\\n%s %s\\n' '${MARK}' "$?"\n`);
      return outcome;
    },
    end: async () => {
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
      await ended;
    },
  };
};
