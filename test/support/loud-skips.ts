import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** How many tests went which way. A file or suite that fell over, or an error outside of any test, counts as one failed. */
type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

const skippedOf = (tests: readonly TestCase[]): readonly TestCase[] =>
  tests.filter((test) => test.result().state === 'skipped');

const fallenOver = (module: TestModule): number =>
  [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0).length;

const tallyOf = (modules: readonly TestModule[], strayErrors: number): Tally => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const passed = tests.filter((test) => test.result().state === 'passed').length;
  const skipped = skippedOf(tests).length;
  const fallen = modules.reduce((sum, module) => sum + fallenOver(module), 0);
  return { passed, skipped, failed: tests.length - passed - skipped + fallen + strayErrors };
};

const reasonOf = (test: TestCase): string => {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return (
    note ?? (test.options.mode === 'run' ? 'its suite fell over' : `no reason given (${test.options.mode})`)
  );
};

const lineOf = (test: TestCase): string =>
  `  ${test.module.relativeModuleId} > ${test.fullName}: ${reasonOf(test)}`;

const tellSkips = (skipped: readonly TestCase[]): void => {
  if (skipped.length === 0) return;
  console.log(['', `Skipped, ${skipped.length} in all:`, ...skipped.map(lineOf)].join('\n'));
  if (process.env.STRICT_TESTS !== '1') return;
  console.log('STRICT_TESTS=1: a run that skips is a run that failed.');
  process.exitCode = 1;
};

/**
 * A reporter that leaves no skip unseen: it lists every skipped test with its reason, fails the run for them where
 * STRICT_TESTS=1, and ends the output with the line `N passed, N failed, N skipped`.
 */
export const loudSkips = (): Reporter => {
  let tally: Tally | undefined;
  process.once('exit', () => {
    if (tally === undefined) return;
    process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  });
  return {
    onTestRunEnd: (modules, strayErrors) => {
      tally = tallyOf(modules, strayErrors.length);
      tellSkips(modules.flatMap((module) => skippedOf([...module.children.allTests()])));
    },
  };
};
