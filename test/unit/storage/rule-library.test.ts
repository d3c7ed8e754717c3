import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleLibrary, ruleLibraryOf } from '../../../src/storage/rule-library.js';
import { trustIn } from '../../../src/services/release-trust.js';
import { keyOf } from '../../support/note-signers.js';
import { OTHER_RULES, OTHER_SET } from '../../support/other-rules.js';
import {
  OTHER_SIGNER,
  RELEASE_SIGNER,
  rewriteFile,
  signAll,
  signatureIn,
  signedCopyOf,
} from '../../support/signed-rules.js';
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

/** What is said of the one signature file of a folder, by who trusts a key, or by who has none. */
const saidOf = (rulesDir: string, signer: typeof RELEASE_SIGNER | null): readonly string[] => {
  const read = readRuleLibrary(rulesDir, trustIn(signer === null ? null : keyOf(signer)));
  return read.ok ? [] : read.issues.map(({ file, code, detail }) => `${code} ${file} ${detail}`);
};

const SIG = `bad-signature ${OTHER_SET}/releases/1.0.0.sig`;

describe('a rule library under a key', () => {
  it('is read where every release is signed by the key, and holds no draft', () => {
    const rules = signedCopyOf();
    const trust = trustIn(keyOf(RELEASE_SIGNER));
    const read = readRuleLibrary(rules, trust);
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    expect(
      ruleLibraryOf(read.folders, trust)
        .all()
        .map(({ body }) => body.version),
    ).toEqual(['1.0.0']);
    expect(
      ruleLibraryOf(read.folders)
        .all()
        .map(({ body }) => body.version),
    ).toEqual(['1.0.0', '1.0.1-draft']);
  });

  it.each<readonly [string, (rules: string, sig: string) => void, string]>([
    [
      'is not there',
      (_, sig) => rmSync(sig),
      'is not there, and RELEASE_KEY takes only releases that `rules.example`',
    ],
    [
      'is that of another key',
      (rules) => signAll(rules, OTHER_SIGNER),
      'is signed by `clinic.example` and not by `rules.example`',
    ],
    [
      'does not hold',
      (_, sig) =>
        rewriteFile(sig, (text) =>
          text.replace(
            /(\S)(\S{5})\n$/,
            (__, one: string, rest: string) => `${one === 'A' ? 'B' : 'A'}${rest}\n`,
          ),
        ),
      'has a signature of `rules.example` that does not hold',
    ],
    [
      'names another version',
      (_, sig) => rewriteFile(sig, (text) => text.replace('1.0.0', '1.0.1')),
      'is no signature of `methotrexate-low-dose` 1.0.0 as it stands here',
    ],
    [
      'is no note',
      (_, sig) => writeFileSync(sig, 'signed'),
      'is no signature of `methotrexate-low-dose` 1.0.0',
    ],
    ['is empty', (_, sig) => writeFileSync(sig, ''), 'is no signature of `methotrexate-low-dose` 1.0.0'],
  ])('is refused where a signature %s', (_what, damage, says) => {
    const rules = signedCopyOf();
    damage(rules, signatureIn(rules, OTHER_SET, '1.0.0'));
    expect(saidOf(rules, RELEASE_SIGNER)).toEqual([expect.stringContaining(`${SIG} ${says}`)]);
  });

  it('is refused where a set was never released, for no draft is signed', () => {
    const rules = copyOf(OTHER_RULES);
    rmSync(`${rules}/${OTHER_SET}/releases`, { recursive: true });
    expect(saidOf(rules, RELEASE_SIGNER)).toEqual([
      expect.stringContaining(`bad-signature ${OTHER_SET}/rule-set.json is a draft`),
    ]);
  });
});

describe('a rule library without a key', () => {
  it('takes releases signed or not, by whomever, and a draft alone', () => {
    const rules = copyOf(OTHER_RULES);
    expect(saidOf(rules, null)).toEqual([]);
    signAll(rules, OTHER_SIGNER);
    expect(saidOf(rules, null)).toEqual([]);
    rmSync(`${rules}/${OTHER_SET}/releases`, { recursive: true });
    expect(saidOf(rules, null)).toEqual([]);
  });

  it('takes no signature of something else', () => {
    const rules = signedCopyOf();
    rewriteFile(signatureIn(rules, OTHER_SET, '1.0.0'), (text) => text.replace(OTHER_SET, 'another-set'));
    expect(saidOf(rules, null)).toEqual([expect.stringContaining(`${SIG} is no signature of`)]);
  });

  it('takes no signature of a version that is not in the index', () => {
    const rules = signedCopyOf();
    cpSync(signatureIn(rules, OTHER_SET, '1.0.0'), signatureIn(rules, OTHER_SET, '1.0.1'));
    expect(saidOf(rules, null)).toEqual([
      expect.stringContaining(`file-unexpected ${OTHER_SET}/releases/1.0.1.sig`),
    ]);
  });
});
