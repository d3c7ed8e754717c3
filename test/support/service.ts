import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built service, running as its own process on a free port with a database of its own. */
export type Service = {
  readonly url: string;
  readonly stop: () => Promise<number | null>;
  /** Ends it at once, as a crash would, and leaves its data where they are. */
  readonly kill: () => Promise<void>;
  /** Everything that the service has written so far: its log and its errors. */
  readonly output: () => string;
};

const STARTED = /"address":"(https?:[^"]+)"/;

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = STARTED.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('exit', (code) => {
      reject(new Error(`the service stopped with ${String(code)}: ${output}`));
    });
  });

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode === null && child.signalCode === null) child.once('exit', resolve);
    else resolve(child.exitCode);
  });

/** Starts the built service (`npm run build` first). The environment given is added to this process's own. */
export const startService = async (environment: Readonly<Record<string, string>> = {}): Promise<Service> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ketamine-screening-'));
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, ...environment },
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const url = await addressOf(child);
  return {
    url,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await exitOf(child);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const code = await exitOf(child);
      rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
};

/** Runs the built service until it ends, for starts that must fail. */
export const failToStart = async (
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly stderr: string }> => {
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...process.env, PORT: '0', ...environment },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { code: await exitOf(child), stderr };
};
