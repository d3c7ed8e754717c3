import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OTHER_RULES, OTHER_SET } from '../support/other-rules.js';
import { copyOf } from '../support/sqlite.js';
import { jsonLines, runCli } from './cli-run.js';
import { PLANTED, type Copy } from './planted-mistakes.js';

type Said = {
  readonly file: string;
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

const aCopy = (): Copy => {
  const rulesDir = copyOf(OTHER_RULES);
  return { rulesDir, set: join(rulesDir, OTHER_SET) };
};

const check = async ({ rulesDir }: Copy) => {
  const { code, stdout, stderr } = await runCli(['rules', 'check', '--json', '--rules-dir', rulesDir]);
  return { code, stdout, stderr };
};

describe('rules check of a copy without a mistake', () => {
  it('says nothing is wrong, and counts the questions that no EHR can answer by a code', async () => {
    const { code, stdout, stderr } = await check(aCopy());
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines(stdout)).toMatchObject([{ ruleSets: [{ questions: 12, questionsWithoutCodes: 12 }] }]);
  });
});

describe('rules check of a copy with one mistake', () => {
  it.each(Object.entries(PLANTED))('%s', async (_what, [plant, ...told]) => {
    const copy = aCopy();
    await plant(copy);
    const { code, stdout, stderr } = await check(copy);
    expect([code, stdout]).toEqual([1, '']);
    const [{ errors } = { errors: [] }] = jsonLines(stderr) as readonly {
      readonly errors: readonly Said[];
    }[];
    const byPlace = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);
    const said = errors.map((error) => [error.code, error.file, error.pointer]).toSorted(byPlace);
    const expected = told.map(([name, file, pointer]) => [name, join(copy.set, file), pointer]);
    expect(said).toEqual(expected.toSorted(byPlace));
    for (const [name, file, pointer, mend] of told) {
      const error = errors.find(
        (one) => one.code === name && one.file === join(copy.set, file) && one.pointer === pointer,
      );
      expect(error?.detail).toMatch(mend);
    }
  });
});
