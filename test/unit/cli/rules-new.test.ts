import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRulesCommand } from '../../../src/cli/rules-commands.js';
import { newRuleCommand } from '../../../src/cli/rules-new-command.js';
import { copyOf } from '../../support/sqlite.js';

const ASKED = { set: 'ketamine-pain', domain: 'bladder', id: 'bladder-stones', severity: 'relative' };

const textIn = (folder: string, file: string): string => readFileSync(join(folder, ASKED.set, file), 'utf8');

describe('rules new', () => {
  it('begins a rule that check refuses until it is written, and touches nothing else', () => {
    const folder = copyOf('rules');
    const before = textIn(folder, 'packs/bladder/pack.json');
    newRuleCommand(folder, ASKED, 'text');
    const after = textIn(folder, 'packs/bladder/pack.json');
    expect(after.replace(',\n    "bladder-stones"', '')).toBe(before);
    const { lines, exitCode } = checkRulesCommand(folder);
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain('packs/bladder/bladder-stones.json /criterion/fact [unknown-fact]');
  });

  it.each([
    ['a rule that is there', { id: 'icsi-rise' }, /there is a rule `icsi-rise` already/],
    ['a domain that is not', { domain: 'kidney' }, /has no pack `kidney`/],
    ['an id in camelCase', { id: 'bladderStones' }, /kebab-case/],
    ['a severity that there is not', { severity: 'mild' }, /--severity must be one of/],
  ])('refuses %s', (_what, change, why) => {
    expect(() => newRuleCommand(copyOf('rules'), { ...ASKED, ...change }, 'text')).toThrow(why);
  });
});
