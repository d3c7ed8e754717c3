import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffCommand } from '../../../src/cli/rules-diff-command.js';
import { impactCommand, type ComparedPatient } from '../../../src/cli/rules-impact-command.js';
import { releaseCommand } from '../../../src/cli/rules-release-command.js';
import { readPatients } from '../../../src/storage/patient-files.js';
import { intakeOf } from '../../support/http.js';
import { copyOf, tempFolder } from '../../support/sqlite.js';

const SET = 'ketamine-pain';

const rewrite = (folder: string, file: string, edit: (text: string) => string): void => {
  const path = join(folder, SET, file);
  const text = readFileSync(path, 'utf8');
  expect(edit(text)).not.toBe(text);
  writeFileSync(path, edit(text));
};

/** A copy of the shipped rules with a release, and a draft in which acute mania is absolute. */
const twoVersions = (): string => {
  const folder = copyOf('rules');
  rmSync(join(folder, SET, 'releases'), { recursive: true, force: true });
  rewrite(folder, 'rule-set.json', (text) => text.replace(/"version": "[^"]*"/, '"version": "0.9.9-draft"'));
  releaseCommand(folder, { set: SET, version: '1.0.0', on: '2026-11-26' }, 'text');
  rewrite(folder, 'packs/psychiatric/acute-mania.json', (text) => text.replace('"relative"', '"absolute"'));
  return folder;
};

const pair = { set: SET, from: '1.0.0', to: '1.0.1-draft' };

const mania = { name: 'mania', intake: { facts: { acuteMania: true } } };

const clear = { name: 'clear', intake: intakeOf('all-clear-first-treatment') };

const impactOn = (folder: string, patients: readonly ComparedPatient[], asked = pair) =>
  impactCommand(folder, { pair: asked, patients }, 'text').lines;

describe('rules diff', () => {
  it('says in sentences what changed', () => {
    expect(diffCommand(twoVersions(), pair, 'text').lines).toEqual([
      '### ketamine-pain: from 1.0.0 to 1.0.1-draft',
      '',
      expect.stringMatching(/^A screening can come out otherwise: 1 change of what is read or evaluated/),
      '',
      expect.stringContaining('version changed'),
      '- rule `acute-mania`: severity raised from relative to absolute',
    ]);
  });

  it('says that nothing changed between a version and itself', () => {
    expect(diffCommand(twoVersions(), { ...pair, to: '1.0.0' }, 'text').lines.at(-1)).toBe(
      'Nothing changed.',
    );
  });

  it('gives the same as JSON', () => {
    const [json = ''] = diffCommand(twoVersions(), pair, 'json').lines;
    expect(JSON.parse(json)).toMatchObject({ effect: 'logic', rules: { changed: [{ id: 'acute-mania' }] } });
  });

  it('refuses a version that there is not', () => {
    expect(() => diffCommand(twoVersions(), { ...pair, to: '9.9.9' }, 'text')).toThrow(/has no version/);
  });
});

describe('rules impact', () => {
  it('names each patient of whom the versions say something else, and no other', () => {
    expect(impactOn(twoVersions(), [mania, clear]).slice(2)).toEqual([
      '| patient | verdict before | after | reasons and precautions that came and went |',
      '| --- | --- | --- | --- |',
      '| mania | incomplete | ineligible | - |',
      '',
      '1 of 2 patients have another verdict, or other reasons.',
      'incomplete to ineligible: 1',
    ]);
  });

  it('says that nobody is touched where nobody is', () => {
    expect(impactOn(twoVersions(), [mania, clear], { ...pair, to: '1.0.0' }).slice(2)).toEqual([
      '0 of 2 patients have another verdict, or other reasons.',
    ]);
  });

  it('counts, and does not list, an intake with facts that are new', () => {
    const folder = twoVersions();
    rewrite(folder, 'facts.json', (text) =>
      text.replace(
        '"facts": [',
        '"facts": [{"id":"newThing","type":"boolean","domain":"general","about":"patient","question":"Is it so?"},',
      ),
    );
    expect(
      impactOn(folder, [{ name: 'new', intake: { facts: { newThing: true } } }, clear]).slice(2),
    ).toEqual([
      '0 of 1 patients have another verdict, or other reasons.',
      '1 more hold what 1.0.0 does not take, so of them there is nothing to compare.',
    ]);
  });

  it('tells an intake that a version refuses', () => {
    const folder = twoVersions();
    rewrite(folder, 'facts.json', (text) => text.replace('"max": 130', '"max": 80'));
    expect(impactOn(folder, [{ name: 'old', intake: { facts: { age: 99 } } }])).toContain(
      '| old | incomplete | refused | -age-65-or-over |',
    );
  });
});

describe('an intake with a fault outside its facts', () => {
  it('is refused by every version, and so by none more than by another', () => {
    const faulty = { name: 'faulty', intake: { fact: { acuteMania: true }, facts: { acuteMania: true } } };
    expect(impactOn(twoVersions(), [faulty]).slice(2)).toEqual([
      '0 of 1 patients have another verdict, or other reasons.',
    ]);
  });
});

describe('whole patients in a folder', () => {
  it('are intakes, or stand under `intake`', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.json'), '{"facts":{}}');
    writeFileSync(
      join(folder, 'b.json'),
      '{"story":"a story of twenty letters","intake":{"facts":{"age":54}}}',
    );
    mkdirSync(join(folder, 'other'));
    expect(readPatients(folder)).toEqual({
      ok: true,
      value: [
        { name: 'a', intake: { facts: {} }, expect: null },
        { name: 'b', intake: { facts: { age: 54 } }, expect: null },
      ],
    });
  });

  it('are named where they are none', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.json'), '[]');
    writeFileSync(join(folder, 'b.json'), '{"facts":');
    writeFileSync(join(folder, 'c.json'), '{"intake":{"facts":{}},"expects":{}}');
    writeFileSync(join(folder, 'd.json'), '{"intake":{"facts":{}},"expect":{"verdict":"fine"}}');
    const read = readPatients(folder);
    expect(read.ok ? [] : read.issues).toEqual([
      'a.json: is no JSON object',
      expect.stringMatching(/^b\.json: /),
      'c.json: unknown `expects`: remove it, or correct its spelling',
      expect.stringMatching(/^d\.json: \/expect\/verdict /),
      expect.stringMatching(/^d\.json: \/expect\/reasons /),
      expect.stringMatching(/^d\.json: \/expect\/precautions /),
      expect.stringMatching(/^d\.json: \/expect\/missing /),
    ]);
  });
});
