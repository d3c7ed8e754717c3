import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRulesCommand, listRulesCommand } from '../../../src/cli/rules-commands.js';
import { releaseCommand } from '../../../src/cli/rules-release-command.js';
import { readRuleLibrary, ruleLibraryOf } from '../../../src/storage/rule-library.js';
import { copyOf } from '../../support/sqlite.js';

const SET = 'ketamine-pain';
const RULE = `${SET}/packs/bladder/icsi-rise.json`;

const rewrite = (folder: string, file: string, edit: (text: string) => string): void => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(edit(text)).not.toBe(text);
  writeFileSync(path, edit(text));
};

const release = (folder: string, version: string): readonly string[] =>
  releaseCommand(folder, { set: SET, version, on: '2026-11-26' }, 'text').lines;

const first = mkdtempSync(join(tmpdir(), 'ketamine-screening-'));

// Once for all tests: a release runs the cases of every rule.
beforeAll(() => {
  cpSync('rules', first, { recursive: true });
  rmSync(join(first, SET, 'releases'), { recursive: true, force: true });
  rewrite(first, `${SET}/rule-set.json`, (text) =>
    text.replace(/"version": "[^"]*"/, '"version": "0.9.9-draft"'),
  );
  release(first, '1.0.0');
});

afterAll(() => {
  rmSync(first, { recursive: true });
});

/** A copy of the shipped rules in which 1.0.0 is released. */
const released = (): string => copyOf(first);

const releasesIn = (folder: string): string => join(folder, SET, 'releases');

const lowerSeverity = (folder: string): void => {
  for (const file of [RULE, RULE.replace('.json', '.cases.json')])
    rewrite(folder, file, (text) => text.replace('"severity": "relative"', '"severity": "precaution"'));
};

describe('rules release', () => {
  it('writes the canonical body, its note and the index, and makes the next draft', () => {
    const folder = released();
    expect(readdirSync(releasesIn(folder)).toSorted()).toEqual(['1.0.0.json', '1.0.0.md', 'index.json']);
    const bytes = readFileSync(join(releasesIn(folder), '1.0.0.json'));
    const { releases } = JSON.parse(readFileSync(join(releasesIn(folder), 'index.json'), 'utf8')) as {
      releases: { version: string; sha256: string; step: string }[];
    };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(releases).toMatchObject([{ version: '1.0.0', sha256, step: 'first', supersedes: null }]);
    expect(readFileSync(join(releasesIn(folder), '1.0.0.md'), 'utf8')).toContain(sha256);
    expect(listRulesCommand(folder).lines.map((line) => line.split(' ')[1])).toEqual([
      '1.0.0',
      '1.0.1-draft',
    ]);
    expect(checkRulesCommand(folder).exitCode).toBe(0);
  });

  it('refuses where nothing has changed', () => {
    expect(() => release(released(), '1.0.1')).toThrow(/nothing has changed since `1.0.0`/);
  });

  it('takes a patch for words, and for words only', () => {
    const folder = released();
    rewrite(folder, RULE, (text) => text.replace('Consider holding', 'Think of holding'));
    expect(release(folder, '1.0.1')[0]).toContain('is released (patch)');
    lowerSeverity(folder);
    expect(() => release(folder, '1.0.2')).toThrow(/`1.0.2` would hide .* a minor version, `1.1.0`/);
    expect(release(folder, '1.1.0')[0]).toContain('is released (minor)');
    expect(readFileSync(join(releasesIn(folder), '1.1.0.md'), 'utf8')).toContain(
      'rule `icsi-rise`: severity lowered from relative to precaution',
    );
  });

  it('takes a major version where an intake that was valid may be refused', () => {
    const folder = released();
    rewrite(folder, `${SET}/facts.json`, (text) => text.replace('"max": 130', '"max": 120'));
    expect(() => release(folder, '1.1.0')).toThrow(/a major version, `2.0.0`/);
    expect(release(folder, '2.0.0')[0]).toContain('is released (major)');
  });

  it('takes a major version where two answers that stood together may be refused', () => {
    const folder = released();
    rewrite(folder, `${SET}/facts.json`, (text) =>
      text.replace(
        '"id": "heartDisease",',
        '"id": "heartDisease", "contradictedBy": [{ "answer": false, "when": { "fact": "hypertensiveSymptoms", "is": true } }],',
      ),
    );
    expect(() => release(folder, '1.1.0')).toThrow(/a major version, `2.0.0`/);
  });

  it.each([
    ['1.2.0', /does not follow `1.0.0` by one step/],
    ['1.0.0', /does not follow `1.0.0` by one step/],
    ['1.1.0-rc.1', /is no version to release/],
    ['next', /is no version to release/],
  ])('refuses %s', (version, why) => {
    const folder = released();
    lowerSeverity(folder);
    expect(() => release(folder, version)).toThrow(why);
  });

  it('refuses a draft whose cases do not hold, and one with mistakes', () => {
    const folder = released();
    rewrite(folder, RULE, (text) => text.replace('"value": 4', '"value": 5'));
    expect(() => release(folder, '1.1.0')).toThrow(/rules test/);
    rewrite(folder, RULE, (text) => text.replace('icsiRise', 'icsiRaise'));
    expect(() => release(folder, '1.1.0')).toThrow(/rules check/);
  });
});

describe('a release', () => {
  const mistakesAfter = (damage: (folder: string) => void): readonly string[] => {
    const folder = released();
    damage(releasesIn(folder));
    return checkRulesCommand(folder).lines.slice(0, -1);
  };

  it.each<readonly [string, string, (releases: string) => void]>([
    [
      'has one byte more',
      '1.0.0.json [release-changed]',
      (at) => appendFileSync(join(at, '1.0.0.json'), '\n'),
    ],
    [
      'has another byte',
      '1.0.0.json [release-changed]',
      (at) => {
        const text = readFileSync(join(at, '1.0.0.json'), 'utf8');
        writeFileSync(join(at, '1.0.0.json'), text.replace('"value":4', '"value":5'));
      },
    ],
    ['is gone', '1.0.0.json [file-missing]', (at) => rmSync(join(at, '1.0.0.json'))],
    [
      'is not in the index',
      '1.1.0.json [file-unexpected]',
      (at) => writeFileSync(join(at, '1.1.0.json'), '{}'),
    ],
    [
      'has another fingerprint in the index',
      '1.0.0.json [release-changed]',
      (at) => {
        const text = readFileSync(join(at, 'index.json'), 'utf8');
        writeFileSync(join(at, 'index.json'), text.replace(/"sha256": "."/, '"sha256": "'));
        writeFileSync(join(at, 'index.json'), text.replace(/("sha256": ")[0-9a-f]{8}/, '$100000000'));
      },
    ],
    [
      'says that it supersedes something else',
      'index.json /releases/0 [bad-version]',
      (at) => {
        const text = readFileSync(join(at, 'index.json'), 'utf8');
        writeFileSync(join(at, 'index.json'), text.replace('"supersedes": null', '"supersedes": "0.9.0"'));
      },
    ],
  ])('that %s stops check', (_what, expected, damage) => {
    expect(mistakesAfter(damage)).toEqual([expect.stringContaining(expected)]);
  });

  it('is what screens where nothing is pinned, and the draft is there for those who pin it', () => {
    const folder = released();
    const read = readRuleLibrary(folder);
    if (!read.ok) throw new Error('the copy has mistakes');
    const library = ruleLibraryOf(read.folders);
    expect(library.all().map(({ body }) => body.version)).toEqual(['1.0.0', '1.0.1-draft']);
    expect(library.find(SET, '1.0.1-draft')).not.toBeNull();
  });

  it('leaves a draft no version that does not follow it', () => {
    const folder = released();
    rewrite(folder, `${SET}/rule-set.json`, (text) => text.replace('1.0.1-draft', '1.0.0-draft'));
    expect(checkRulesCommand(folder).lines[0]).toContain('rule-set.json /version [bad-version]');
  });
});
