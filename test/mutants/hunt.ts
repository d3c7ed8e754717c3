import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hunter } from './mutants.js';

/** What a run of tests came to. `red` names the first test that failed; an error is a run that could not be judged. */
export type Outcome =
  | { readonly kind: 'green'; readonly passed: number }
  | { readonly kind: 'red'; readonly red: string }
  | { readonly kind: 'error'; readonly why: string };

type Report = {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

const TIME_LIMIT_MS = 120_000;

/** The part of all runs of each law that is made: a planted bug must be found soon, or it is not found. */
const LAW_SCALE = '0.15';

const judge = (report: Report): Outcome => {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { kind: 'red', red: failed.fullName };
  const fallen = report.testResults.find(({ message }) => message !== undefined && message !== '');
  if (fallen !== undefined) return { kind: 'error', why: fallen.message ?? 'a file fell over' };
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return passed > 0 ? { kind: 'green', passed } : { kind: 'error', why: 'no test was run' };
};

/** Runs some tests in a copy of the project, up to the first that fails. */
export const hunt = (folder: string, { file, tests }: Hunter): Outcome => {
  const report = join(folder, 'report.json');
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const names = tests === undefined ? [] : ['--testNamePattern', tests];
  const run = spawnSync(
    process.execPath,
    [vitest, 'run', file, ...names, '--bail', '1', '--reporter', 'json', '--outputFile', report],
    {
      cwd: folder,
      env: { ...process.env, LAW_SCALE },
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
      encoding: 'utf8',
    },
  );
  if (run.error !== undefined) return { kind: 'error', why: run.error.message };
  if (!existsSync(report)) return { kind: 'error', why: `no report: ${run.stderr.slice(-500)}` };
  return judge(JSON.parse(readFileSync(report, 'utf8')) as Report);
};
