import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type Service } from '../support/service.js';
import { EXAMPLES, exampleLine, exampleText, jsonLines, runCli } from './cli-run.js';

let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-cli-'));
  service = await startService();
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const fileOf = (text: string): string => {
  const path = join(folder, 'intake.json');
  writeFileSync(path, text);
  return path;
};

const postScreen = async (body: string): Promise<Record<string, unknown>> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${service.url}/screen`, { method: 'POST', headers, body });
  return (await answer.json()) as Record<string, unknown>;
};

const withoutEvaluation = (answer: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(answer).filter(([key]) => key !== 'id' && key !== 'evaluatedAt'));

describe('screen FILE', () => {
  it.each(EXAMPLES)('prints the verdict %s in a table', async (name) => {
    const { code, stdout } = await runCli(['screen', `examples/${name}.json`]);
    const [head, row] = stdout.split('\n');
    expect(head).toMatch(/^SUBJECT +VERDICT +MISSING +VALID UNTIL +REASONS$/);
    expect(row).toMatch(new RegExp(`^example-${name} +${name} +\\d+ +\\S+( expired)? +\\S`));
    expect(code).toBe(0);
  });

  it('says why, what to do, and what to ask next', async () => {
    const review = (await runCli(['screen', 'examples/review.json'])).stdout;
    expect(review).toContain('  relative: High blood pressure: treat first (hypertension-treat-first)');
    const incomplete = (await runCli(['screen', 'examples/incomplete.json'])).stdout;
    expect(incomplete).toContain(
      '  could make it ineligible: activePsychosis (not-asked)\n    During the past',
    );
  });

  it('says on stderr that nothing is stored, which version it was, and for whom it is', async () => {
    const { stderr } = await runCli(['screen', 'examples/eligible.json']);
    expect(stderr).toContain('1 screened: 1 eligible.');
    expect(stderr).toContain('not yet approved by a clinician');
    expect(stderr).toContain('Nothing was stored and no decision id exists');
    expect(stderr).toContain('For health professionals.');
  });

  it('reads stdin', async () => {
    const { code, stdout } = await runCli(['screen', '-'], { stdin: exampleText('review') });
    expect([code, stdout]).toEqual([0, expect.stringContaining('hypertension-treat-first')]);
  });

  it('lets no text of an intake act on the terminal', async () => {
    const stdin = exampleLine('eligible', { subject: '\u001b[2Jeligible\u202e\n' });
    const { stdout } = await runCli(['screen', '-'], { stdin });
    expect(stdout).toContain('\uFFFD[2Jeligible\uFFFD\uFFFD');
    expect(stdout).not.toContain('\u001b');
  });

  it('says that an earlier decision was not looked up', async () => {
    const stdin = exampleLine('eligible', { supersedes: '0197f3c2-0000-7000-8000-000000000000' });
    const { code, stderr } = await runCli(['screen', '-'], { stdin });
    expect([code, stderr]).toEqual([0, expect.stringContaining('was not looked up')]);
  });
});

describe('screen --json', () => {
  it.each(EXAMPLES)('answers %s as POST /screen does, but for id and evaluatedAt', async (name) => {
    const { code, stdout } = await runCli(['screen', '--json', `examples/${name}.json`]);
    const [answer] = jsonLines(stdout) as Record<string, unknown>[];
    const posted = await postScreen(exampleText(name));
    expect(code).toBe(0);
    expect(answer).not.toHaveProperty('id');
    expect(answer).toHaveProperty('verdict', name);
    expect(withoutEvaluation(answer ?? {})).toBe(withoutEvaluation(posted));
  });

  it('refuses what POST /screen refuses, with the same faults', async () => {
    const intake = exampleLine('review', { facts: { age: '54', bloodPressur: [], route: 'by-ear' }, x: 1 });
    const { code, stdout, stderr } = await runCli(['screen', '--json', '-'], { stdin: intake });
    expect([code, stdout]).toEqual([1, '']);
    const { errors } = await postScreen(intake);
    expect(errors).toHaveLength(4);
    expect(jsonLines(stderr)).toEqual([{ errors }]);
  });

  it('tells on stderr what it came to', async () => {
    const { stderr } = await runCli(['screen', '--json', 'examples/review.json']);
    expect(jsonLines(stderr)).toMatchObject([
      {
        summary: { screened: 1, faulty: 0, verdicts: { review: 1 }, stored: false },
        notice: expect.any(String) as unknown,
      },
    ]);
  });
});

describe('screen --exit-verdict', () => {
  it.each([
    ['eligible', 10],
    ['review', 11],
    ['incomplete', 12],
    ['ineligible', 13],
  ])('ends for %s with %i', async (name, code) => {
    expect((await runCli(['screen', '--exit-verdict', `examples/${name}.json`])).code).toBe(code);
  });

  it('ends with 1 for a fault', async () => {
    expect((await runCli(['screen', '--exit-verdict', '-'], { stdin: '{"fact":{}}' })).code).toBe(1);
  });
});

describe('screen, of an intake with faults', () => {
  it('lists each with its pointer, and never a value', async () => {
    const path = fileOf('{"subject":"s","facts":{"age":"fifty-four","activePsychosi":true}}');
    const { code, stdout, stderr } = await runCli(['screen', path]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/intake\.json: \/facts\/age \[wrong-type\] /),
      expect.stringMatching(/intake\.json: \/facts\/activePsychosi \[unknown-fact\] /),
      '',
    ]);
    expect(stderr).not.toContain('fifty-four');
  });

  it.each([
    ['', /^stdin: \[not-json\]/],
    [
      '{"facts":{}}\n{"facts":{}}\n',
      /^stdin: \[not-json\].*\nWhere each line is an intake, add --ndjson\.\n$/,
    ],
    ['{"facts":{"age":1,"age":2}}', /^stdin: \/facts\/age \[duplicate-key\]/],
    [Uint8Array.of(0x22, 0xff, 0x22), /^stdin: \[not-utf8\]/],
    [`"${'x'.repeat(256 * 1024)}"`, /^stdin: \[too-long\]/],
  ])('refuses %.20j', async (stdin, expected) => {
    const { code, stderr } = await runCli(['screen', '-'], { stdin });
    expect([code, stderr]).toEqual([1, expect.stringMatching(expected)]);
  });
});

describe('the options of screen', () => {
  const verdictOf = async (args: readonly string[], stdin: string): Promise<unknown> =>
    jsonLines((await runCli(['screen', '-', '--json', ...args], { stdin })).stdout)[0];

  it('--as-of takes the place of the moment of the intake', async () => {
    const moment = ['--as-of', '2026-06-02T09:30:00Z'];
    expect(await verdictOf(moment, exampleText('eligible'))).toMatchObject({
      asOf: '2026-06-02T09:30:00Z',
      verdict: 'incomplete',
      missing: [{ fact: 'bloodPressure', reason: 'stale' }],
    });
  });

  it('--retrospective is needed where the moment lies far back', async () => {
    const moment = ['--as-of', '2026-03-02T09:30:00Z'];
    const { code, stderr } = await runCli(['screen', '-', ...moment], { stdin: '{"facts":{}}' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('/asOf [as-of-in-past]')]);
    const answer = await verdictOf([...moment, '--retrospective'], '{"facts":{}}');
    expect(answer).toMatchObject({ asOf: '2026-03-02T09:30:00Z', retrospective: true });
  });

  it('--rule-set and --rule-set-version take the place of the pins of the intake', async () => {
    const pinned = exampleLine('review', { ruleSet: 'nothing', ruleSetVersion: '9.9.9' });
    const { code, stderr } = await runCli(['screen', '-'], { stdin: pinned });
    expect([code, stderr]).toEqual([1, expect.stringContaining('/ruleSet [unknown-rule-set]')]);
    const { ruleSet, ruleSetVersion } = JSON.parse(exampleText('review')) as Record<string, string>;
    const pins = ['--rule-set', String(ruleSet), '--rule-set-version', String(ruleSetVersion)];
    expect(await verdictOf(pins, pinned)).toMatchObject({ verdict: 'review' });
  });
});

describe('screen, used wrongly', () => {
  it.each([
    [[], "missing required argument 'file'"],
    [['a', 'b'], 'too many arguments'],
    [['examples/review.json', '--loud'], "unknown option '--loud'"],
    [['no-such-file.json'], 'no-such-file.json cannot be read (ENOENT)'],
    [['examples'], 'examples cannot be read (EISDIR)'],
    [['examples/review.json', '--as-of', 'today'], '--as-of must be an RFC 3339 timestamp'],
    [['examples/review.json', '--rule-set', 'other'], 'no such rule set or version'],
    [['examples/review.json', '--rule-set-version', '9.9.9'], 'no such rule set or version'],
    [['-', '--ndjson', '--exit-verdict'], '--exit-verdict tells one verdict'],
  ])('%j ends with 2 and says why', async (args, detail) => {
    const people = await runCli(['screen', ...args]);
    expect([people.code, people.stdout, people.stderr]).toEqual([2, '', expect.stringContaining(detail)]);
    const programs = await runCli(['screen', ...args, '--json']);
    expect([programs.code, programs.stdout]).toEqual([2, '']);
    expect(jsonLines(programs.stderr)).toEqual([
      { errors: [{ code: 'wrong-usage', detail: expect.stringContaining(detail) as unknown }] },
    ]);
  });

  it.each([
    ['no-such-folder', 'file-missing'],
    ['package.json', 'rules-unreadable'],
  ])('ends with 3 where the rules cannot be used (%s)', async (rulesDir, errorCode) => {
    const args = ['screen', 'examples/review.json', '--rules-dir', rulesDir];
    const people = await runCli(args);
    expect([people.code, people.stderr]).toEqual([3, expect.stringContaining(rulesDir)]);
    const programs = await runCli([...args, '--json']);
    expect(jsonLines(programs.stderr)).toMatchObject([{ errors: [{ code: errorCode }] }]);
    expect((await runCli(args.slice(0, 2), { environment: { RULES_DIR: rulesDir } })).code).toBe(3);
  });
});
