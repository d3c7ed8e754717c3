import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIn } from './run-in-copy.js';

const GUIDE = 'rules/ketamine-pain/README.md';
const SET = 'rules/ketamine-pain';
const RULE = `${SET}/packs/cognitive/dangerous-task-same-day`;

const text = readFileSync(GUIDE, 'utf8');

/** The worked example alone: its blocks of commands, and of files, in the order in which a reader meets them. */
const section = text.slice(text.indexOf('## 6. A worked example'));
const blocksOf = (language: string): readonly string[] =>
  [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );

const [begun = '', proof = '', released = ''] = blocksOf('console');
const [fact = '', rule = '', cases = '', row = ''] = blocksOf('json');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-guide-'));
  for (const name of ['examples', 'rules', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('dist'), join(folder, 'dist'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Listed = Readonly<Record<string, readonly object[]>>;

const editJson = (file: string, edit: (listed: Listed) => object): void => {
  const path = join(folder, SET, file);
  writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, 'utf8')) as Listed)));
};

/** Runs each command of a block, and gives the block as it would be printed now. */
const rerun = async (block: string): Promise<string> => {
  const commands = block
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2));
  const printed: string[] = [];
  for (const command of commands) printed.push(`$ ${command}\n${await runIn(folder, command)}`);
  return printed.join('');
};

const expectBlock = async (block: string): Promise<void> => {
  const now = await rerun(block);
  if (process.env.UPDATE_EXAMPLES === '1')
    writeFileSync(
      GUIDE,
      readFileSync(GUIDE, 'utf8').replace(block, () => now),
    );
  else expect(now).toBe(block);
};

describe('the worked example of the authoring guide', () => {
  it('has its three blocks of commands and its four of files', () => {
    expect([blocksOf('console').length, blocksOf('json').length]).toEqual([3, 4]);
  });

  it('begins with a template, in which `rules check` finds what is left to do', async () => {
    await expectBlock(begun);
  });

  it('goes on with the question, the rule, its cases and its place in the evidence', async () => {
    editJson('facts.json', ({ facts = [], ...others }) => {
      const place = facts.findIndex((one) => 'id' in one && one.id === 'adultEscort') + 1;
      return { ...others, facts: facts.toSpliced(place, 0, JSON.parse(fact) as object) };
    });
    writeFileSync(join(folder, `${RULE}.json`), rule);
    writeFileSync(join(folder, `${RULE}.cases.json`), cases);
    const uncovered = await runIn(folder, 'npx ketamine-screening rules check');
    expect(uncovered).toContain('coverage/cognitive.json');
    editJson('coverage/cognitive.json', (listed) => ({
      ...listed,
      rows: [...(listed.rows ?? []), JSON.parse(row) as object],
    }));
  });

  it('proves it', { timeout: 60_000 }, async () => {
    await expectBlock(proof);
  });

  it('releases it, under no number that hides the change', { timeout: 60_000 }, async () => {
    await expectBlock(released);
  });
});
