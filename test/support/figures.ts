import { appendFileSync } from 'node:fs';

/** Numbers that a test can tell of what it did, beside whether it holds. */
export type TestFigures = Partial<
  Record<
    'rounds' | 'acknowledged' | 'inputs' | 'lost' | 'changed' | 'unexpected5xx' | 'hangs' | 'leaks',
    number
  >
>;

/** Tells figures to the programme that runs the test, as a line of the file that `FIGURES_FILE` names. Without one nothing is told. */
export const tellFigures = (figures: TestFigures): void => {
  const file = process.env.FIGURES_FILE;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figures)}\n`);
};
