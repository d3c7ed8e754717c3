import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf, type Line } from '../../src/formats/ndjson/lines.js';
import {
  CLI,
  endOf,
  EXAMPLES,
  exampleLine,
  jsonLines,
  outcomeOf,
  runCli,
  runShell,
  startCli,
  startInTerminal,
} from './cli-run.js';

const COUNT = 20_000;

let folder: string;
let many: string;

const examples = EXAMPLES.map((name) => exampleLine(name));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-ndjson-'));
  many = join(folder, 'many.ndjson');
  writeFileSync(many, `${examples.join('\n')}\n`.repeat(COUNT / examples.length));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('screen of NDJSON', () => {
  const three = [exampleLine('review'), '{"facts":{"agee":1}}', '', ' \t\r', exampleLine('eligible')].join(
    '\n',
  );

  it('prints a row a line, and goes on after a line with faults', async () => {
    const { code, stdout, stderr } = await runCli(['screen', '-', '--ndjson'], { stdin: three });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^LINE +SUBJECT/),
      expect.stringMatching(/^1 +example-review +review .* hypertension-treat-first$/),
      expect.stringMatching(/^5 +example-eligible +eligible/),
      '',
    ]);
    expect(stderr).toMatch(/^stdin:2: \/facts\/agee \[unknown-fact\] .*\n/);
    expect(stderr).toContain('2 screened: 1 eligible, 1 review; 1 with faults, and so not screened.');
    expect(code).toBe(1);
  });

  it('answers as NDJSON with --json, and tells faults with their line', async () => {
    const { code, stdout, stderr } = await runCli(['screen', '-', '--ndjson', '--json'], { stdin: three });
    expect(jsonLines(stdout)).toMatchObject([{ verdict: 'review' }, { verdict: 'eligible' }]);
    expect(jsonLines(stderr)).toMatchObject([
      { line: 2, errors: [{ pointer: '/facts/agee', code: 'unknown-fact' }] },
      { summary: { screened: 2, faulty: 1, interrupted: false } },
    ]);
    expect(code).toBe(1);
  });

  it.each(['.ndjson', '.jsonl'])('knows a file by its ending %s', async (ending) => {
    const file = join(folder, `four${ending}`);
    writeFileSync(file, examples.join('\r\n'));
    const { code, stdout } = await runCli(['screen', file, '--json']);
    expect(jsonLines(stdout)).toMatchObject(EXAMPLES.map((verdict) => ({ verdict })));
    expect(code).toBe(0);
  });

  it('passes over a line that is too long, and keeps the count', async () => {
    const stdin = `"${'x'.repeat(3_000_000)}"\n${exampleLine('review')}\n`;
    const { code, stdout, stderr } = await runCli(['screen', '-', '--ndjson', '--json'], { stdin });
    expect(jsonLines(stdout)).toMatchObject([{ verdict: 'review' }]);
    expect(jsonLines(stderr)[0]).toMatchObject({ line: 1, errors: [{ code: 'too-long' }] });
    expect(code).toBe(1);
  });

  it('finds nothing wrong with nothing', async () => {
    const { code, stderr } = await runCli(['screen', '-', '--ndjson'], { stdin: '\n\n' });
    expect([code, stderr]).toEqual([0, expect.stringContaining('0 screened.')]);
  });
});

/** The greatest memory that a process held, in MiB; 0 where it has just ended. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

type Load = {
  readonly code: unknown;
  readonly lines: number;
  readonly peak: number;
  readonly stderr: string;
};

/** Left to itself V8 lets garbage lie while there is room, so a peak would tell of its mood: this leaves it no room. */
const NARROW_HEAP = { NODE_OPTIONS: '--max-old-space-size=48 --max-semi-space-size=2' };

const loadOf = async (file: string): Promise<Load> => {
  const child = startCli(['screen', file, '--json'], NARROW_HEAP);
  let lines = 0;
  let peak = 0;
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout?.on('data', (chunk: Buffer) => {
    lines += chunk.reduce((sum, byte) => sum + Number(byte === 0x0a), 0);
    // It still has its last lines to tell to stderr; were it gone, the peak so far would stand.
    if (child.exitCode === null && child.pid !== undefined) peak = Math.max(peak, peakOf(child.pid));
  });
  return { code: await endOf(child), lines, peak, stderr };
};

describe('screen of 20,000 lines', () => {
  it('needs no more memory than a thousand need', { timeout: 240_000 }, async (context) => {
    if (process.platform !== 'linux') context.skip('memory is read from /proc, which this system has not');
    const few = join(folder, 'few.ndjson');
    writeFileSync(few, `${examples.join('\n')}\n`.repeat(250));
    const small = await loadOf(few);
    const large = await loadOf(many);
    expect([small.lines, large.lines]).toEqual([1_000, COUNT]);
    expect([small.code, large.code]).toEqual([0, 0]);
    expect(large.stderr).not.toContain('\u001b');
    expect(small.peak).toBeGreaterThan(20);
    expect(large.peak).toBeLessThan(256);
    expect(large.peak - small.peak).toBeLessThan(16);
  });

  it('ends quietly where its reader goes away', { timeout: 60_000 }, async () => {
    const line = `cli screen ${many} --json | head -n 1 | wc -l; echo "\${PIPESTATUS[0]}"`;
    expect(await runShell(line)).toEqual({ code: 0, stdout: '1\n141\n', stderr: '' });
  });

  it('ends quietly where both its outputs go to a reader that goes away', { timeout: 60_000 }, async () => {
    const line = `yes '{}x' | cli screen - --ndjson 2>&1 | head -n 2 | wc -l; echo "\${PIPESTATUS[1]}"`;
    expect(await runShell(line)).toEqual({ code: 0, stdout: '2\n141\n', stderr: '' });
  });

  it('stops at SIGINT with the count of what was screened', { timeout: 60_000 }, async () => {
    const child = startCli(['screen', many, '--json']);
    child.stdout?.once('data', () => child.kill('SIGINT'));
    const { code, stdout, stderr } = await outcomeOf(child);
    const answers = jsonLines(stdout);
    expect(code).toBe(130);
    expect(answers.length).toBeLessThan(COUNT);
    expect(jsonLines(stderr)).toMatchObject([{ summary: { screened: answers.length, interrupted: true } }]);
  });

  it('stops at SIGINT while it waits for stdin', async () => {
    const child = startCli(['screen', '-', '--ndjson']);
    child.stdin?.write(`${exampleLine('review')}\n`);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('example-review')) child.kill('SIGINT');
    });
    const { code, stderr } = await outcomeOf(child);
    expect([code, stderr]).toEqual([130, expect.stringContaining('Interrupted. 1 screened: 1 review.')]);
  });

  it('shows how far it is where stderr is a terminal', { timeout: 60_000 }, async () => {
    const some = join(folder, 'some.ndjson');
    writeFileSync(some, `${examples.join('\n')}\n`.repeat(1_500));
    const command = `${process.execPath} ${CLI} screen ${some} > ${join(folder, 'table.txt')}`;
    const terminal = await outcomeOf(startInTerminal(command));
    expect(terminal.stdout).toContain(' screened, 0 with faults\r\u001b[K');
    expect(terminal.stdout.lastIndexOf('\u001b[K')).toBeLessThan(terminal.stdout.indexOf('6000 screened:'));
  });
});

const gather = async (chunks: readonly Uint8Array[], limit: number): Promise<readonly Line[]> => {
  const stream = (async function* () {
    await Promise.resolve();
    yield* chunks;
  })();
  const lines: Line[] = [];
  for await (const line of linesOf(stream, limit)) lines.push(line);
  return lines;
};

describe('the lines of a stream', () => {
  it('are the same however it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('\n', 'a', 'é', '\r'), maxLength: 60 });
    const cuts = fc.array(fc.nat(80), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, cuts, fc.integer({ min: 1, max: 9 }), async (whole, at, limit) => {
        const bytes = Buffer.from(whole);
        const places = [0, ...at.toSorted((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
        const all = whole.replace(/\n$/, '').split('\n');
        const expected = (whole === '' ? [] : all).map((line) =>
          Buffer.byteLength(line) <= limit ? line : null,
        );
        const lines = await gather(chunks, limit);
        expect(lines.map(({ number }) => number)).toEqual(expected.map((_, index) => index + 1));
        expect(
          lines.map((line) => (line.bytes === null ? null : Buffer.from(line.bytes).toString())),
        ).toEqual(expected);
      }),
    );
  });
});
