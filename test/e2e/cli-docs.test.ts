import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI, EXAMPLES, exampleText, outcomeOf } from './cli-run.js';

const PAGE = 'docs/cli.md';
const COMMANDS = [
  'screen',
  'serve',
  ...[
    'list',
    'check',
    'test',
    'schemas',
    'approve',
    'activate',
    'docs',
    'coverage',
    'diff',
    'impact',
    'release',
    'explain',
    'keygen',
    'sign',
  ].map((name) => `rules ${name}`),
  'audit replay',
  'audit verify',
  'audit erase',
  'backup',
  'restore',
  'keys list',
  'keys create',
  'keys rotate',
  'keys revoke',
  'keys break-glass',
  'master-key make',
  'master-key status',
  'master-key rotate',
];
const BLOCK = /^```console\n([^]*?)^```$/gm;

/** A command of the page, and what stands below it. */
type Example = { readonly command: string; readonly output: string };

const examplesIn = (block: string): readonly Example[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = '', ...lines] = text.split('\n');
      return { command, output: lines.join('\n') };
    });

const blocks = [...readFileSync(PAGE, 'utf8').matchAll(BLOCK)].map(([, block = '']) => block);
const examples = blocks.flatMap(examplesIn);

let folder: string;

/** A checkout to run in, so that no command can change this one. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-docs-'));
  for (const name of ['examples', 'rules', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true });
  cpSync('test/vignettes', join(folder, 'test/vignettes'), { recursive: true });
  symlinkSync(resolve('dist'), join(folder, 'dist'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What differs at every run: times, keys, roots, the ids of decisions, and the port of a service that took a free one. */
const masked = (text: string): string =>
  text
    .replace(/"evaluatedAt":\s*"[^"]+"/g, '"evaluatedAt":"…"')
    .replace(/"time":\d+/g, '"time":…')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '…')
    .replace(/\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}/g, '+…')
    .replace(/\bksk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/g, 'ksk_…')
    .replace(/\b[0-9a-f]{16}(?= of )/g, '…')
    .replace(/\bksm1_[A-Za-z0-9_-]{48}/g, 'ksm1_…')
    .replace(/(sealed by|master key(?: of \S+ is)?|given is|and by) [0-9a-f]{16}\b/g, '$1 …')
    .replace(/until \d{4}-\d\d-\d\dT[0-9:.]+Z/g, 'until …')
    .replace(/(Root of them all: |"root":")[0-9a-f]{64}/g, '$1…')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:3000');

const scriptOf = (command: string): string => `exec 2>&1
npx() { shift; '${process.execPath}' '${resolve(CLI)}' "$@"; }
${command.replace('--port 3000', `--port 0 --data-dir '${folder}/data'`)}`;

/** Screens the four examples, so that the log has decisions to look into. */
const screenExamples = async (url: string): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  for (const name of EXAMPLES) {
    const { status } = await fetch(`${url}/screen`, { method: 'POST', headers, body: exampleText(name) });
    if (status !== 200) throw new Error(`the example ${name} is answered with ${String(status)}`);
  }
};

/** Runs a command as someone at a terminal would: both its outputs together, and Ctrl-C once a service listens and has screened the examples. */
const run = async (command: string): Promise<string> => {
  const child = spawn('bash', ['--norc', '-c', scriptOf(command)], {
    cwd: folder,
    env: { ...process.env, RULES_DIR: undefined, HOST: undefined },
    detached: true,
  });
  child.stdout.on('data', (chunk: Buffer) => {
    const url = /"address":"([^"]+)"/.exec(chunk.toString())?.[1];
    if (url === undefined) return;
    void screenExamples(url).finally(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    });
  });
  return masked((await outcomeOf(child)).stdout);
};

describe(PAGE, () => {
  it('has examples of every command', () => {
    for (const name of COMMANDS)
      expect(
        examples.some(
          ({ command }) => command.includes(`ketamine-screening ${name} `) || command.endsWith(name),
        ),
      ).toBe(true);
  });

  it.each(examples)('$command', async ({ command, output }) => {
    if (process.env.UPDATE_EXAMPLES !== '1') {
      expect(await run(command)).toBe(output);
      return;
    }
    const page = readFileSync(PAGE, 'utf8');
    const printed = await run(command);
    writeFileSync(
      PAGE,
      page.replace(`$ ${command}\n${output}`, () => `$ ${command}\n${printed}`),
    );
  });

  it('names every exit code that the commands have', () => {
    const page = readFileSync(PAGE, 'utf8');
    const named = [...page.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = '']) => codes.split(', '));
    expect(named).toEqual(['0', '1', '2', '3', '10', '11', '12', '13', '130', '141']);
  });
});
