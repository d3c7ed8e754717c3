import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../src/cli/exit-codes.js';
import { loadRuleFolders } from '../../../src/cli/load-rules.js';
import { summariseRuleSet } from '../../../src/cli/rule-set-summary.js';
import { docsCommand } from '../../../src/cli/rules-docs-command.js';
import { releaseCommand } from '../../../src/cli/rules-release-command.js';
import { partAt } from '../../support/book-page.js';
import { copyOf, tempFolder } from '../../support/sqlite.js';

const SET = 'ketamine-pain';

const page = (rulesDir: string, version: string | null = null): string =>
  docsCommand(rulesDir, { set: SET, version, out: null }, 'text').lines.join('\n');

const textAt = (text: string, id: string): string =>
  partAt(text, id)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** A copy of the shipped rules in which 1.0.0 is released, and the next draft begun. */
const released = (): string => {
  const folder = copyOf('rules');
  rmSync(join(folder, SET, 'releases'), { recursive: true, force: true });
  const head = join(folder, SET, 'rule-set.json');
  const text = readFileSync(head, 'utf8');
  writeFileSync(head, text.replace(/"version": "[^"]*"/, '"version": "0.9.9-draft"'));
  releaseCommand(folder, { set: SET, version: '1.0.0', on: '2026-11-26' }, 'text');
  return folder;
};

/** How a command ends that cannot go on. */
const refusal = (run: () => unknown): readonly [exitCode: number, detail: string] => {
  try {
    run();
  } catch (error) {
    if (error instanceof CommandError) return [error.exitCode, error.message];
    throw error;
  }
  throw new Error('it went on');
};

describe('rules docs', () => {
  it('makes a book of the draft, with its cases, where no version is named', () => {
    const text = page(released());
    expect(textAt(text, 'top')).toContain('Version 1.0.1-draft Status Draft: it may still change');
    expect(textAt(text, 'rule-icsi-rise')).toMatch(/ \d+ cases: \d+ met/);
  });

  it('makes one of a release with its day, and counts no case that is not of it', () => {
    const text = page(released(), '1.0.0');
    expect(textAt(text, 'top')).toContain('Version 1.0.0 Status Released on 2026-11-26');
    expect(text).not.toMatch(/>\d+ cases/);
  });

  it('gives the figures that `rules check` gives', () => {
    const [folder] = loadRuleFolders('rules').filter(({ ruleSet }) => ruleSet.body.id === SET);
    if (folder === undefined) throw new Error('there are no rules');
    const { rules, citations, cases } = summariseRuleSet(folder).json;
    const title = textAt(page('rules'), 'top').replaceAll(/general knowledge|to check/g, (words) =>
      words.replace(' ', '-'),
    );
    const counted = (counts: unknown): string =>
      Object.entries(counts as Record<string, number>)
        .map(([name, count]) => `${name} ${String(count)}`)
        .join(' ');
    expect(title).toContain(`${counted(rules)} Citations ${counted(citations)} Holds`);
    expect(title).toContain(`SHA-256 ${folder.ruleSet.sha256}`);
    expect(title).toContain(`Cases ${JSON.stringify(cases)} cases`);
  });

  it('says what it wrote', () => {
    const file = join(tempFolder(), 'book.html');
    const { lines } = docsCommand('rules', { set: SET, version: null, out: file }, 'text');
    expect(lines).toEqual([expect.stringMatching(/book\.html: ketamine-pain \S+, \d+ rules, \d+ facts/)]);
    expect(readFileSync(file, 'utf8')).toBe(`${page('rules')}\n`);
  });

  it.each<readonly [string, string, string | null, string | null, 'text' | 'json', string]>([
    [
      'a set that is not there',
      'other',
      null,
      null,
      'text',
      'there is no rule set `other`: see `rules list`',
    ],
    ['a version that is not there', SET, '9.9.9', null, 'text', '`ketamine-pain` has no version 9.9.9'],
    ['HTML as JSON', SET, null, null, 'json', 'a book is HTML, not JSON'],
    ['a file in no folder', SET, null, '/no/such/folder/b.html', 'text', 'cannot be written (ENOENT)'],
    ['a file that is a folder', SET, null, '/tmp', 'text', '/tmp cannot be written (EISDIR)'],
  ])('refuses %s', (_what, set, version, out, style, detail) => {
    expect(refusal(() => docsCommand('rules', { set, version, out }, style))).toEqual([
      2,
      expect.stringContaining(detail),
    ]);
  });

  it('makes no book of rules with mistakes', () => {
    const folder = copyOf('rules');
    rmSync(join(folder, SET, 'sources.json'));
    expect(refusal(() => page(folder))[0]).toBe(3);
  });
});
