import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** The largest heap of the processes that are measured, in MiB: what grew with the log would break it. */
export const HEAP_MIB = 64;

const NODE = [`--max-old-space-size=${String(HEAP_MIB)}`];

/** What a process came to: how long it took, and what was in memory at most and when it began, where the system tells it. */
export type Run = { readonly seconds: number; readonly peakMib: number; readonly grownMib: number };

const STATUS = { now: /VmRSS:\s+(\d+) kB/, peak: /VmHWM:\s+(\d+) kB/ };

/** The memory of a process in MiB, as Linux tells it; NaN where it does not. */
const memoryOf = ({ pid }: ChildProcess, which: keyof typeof STATUS): number => {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(STATUS[which].exec(status)?.[1] ?? Number.NaN) / 1024;
  } catch {
    return Number.NaN;
  }
};

/** From now on the peak counts anew. */
const forgetPeak = ({ pid }: ChildProcess): void => {
  try {
    writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
  } catch {
    // Then the peak is that of the whole run.
  }
};

const environmentFor = (dataDir: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATA_DIR: dataDir,
  PORT: '0',
  LOG_LEVEL: 'warn',
});

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

/** Runs a command of the built service on a log. @throws Error where it does not end well */
const runAudit = async (dataDir: string, words: readonly string[]): Promise<Run> => {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [...NODE, 'dist/cli/main.js', 'audit', ...words, '--data-dir', dataDir],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = endOf(child);
  let peakMib = Number.NaN;
  const timer = setInterval(() => {
    const peak = memoryOf(child, 'peak');
    if (!Number.isNaN(peak)) peakMib = peak;
  }, 10);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`audit ${words.join(' ')} ended with ${String(code)}`);
  return { seconds: (performance.now() - begun) / 1000, peakMib, grownMib: Number.NaN };
};

/** Runs `audit verify` on the whole database. @throws Error where it finds a fault */
export const runVerify = (dataDir: string): Promise<Run> => runAudit(dataDir, ['verify']);

/** Runs `audit erase` for a patient. @throws Error where it leaves a trace */
export const runErase = (dataDir: string, subject: string): Promise<Run> => {
  const who = ['--by', 'Dr A. Berg', '--role', 'privacy officer', '--reason', 'asked for by the patient'];
  return runAudit(dataDir, ['erase', '--subject', subject, ...who]);
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /"address":"(http:[^"]+)"/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => {
      reject(new Error(`the service stopped with ${String(code)}: ${said}`));
    });
  });

const download = async (url: string): Promise<{ readonly bytes: number; readonly end: string }> => {
  const { body } = await fetch(`${url}/audit/export`);
  let bytes = 0;
  let end = '';
  for await (const chunk of body ?? []) {
    bytes += (chunk as Uint8Array).length;
    end = `${end}${Buffer.from(chunk as Uint8Array).toString()}`.slice(-2000);
  }
  return { bytes, end };
};

/** Starts the built service on a log and reads its whole export over HTTP. @throws Error where the export is cut */
export const runExport = async (dataDir: string): Promise<Run & { readonly bytes: number }> => {
  const child = spawn(process.execPath, [...NODE, 'dist/main.js'], {
    env: environmentFor(dataDir),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  await fetch(`${url}/health/ready`);
  await setTimeout(200);
  const before = memoryOf(child, 'now');
  forgetPeak(child);
  const begun = performance.now();
  const { bytes, end } = await download(url);
  const seconds = (performance.now() - begun) / 1000;
  const peakMib = memoryOf(child, 'peak');
  child.kill('SIGTERM');
  await endOf(child);
  if (!end.includes('"checkpoint"') || !end.endsWith('\n')) throw new Error('the export was cut');
  return { seconds, peakMib, grownMib: peakMib - before, bytes };
};
