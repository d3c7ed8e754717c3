import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestFigures } from '../support/figures.js';
import type { Context, Row, Twin } from './row.js';
import { blame, MUST_BE_ZERO, newTally, type Tally } from './tally.js';
import { temporary } from './undo.js';
import { run } from './verify-log.js';

/** A row that tests hold already. */
export type Held = Pick<Row, 'id' | 'title'> & {
  readonly files: readonly string[];
  readonly mutant: Extract<Twin, { kind: 'hunted' }>['mutant'] | null;
};

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

/** How much of each law is tried at night, as a multiple of what is tried otherwise. */
const NIGHTLY_LAW_SCALE = '10';

const addReport = (report: Report, tally: Tally): number => {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { status, fullName } of tests)
    if (status === 'failed') blame(tally, 'wrong', `red: ${fullName}`);
  for (const { name, message = '', assertionResults } of report.testResults)
    if (message !== '' && assertionResults.length === 0) blame(tally, 'wrong', `${name}: ${message}`);
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
  if (skipped > 0) tally.notes.push(`${String(skipped)} tests were skipped`);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  if (passed === 0) tally.inconclusive = 'no test was run';
  return passed;
};

const addFigures = (figures: TestFigures, tally: Tally): void => {
  for (const column of ['rounds', 'acknowledged', 'inputs'] as const) tally[column] += figures[column] ?? 0;
  for (const zero of MUST_BE_ZERO) {
    const count = zero === 'wrong' ? 0 : (figures[zero] ?? 0);
    if (count > 0) blame(tally, zero, `${String(count)} as a test tells`);
  }
};

const figuresIn = (file: string): readonly TestFigures[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as TestFigures)
    : [];

const runTests = async (files: readonly string[], { folder, scale }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path, remove } = temporary('held');
  const [report, figures] = [join(path, 'report.json'), join(path, 'figures')];
  const settings = [
    `FIGURES_FILE=${figures}`,
    ...(scale === 'nightly' ? [`LAW_SCALE=${NIGHTLY_LAW_SCALE}`] : []),
  ];
  const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...files];
  const { stderr } = await run(
    ['env', ...settings, ...vitest, '--reporter', 'json', '--outputFile', report],
    folder,
  );
  if (!existsSync(report)) throw new Error(`the tests gave no report: ${stderr.slice(-300)}`);
  const passed = addReport(JSON.parse(readFileSync(report, 'utf8')) as Report, tally);
  for (const one of figuresIn(figures)) addFigures(one, tally);
  tally.notes.push(`${String(passed)} tests of ${files.join(', ')}`);
  if (tally.inputs === 0) tally.inputs = passed;
  remove();
  return tally;
};

/** The row that these tests hold. Where they tell no figures, its inputs are the tests that passed. */
export const heldBy = ({ id, title, files, mutant }: Held): Row => ({
  id,
  title,
  needs: [],
  run: (context) => runTests(files, context),
  twin: mutant === null ? null : { kind: 'hunted', mutant },
});
