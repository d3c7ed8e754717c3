import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRulesCommand, mutateRulesCommand, schemasCommand } from '../../../src/cli/rules-commands.js';
import { testRulesCommand } from '../../../src/cli/rules-test-command.js';
import { copyOf } from '../../support/sqlite.js';

const FACTS = 'ketamine-pain/facts.json';
const CASES = 'ketamine-pain/packs/bladder/icsi-rise.cases.json';
const SCHEMA = 'ketamine-pain/schema/rule.schema.json';

const rewrite = (folder: string, file: string, edit: (text: string) => string): void => {
  const path = join(folder, file);
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
};

describe('rules check', () => {
  it('says what a sound set holds', () => {
    const { lines, exitCode } = checkRulesCommand('rules');
    expect(exitCode).toBe(0);
    expect(lines[0]).toMatch(/^ketamine-pain .*: \d+ rules \(\d+ absolute, .* sha256 [0-9a-f]{64}$/);
  });

  it('names the file, the place and the mend of a mistake, and fails', () => {
    const folder = copyOf('rules');
    rewrite(folder, FACTS, (text) => text.replace('"unit": "a"', '"unit": "yrs"'));
    const { lines, exitCode } = checkRulesCommand(folder);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining(`${FACTS} /facts/0/unit [unknown-unit]`), '1 mistake']);
  });
});

describe('rules test', () => {
  it('counts the cases that hold', () => {
    const { lines, exitCode } = testRulesCommand('rules');
    expect(exitCode).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^(\d+) of \1 cases hold$/)]);
  });

  it('names a case that does not hold, and fails', () => {
    const folder = copyOf('rules');
    rewrite(folder, CASES, (text) => text.replace('"expect": "true"', '"expect": "unknown"'));
    const { lines, exitCode } = testRulesCommand(folder);
    expect(exitCode).toBe(1);
    expect(lines[0]).toMatch(/^icsi-rise: .*: expected unknown, found true$/);
  });
});

describe('rules schemas', () => {
  it('finds the committed ones up to date', () => {
    expect(schemasCommand('rules', true)).toEqual({ lines: [], exitCode: 0 });
  });

  it('says which is out of date, and leaves it', () => {
    const folder = copyOf('rules');
    rewrite(folder, SCHEMA, (text) => text.replace('criterion', 'condition'));
    const { lines, exitCode } = schemasCommand(folder, true);
    expect([lines.length, exitCode]).toEqual([1, 1]);
    expect(lines[0]).toContain(SCHEMA);
  });

  it('writes those that are out of date', () => {
    const folder = copyOf('rules');
    rmSync(join(folder, 'ketamine-pain/schema'), { recursive: true });
    expect(schemasCommand(folder, false).exitCode).toBe(0);
    expect(schemasCommand(folder, true)).toEqual({ lines: [], exitCode: 0 });
    expect(readFileSync(join(folder, SCHEMA), 'utf8')).toBe(readFileSync(join('rules', SCHEMA), 'utf8'));
  });
});

describe('rules test --mutate', () => {
  const hunt = (folder: string) => mutateRulesCommand(folder, 'text', () => undefined);

  it('finds that the cases of every rule see every flip of it', () => {
    const { lines, exitCode } = hunt('rules');
    expect([lines.length, exitCode]).toEqual([1, 0]);
    expect(lines[0]).toMatch(/^(\d+) of \1 flips are seen by the cases of their rule$/);
  });

  it('names the flips that no case sees once the cases at the threshold are gone', () => {
    const folder = copyOf('rules');
    rewrite(folder, CASES, (text) => {
      const file = JSON.parse(text) as { cases: { kind: string }[] };
      const cases = file.cases.filter(({ kind }) => kind === 'met' || kind === 'not-met');
      return JSON.stringify({ ...file, cases });
    });
    const { lines, exitCode } = hunt(folder);
    expect(lines).toEqual([
      'icsi-rise: no case sees the flip: `icsiRise`: > 4 for >=',
      expect.stringMatching(/ flips are seen/),
    ]);
    expect(exitCode).toBe(1);
  });

  it('is no use without the severity that the cases expect: another one fails them', () => {
    const folder = copyOf('rules');
    rewrite(folder, CASES, (text) => text.replace('"severity": "relative"', '"severity": "absolute"'));
    expect(testRulesCommand(folder).lines[0]).toBe('icsi-rise: severity: expected absolute, found relative');
  });
});
