import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type Service } from '../support/service.js';
import { EXAMPLES, outcomeOf, runCli, type Ran } from './cli-run.js';
import { PATIENTS, patientsText } from './examples-patients.js';

const FILE = 'examples/patients.ndjson';
const README = 'examples/README.md';

if (process.env.UPDATE_EXAMPLES === '1') writeFileSync(FILE, patientsText());

let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-examples-'));
  service = await startService();
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const run = (script: string, ...args: readonly string[]): Promise<Ran> =>
  outcomeOf(spawn(script, args, { stdio: ['ignore', 'pipe', 'pipe'] }));

const rowsOf = (stdout: string): readonly (readonly string[])[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((row) => row.trim().split(/ {2,}/));

describe('examples/screen.sh', () => {
  it('prints the four verdicts', async () => {
    const { code, stdout, stderr } = await run('examples/screen.sh', service.url);
    expect(rowsOf(stdout.replaceAll(/ +/g, '  '))).toEqual(EXAMPLES.map((name) => [`${name}.json`, name]));
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says where the service cannot be reached, and stops', async () => {
    const { code, stdout, stderr } = await run('examples/screen.sh', 'http://127.0.0.1:9');
    expect([code, stdout, stderr]).toEqual([7, '', expect.stringContaining('127.0.0.1')]);
  });
});

describe('examples/patients.ndjson', () => {
  it('is what test/e2e/examples-patients.ts makes of examples/eligible.json', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(patientsText());
  });

  it('holds each verdict more than once', () => {
    for (const verdict of EXAMPLES)
      expect(PATIENTS.filter((patient) => patient.verdict === verdict).length).toBeGreaterThan(1);
  });

  it('comes out the same from the command line, without a service', async () => {
    const { code, stdout } = await runCli(['screen', FILE]);
    const [, ...rows] = rowsOf(stdout);
    expect(rows.map(([line, subject, verdict]) => [line, subject, verdict])).toEqual(
      PATIENTS.map(({ subject, verdict }, index) => [String(index + 1), subject, verdict]),
    );
    expect(code).toBe(0);
  });
});

const fileOf = (text: string): string => {
  const file = join(folder, 'intakes.ndjson');
  writeFileSync(file, text);
  return file;
};

describe('examples/batch.sh', () => {
  it('prints subject and verdict of each patient', { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await run('examples/batch.sh', FILE, service.url);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toEqual(
      PATIENTS.map(
        ({ subject, verdict }, index) =>
          expect.stringMatching(new RegExp(`^ *${String(index + 1)} +${subject} +${verdict}$`)) as unknown,
      ),
    );
  });

  it('tells a line that is refused, goes on, and ends with 1', async () => {
    const lines = [
      '{"subject":"a \\"b\\"","facts":{"agee":1}}',
      '',
      '{',
      '{"subject":"c \\"d\\"","facts":{}}',
    ];
    const { code, stdout } = await run('examples/batch.sh', fileOf(lines.join('\n')), service.url);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^ {2}1 {2}a \\"b\\" +refused with 422: The intake has faults/),
      expect.stringMatching(/^ {2}3 +refused with 400: The body is not strict JSON/),
      expect.stringMatching(/^ {2}4 {2}c \\"d\\" +incomplete$/),
      '',
    ]);
    expect(code).toBe(1);
  });

  it('stops where the service cannot be reached', async () => {
    const { code, stdout, stderr } = await run('examples/batch.sh', FILE, 'http://127.0.0.1:9');
    expect([code, stdout, stderr]).toEqual([7, '', expect.stringContaining('127.0.0.1')]);
  });
});

describe(README, () => {
  const text = readFileSync(README, 'utf8');

  it('names every example', () => {
    const named = [...text.matchAll(/\[`([^`]+)`\]\(([^)]+)\)/g)].map(([, name, link]) => [name, link]);
    expect(named.map(([name]) => name)).toEqual(
      expect.arrayContaining(['screen.sh', 'batch.sh', 'patients.ndjson', 'pretty.mjs']),
    );
    for (const [name = '', link] of named) {
      expect(link).toBe(name);
      expect(statSync(join('examples', name)).isFile()).toBe(true);
    }
  });

  it.each([
    ['screen.sh', []],
    ['batch.sh', [FILE]],
  ])('shows what %s prints', { timeout: 60_000 }, async (script, args) => {
    const { stdout } = await run(`examples/${script}`, ...args, service.url);
    const before = `\`\`\`sh\nexamples/${script}\n\`\`\`\n\n\`\`\`text\n`;
    const from = text.indexOf(before) + before.length;
    const to = text.indexOf('```', from);
    if (process.env.UPDATE_EXAMPLES === '1') {
      const now = readFileSync(README, 'utf8');
      writeFileSync(
        README,
        now.replace(before + text.slice(from, to), () => before + stdout),
      );
    } else expect(text.slice(from, to)).toBe(stdout);
  });
});
