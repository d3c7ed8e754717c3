import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

/** How long a command may take to say a key, in milliseconds. */
const LIMIT_MS = 10_000;

/** How much it may print, in bytes: a key with its end of line has far less. */
const MOST_BYTES = 1024;

/** What a command printed, or why that is not to be used: words that follow its name. */
export type CommandOutcome = { readonly text: string } | { readonly fault: string };

const FAULTS: Readonly<Record<string, string>> = {
  ETIMEDOUT: `did not end within ${String(LIMIT_MS / 1000)} seconds`,
  ENOBUFS: 'printed more than a master key: it must print that alone',
};

const faultOf = ({ error, status, signal }: SpawnSyncReturns<string>): string | null => {
  if (error !== undefined) {
    const code = 'code' in error ? String(error.code) : 'unknown';
    return FAULTS[code] ?? `could not be run (${code})`;
  }
  if (signal !== null) return `was ended by ${signal}`;
  return status === 0 ? null : `ended with the exit code ${String(status)}`;
};

/** Ends what the command began and left behind: it is in a process group of its own. */
const endGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // None of it is left.
  }
};

/**
 * Runs a command by the shell (`/bin/sh -c`) and takes what it prints on stdout. Its stderr is dropped, for nobody knows what stands in it. Total: whatever
 * the command does, it does not throw, and it ends.
 */
export const runKeyCommand = (command: string): CommandOutcome => {
  const group = { detached: true };
  const ran = spawnSync('/bin/sh', ['-c', command], {
    ...group,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_BYTES,
  });
  const fault = faultOf(ran);
  if (fault === null) return { text: ran.stdout };
  if (ran.pid > 0) endGroup(ran.pid);
  return { fault };
};
