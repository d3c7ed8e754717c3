import { request, type Agent } from 'node:http';
import { connections } from '../ask.js';
import type { Context, Row, Scale } from '../row.js';
import { startRunning } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';
import { run as runProgram } from '../verify-log.js';

/** How often each of the two keys is tried. */
const OF_EACH: Readonly<Record<Scale, number>> = { gate: 2_000, nightly: 10_000, twin: 2_000 };

/** Student's t of Welch's test, from which on a difference is taken for one. */
const T_LIMIT = 4.5;

/** The slowest tenth is left out: it tells of the machine. */
const KEPT = 0.9;

type Tried = { readonly ms: number; readonly status: number };

const tryKey = (url: string, key: string, agent: Agent): Promise<Tried> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(
      `${url}/rules`,
      { agent, headers: { authorization: `Bearer ${key}` } },
      (response) => {
        response.resume();
        response.once('end', () => {
          resolve({ ms: performance.now() - begun, status: response.statusCode ?? 0 });
        });
      },
    );
    sent.once('error', reject);
    sent.end();
  });

const otherThan = (char: string): string => (char === 'A' ? 'B' : 'A');

const withCharAt = (key: string, at: number): string =>
  key.slice(0, at) + otherThan(key.charAt(at)) + key.slice(at + 1);

type Moments = { readonly mean: number; readonly variance: number; readonly count: number };

const momentsOf = (times: readonly number[]): Moments => {
  const kept = times.toSorted((a, b) => a - b).slice(0, Math.floor(times.length * KEPT));
  const mean = kept.reduce((sum, ms) => sum + ms, 0) / kept.length;
  const variance = kept.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / (kept.length - 1);
  return { mean, variance, count: kept.length };
};

const welch = (a: Moments, b: Moments): number =>
  Math.abs(a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);

const makeKey = async (folder: string, dataDir: string): Promise<string> => {
  const args = [
    '--data-dir',
    dataDir,
    '--client',
    'timed',
    '--scopes',
    'rules:read',
    '--by',
    'a row',
    '--json',
  ];
  const { stdout, stderr } = await runProgram(
    [process.execPath, 'dist/cli/main.js', 'keys', 'create', ...args],
    folder,
  );
  if (stdout === '') throw new Error(`no key was made: ${stderr}`);
  return (JSON.parse(stdout) as { readonly key: string }).key;
};

const run = async ({ folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('timing');
  // The service makes the database; the key is made beside it while it runs, and is known within two seconds.
  const first = await startRunning({ folder, dataDir });
  await first.stop();
  const key = await makeKey(folder, dataDir);
  const service = await startRunning({ folder, dataDir });
  const agent = connections(1);
  const wrong = [withCharAt(key, key.lastIndexOf('_') + 1), withCharAt(key, key.length - 1)];
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 2 * OF_EACH[scale]; turn += 1) {
    const which = turn % 2 === 0 ? 0 : 1;
    const { ms, status } = await tryKey(service.url, wrong[which] ?? '', agent);
    if (status !== 401) blame(tally, 'wrong', `a wrong key is answered ${String(status)}`);
    times[which].push(ms);
    tally.inputs += 1;
  }
  const t = welch(momentsOf(times[0]), momentsOf(times[1]));
  tally.notes.push(`Welch t ${t.toFixed(2)} (limit ${String(T_LIMIT)})`);
  if (t > T_LIMIT) blame(tally, 'leaks', `the time tells where a key is wrong: t ${t.toFixed(2)}`);
  for (const short of ['x', key.slice(0, -1), `${key}x`]) {
    const { status } = await tryKey(service.url, short, agent);
    if (status !== 401) blame(tally, 'wrong', `a key of another length is answered ${String(status)}`);
  }
  agent.destroy();
  await service.stop();
  tally.rounds += 1;
  remove();
  return tally;
};

/** T26: how long a wrong key takes tells nothing of where it is wrong. */
export const keyTiming: Row = {
  id: 'T26',
  title: 'how long a wrong key takes',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'leaks',
    bug: 'a key whose end is wrong takes longer',
    file: 'dist/http/authenticate.js',
    from: 'const byKey = (text, { keybooks, ports }) => {',
    // A tenth of a millisecond for a key that ends in one letter: just one of the two that are tried does.
    to: `const byKey = (text, { keybooks, ports }) => {
    const until = performance.now() + (/A$/.test(text) ? 0.1 : 0);
    while (performance.now() < until);`,
  },
};
