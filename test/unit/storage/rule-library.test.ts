import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleLibrary, ruleLibraryOf } from '../../../src/storage/rule-library.js';
import { copyOf, tempFolder } from '../../support/sqlite.js';

describe('the rule library', () => {
  it('finds a version by its set and its name, and no other', () => {
    const read = readRuleLibrary('rules');
    const library = ruleLibraryOf(read.ok ? read.folders : []);
    const [first] = library.all();
    expect(library.find('ketamine-pain', first?.body.version ?? '')).toBe(first);
    expect(library.find('ketamine-pain', '99.0.0')).toBeNull();
    expect(library.find('another-set', first?.body.version ?? '')).toBeNull();
  });

  it('is refused where the folder is not there', () => {
    expect(readRuleLibrary('/nowhere/rules')).toMatchObject({
      ok: false,
      issues: [{ code: 'file-missing' }],
    });
  });

  it('is refused where the folder holds no rule set', () => {
    expect(readRuleLibrary(tempFolder())).toMatchObject({ ok: false, issues: [{ code: 'file-missing' }] });
  });

  it('is refused whole where one set of two is damaged', () => {
    const folder = copyOf('rules');
    cpSync(join(folder, 'ketamine-pain'), join(folder, 'other-set'), { recursive: true });
    writeFileSync(join(folder, 'other-set', 'facts.json'), '{}');
    const read = readRuleLibrary(folder);
    expect(read.ok ? read.folders.length : read.issues.map(({ file }) => file)).toEqual([
      'other-set/facts.json',
    ]);
  });
});
