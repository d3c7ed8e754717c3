import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageCommand } from '../../../src/cli/rules-coverage-command.js';
import { readRuleFolder } from '../../../src/storage/rule-folder.js';
import { copyOf } from '../../support/sqlite.js';

const BLADDER = 'coverage/bladder.json';

type Row = { rules: string[]; why?: string };

const rewriteRows = (folder: string, edit: (rows: Row[]) => Row[]): void => {
  const path = join(folder, BLADDER);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { rows: Row[] };
  writeFileSync(path, JSON.stringify({ ...file, rows: edit(file.rows) }));
};

/** The mistakes of a copy of the shipped set that was damaged, as `code file pointer`. */
const mistakesAfter = (damage: (folder: string) => void): readonly string[] => {
  const folder = copyOf('rules/ketamine-pain');
  damage(folder);
  const read = readRuleFolder(folder);
  return read.ok ? [] : read.issues.map(({ code, file, pointer }) => `${code} ${file} ${pointer}`.trim());
};

describe('the coverage of the shipped set', () => {
  it('names every rule, and answers every row', () => {
    expect(mistakesAfter(() => undefined)).toEqual([]);
  });

  it('is told as tables with their counts', () => {
    const { lines, exitCode } = coverageCommand('rules', 'text');
    expect(exitCode).toBe(0);
    expect(lines).toContain('### bladder');
    expect(lines.at(-1)).toMatch(
      /^ketamine-pain \S+: \d+ rows of the evidence in \d+ domains, \d+ answered by rules/,
    );
  });
});

describe('a table of coverage with a mistake', () => {
  it.each<readonly [string, string, (folder: string) => void]>([
    [
      'a rule that there is not',
      `unknown-rule ${BLADDER} /rows/0/rules/0`,
      (folder) => {
        rewriteRows(folder, ([first, ...rows]) => [
          { ...first, rules: ['no-such-rule', ...(first?.rules ?? [])] },
          ...rows,
        ]);
      },
    ],
    [
      'a row that nothing answers',
      `not-covered ${BLADDER} /rows/0`,
      (folder) => {
        rewriteRows(folder, ([first, ...rows]) => [
          { ...first, rules: [] },
          { ...first, rules: first?.rules ?? [] },
          ...rows,
        ]);
      },
    ],
    [
      'a rule that no row names',
      `not-covered ${BLADDER} /rows`,
      (folder) => {
        rewriteRows(folder, (rows) => rows.slice(1));
      },
    ],
    ['no file for a pack', `file-missing ${BLADDER}`, (folder) => rmSync(join(folder, BLADDER))],
    [
      'a file for no pack',
      'file-unexpected coverage/kidney.json',
      (folder) => writeFileSync(join(folder, 'coverage/kidney.json'), '{}'),
    ],
  ])('is refused: %s', (_what, expected, damage) => {
    expect(mistakesAfter(damage)).toEqual([expected]);
  });

  it('is none where a set keeps no such table', () => {
    expect(mistakesAfter((folder) => rmSync(join(folder, 'coverage'), { recursive: true }))).toEqual([]);
  });
});
