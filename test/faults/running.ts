import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { undoing } from './undo.js';

/** How a service is started. */
export type StartAsked = {
  /** Where the built service stands. */
  readonly folder: string;
  readonly dataDir: string;
  /** Any free port where it is left out. */
  readonly port?: number;
  /** A command that the service is run by, such as a tracer. */
  readonly under?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends it at once, also while it is still starting. */
  readonly signal?: AbortSignal;
};

/** A service that runs in a process group of its own. */
export type Running = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** From its start to the open port, in milliseconds. */
  readonly startMs: number;
  /** Ends the whole group at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop; the exit code. */
  readonly stop: () => Promise<number | null>;
  readonly hasEnded: () => boolean;
  /** Everything that it has written so far: its log and its errors. */
  readonly output: () => string;
};

/** A service that did not start: with which code it ended, and what it said. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
  readonly code: number | null;

  constructor(code: number | null, output: string) {
    super(`the service stopped with ${String(code)}: ${output.slice(-500)}`);
    this.code = code;
  }
}

const STARTED = /"address":"(http:[^"]+)"/;

const START_LIMIT_MS = 60_000;

const STOP_LIMIT_MS = 20_000;

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (hasEnded(child)) resolve();
    else
      child.once('exit', () => {
        resolve();
      });
  });

/** Starts `command` in a process group of its own, which is killed with the programme at the latest. */
const spawnGroup = (
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): { readonly child: ChildProcess; readonly pid: number; readonly output: () => string } => {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { ...options, detached: true });
  const { pid = 0 } = child;
  if (pid === 0) throw new Error(`${program} cannot be started`);
  const forget = undoing(() => {
    signalGroup(pid, 'SIGKILL');
  });
  child.once('exit', forget);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, pid, output: () => output };
};

const addressOf = async (child: ChildProcess, output: () => string): Promise<string> => {
  const limit = performance.now() + START_LIMIT_MS;
  for (;;) {
    const address = STARTED.exec(output())?.[1];
    if (address !== undefined) return address;
    if (hasEnded(child) || performance.now() > limit) throw new NotStarted(child.exitCode, output());
    await setTimeout(5);
  }
};

/** Starts a built service. @throws NotStarted where it ends before its port is open */
export const startRunning = async (asked: StartAsked): Promise<Running> => {
  const { folder, dataDir, port = 0, under = [], environment = {} } = asked;
  const begun = performance.now();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'info', ...environment };
  const { child, pid, output } = spawnGroup([...under, process.execPath, 'dist/main.js'], {
    cwd: folder,
    env,
  });
  const ended = endOf(child);
  const kill = async (): Promise<void> => {
    signalGroup(pid, 'SIGKILL');
    await ended;
  };
  asked.signal?.addEventListener('abort', () => {
    signalGroup(pid, 'SIGKILL');
  });
  try {
    const url = await addressOf(child, output);
    return {
      url,
      port: Number(new URL(url).port),
      pid,
      startMs: performance.now() - begun,
      kill,
      stop: async () => {
        signalGroup(pid, 'SIGTERM');
        await Promise.race([ended, setTimeout(STOP_LIMIT_MS, undefined, { ref: false })]);
        if (!hasEnded(child)) await kill();
        return child.exitCode;
      },
      hasEnded: () => hasEnded(child),
      output,
    };
  } catch (error) {
    await kill();
    throw error;
  }
};
