import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonLines, runCli } from './cli-run.js';

const FACTS = 'ketamine-pain/facts.json';
const CASES = 'ketamine-pain/packs/bladder/icsi-rise.cases.json';
const SCHEMA = 'ketamine-pain/schema/rule.schema.json';

let rules: string;

beforeEach(() => {
  rules = mkdtempSync(join(tmpdir(), 'ketamine-screening-rules-'));
  cpSync('rules', rules, { recursive: true });
});

afterEach(() => {
  rmSync(rules, { recursive: true });
  rmSync(`${rules}-patients`, { recursive: true, force: true });
});

const spoil = (file: string, from: string, to: string): void => {
  const path = join(rules, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

const rulesCommand = (...args: readonly string[]) => runCli(['rules', ...args, '--rules-dir', rules]);

type Index = { readonly releases: readonly { readonly version: string; readonly sha256: string }[] };

describe('rules list', () => {
  it('names each version', async () => {
    const { code, stdout } = await rulesCommand('list');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^(ketamine-pain \S+ {2}(draft|released) {2}\d+ rules {2}[0-9a-f]{12} {2}Ketamine .+\n)+$/,
      ),
    ]);
  });

  it('lists them with their SHA-256 for programs', async () => {
    const index = JSON.parse(readFileSync('rules/ketamine-pain/releases/index.json', 'utf8')) as Index;
    const { code, stdout } = await rulesCommand('list', '--json');
    expect([code, jsonLines(stdout)]).toMatchObject([
      0,
      [
        {
          items: [
            ...index.releases.map(({ version, sha256 }) => ({ version, status: 'released', sha256 })),
            { id: 'ketamine-pain', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
          ],
        },
      ],
    ]);
  });
});

describe('rules check', () => {
  it('says what a sound set holds, in both forms alike', async () => {
    const people = await rulesCommand('check');
    const programs = await rulesCommand('check', '--json');
    expect([people.code, programs.code]).toEqual([0, 0]);
    const [summary] = jsonLines(programs.stdout) as { ruleSets: { sha256: string; cases: number }[] }[];
    const [held] = summary?.ruleSets ?? [];
    expect(people.stdout).toContain(`${String(held?.cases)} cases, sha256 ${String(held?.sha256)}\n`);
  });

  it('names the file, the place and the mend of each mistake', async () => {
    spoil(FACTS, '"unit": "a"', '"unit": "yrs"');
    const people = await rulesCommand('check');
    expect([people.code, people.stderr]).toEqual([1, '']);
    expect(people.stdout).toContain(`${join(rules, FACTS)} /facts/0/unit [unknown-unit]: `);
    const programs = await rulesCommand('check', '--json');
    expect([programs.code, programs.stdout]).toEqual([1, '']);
    expect(jsonLines(programs.stderr)).toMatchObject([
      { errors: [{ file: join(rules, FACTS), pointer: '/facts/0/unit', code: 'unknown-unit' }] },
    ]);
  });
});

describe('rules test', () => {
  it('counts the cases that hold', async () => {
    expect((await rulesCommand('test')).stdout).toMatch(/^(\d+) of \1 cases hold\n$/);
    const [counts] = jsonLines((await rulesCommand('test', '--json')).stdout) as Record<string, number>[];
    expect(counts).toEqual({ cases: counts?.cases, held: counts?.cases });
  });

  it('names a case that does not hold', async () => {
    spoil(CASES, '"expect": "true"', '"expect": "unknown"');
    const people = await rulesCommand('test');
    expect([people.code, people.stdout]).toEqual([
      1,
      expect.stringMatching(/^icsi-rise: .*: expected unknown, found true\n\d+ of \d+ cases hold\n$/),
    ]);
    const programs = await rulesCommand('test', '--json');
    expect([programs.code, programs.stdout]).toEqual([1, '']);
    expect(jsonLines(programs.stderr)).toMatchObject([
      { errors: [{ code: 'case-does-not-hold', rule: 'icsi-rise' }] },
    ]);
  });
});

/** A folder with a whole patient of a release, pinned to the draft instead. */
const patientsOfTheDraft = (name: string): string => {
  const { version } = JSON.parse(readFileSync('rules/ketamine-pain/rule-set.json', 'utf8')) as {
    readonly version: string;
  };
  const patients = `${rules}-patients`;
  mkdirSync(patients);
  const text = readFileSync(`test/vignettes/${name}.json`, 'utf8');
  writeFileSync(
    join(patients, `${name}.json`),
    text.replace(/"ruleSetVersion": "[^"]+"/, `"ruleSetVersion": "${version}"`),
  );
  return patients;
};

describe('rules test --patients', () => {
  it('tries whole patients after the cases, in both forms alike', async () => {
    const people = await rulesCommand('test', '--patients', 'test/vignettes');
    expect([people.code, people.stderr]).toEqual([0, '']);
    expect(people.stdout).toMatch(/^(\d+) of \1 cases hold\nPATIENT .*\n[^]*\n(\d+) of \2 patients /);
    const programs = await rulesCommand('test', '--patients', 'test/vignettes', '--json');
    const [told] = jsonLines(programs.stdout) as { patients: object[]; patientsHeld: number }[];
    expect(told?.patientsHeld).toBe(told?.patients.length);
  });

  it('fails on a patient who comes out otherwise once a rule has changed', async () => {
    spoil('ketamine-pain/packs/hypertension/hypertension-controlled.json', '"precaution"', '"relative"');
    spoil(
      'ketamine-pain/packs/hypertension/hypertension-controlled.cases.json',
      '"precaution"',
      '"relative"',
    );
    const patients = patientsOfTheDraft('diltiazem-and-oral-ketamine');
    const { code, stderr } = await rulesCommand('test', '--patients', patients, '--json');
    const [told] = jsonLines(stderr) as { errors: object[] }[];
    expect([code, told?.errors[0]]).toEqual([
      1,
      {
        code: 'patient-not-as-expected',
        patient: 'diltiazem-and-oral-ketamine',
        detail: 'expected verdict eligible, found review',
      },
    ]);
  });

  it.each([
    [['--patients', 'no-such-folder'], 2],
    [['--patients', 'docs'], 2],
    [['--patients', 'test/vignettes', '--mutate'], 2],
  ])('%j ends with %i', async (args, expected) => {
    const { code, stdout, stderr } = await rulesCommand('test', ...args, '--json');
    expect([code, stdout, jsonLines(stderr)]).toMatchObject([
      expected,
      '',
      [{ errors: [{ code: 'wrong-usage' }] }],
    ]);
  });
});

describe('rules schemas', () => {
  it('finds the committed ones up to date', async () => {
    expect(await rulesCommand('schemas', '--check')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(jsonLines((await rulesCommand('schemas', '--check', '--json')).stdout)).toEqual([
      { outOfDate: 0 },
    ]);
  });

  it('says which is out of date, and writes it', async () => {
    spoil(SCHEMA, 'criterion', 'condition');
    const people = await rulesCommand('schemas', '--check');
    expect([people.code, people.stdout]).toEqual([1, expect.stringContaining(SCHEMA)]);
    const programs = await rulesCommand('schemas', '--check', '--json');
    const path = join(rules, SCHEMA);
    expect(jsonLines(programs.stderr)).toMatchObject([
      { errors: [{ file: path, code: 'schema-out-of-date' }] },
    ]);
    expect(jsonLines((await rulesCommand('schemas', '--json')).stdout)).toEqual([{ written: [path] }]);
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(join('rules', SCHEMA), 'utf8'));
  });
});

describe('the rules commands', () => {
  it.each([[['rules']], [['rules', 'lsit']], [['rules', 'check', 'x']], [['rules', 'check', '--loud']]])(
    '%j ends with 2',
    async (args) => {
      const people = await runCli(args);
      expect([people.code, people.stdout]).toEqual([2, '']);
      const programs = await runCli([...args, '--json']);
      expect(programs.code).toBe(2);
      expect(jsonLines(programs.stderr)).toMatchObject([{ errors: [{ code: 'wrong-usage' }] }]);
    },
  );

  it.each(['list', 'check', 'test', 'schemas'])('%s says where there are no rules', async (command) => {
    const { code, stdout } = await runCli(['rules', command, '--rules-dir', 'no-such-folder']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('[file-missing]')]);
  });

  it.each(['list', 'check', 'test', 'schemas'])(
    '%s ends with 3 where the rules are no folder',
    async (command) => {
      const { code, stderr } = await runCli(['rules', command, '--rules-dir', 'package.json']);
      expect([code, stderr]).toEqual([
        3,
        'ketamine-screening: the rules folder package.json cannot be read (ENOTDIR)\n',
      ]);
    },
  );
});

describe('the command', () => {
  it('tells its versions', async () => {
    const { code, stdout } = await runCli(['--version']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^ketamine-screening \S+, engine \d+\.\d+\.\d+, Node\.js \d+\.\d+\.\d+\n$/),
    ]);
  });

  it.each([[[]], [['scren', 'x']], [['--loud']]])('ends with 2 for %j', async (args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  it.each([
    ['--help'],
    ['serve', '--help'],
    ['screen', '--help'],
    ['rules', '--help'],
    ['rules', 'check', '--help'],
  ])('helps with %s %s', async (...args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('Usage: ketamine-screening'), '']);
  });
});
