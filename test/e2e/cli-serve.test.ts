import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLI,
  endOf,
  exampleText,
  jsonLines,
  runCli,
  runShell,
  startCli,
  startInTerminal,
  type Ran,
} from './cli-run.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-serve-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /"address":"(http:[^"]+)"/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
  });

const serveArgs = (...args: readonly string[]): readonly string[] => [
  'serve',
  '--port',
  '0',
  '--data-dir',
  join(folder, 'data'),
  ...args,
];

/** A screening of which half of the body is sent and accepted; `finish` sends the rest. */
const beginScreening = (url: string): Promise<{ finish: () => void; status: Promise<number | undefined> }> =>
  new Promise((resolve, reject) => {
    const body = Buffer.from(exampleText('review'));
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(`${url}/screen`, { method: 'POST', headers });
    const status = new Promise<number | undefined>((answered) => {
      sent.once('response', (answer) => {
        answer.resume();
        answered(answer.statusCode);
      });
    });
    sent.once('error', reject);
    sent.write(body.subarray(0, 100), () => {
      resolve({ finish: () => sent.end(body.subarray(100)), status });
    });
  });

describe('serve', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('serves until %s, and ends with 0', async (signal) => {
    const child = startCli(serveArgs());
    const url = await addressOf(child);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/screen`, { method: 'POST', headers, body: exampleText('review') });
    expect(await answer.json()).toMatchObject({ verdict: 'review' });
    child.kill(signal);
    expect(await endOf(child)).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });

  it(
    'is told once by Ctrl-C on a terminal: a second signal would cut what it has accepted',
    { repeats: 2 },
    async () => {
      const command = ['exec', process.execPath, CLI, ...serveArgs()].join(' ');
      const terminal = startInTerminal(command);
      const url = await addressOf(terminal);
      const { finish, status } = await beginScreening(url);
      const ended = endOf(terminal);
      terminal.stdin?.write('\u0003');
      await setTimeout(500);
      finish();
      expect([await status, await ended]).toEqual([200, 0]);
    },
  );

  it('takes what no option names from the environment', async () => {
    const child = startCli(['serve'], { PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
    expect(await addressOf(child)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    child.kill('SIGTERM');
    expect(await endOf(child)).toBe(0);
  });
});

const bothForms = async (args: readonly string[], environment = {}): Promise<readonly [Ran, Ran]> => [
  await runCli(args, { environment }),
  await runCli([...args, '--json'], { environment }),
];

describe('serve, told wrongly', () => {
  it('an address that others can reach ends with 3 while no key was ever made, for only the log tells that', async () => {
    const data = mkdtempSync(join(tmpdir(), 'ketamine-screening-serve-'));
    const [people, programs] = await bothForms([
      'serve',
      '--host',
      '0.0.0.0',
      '--data-dir',
      join(data, 'data'),
    ]);
    rmSync(data, { recursive: true });
    const detail: unknown = expect.stringContaining('HOST must be a loopback address');
    expect([people.code, people.stderr]).toEqual([3, detail]);
    expect([programs.code, jsonLines(programs.stderr)]).toMatchObject([
      3,
      [{ errors: [{ code: 'cannot-start', detail }] }],
    ]);
  });

  it.each([
    [['--port', '70000'], '--port must be'],
    [['--host', ''], '--host must'],
    [['--retention-days', '0'], '--retention-days must be'],
    [['--checkpoint-file', ''], '--checkpoint-file must'],
    [['--master-key-file', ''], '--master-key-file must not be empty'],
    [
      ['--master-key-file', 'a', '--master-key-command', 'b'],
      '--master-key-file and MASTER_KEY_COMMAND are set',
    ],
    [['--log-level', 'loud'], '--log-level must be'],
    [['--data-dir', ''], '--data-dir must'],
    [['--loud'], "unknown option '--loud'"],
    [['now'], 'too many arguments'],
  ])('%j ends with 2 and names the option', async (args, detail) => {
    const [people, programs] = await bothForms(['serve', ...args]);
    expect([people.code, people.stdout, people.stderr]).toEqual([2, '', expect.stringContaining(detail)]);
    expect([programs.code, jsonLines(programs.stderr)]).toMatchObject([
      2,
      [{ errors: [{ code: 'wrong-usage', detail: expect.stringContaining(detail) as unknown }] }],
    ]);
  });
});

const copyOfRules = (): string => {
  const rules = join(folder, 'rules');
  cpSync('rules', rules, { recursive: true });
  const file = join(rules, 'ketamine-pain/packs/bladder/chronic-cystitis.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"chronicCystitis"', '"chronicCystitiss"'));
  return rules;
};

describe('serve, where the service cannot start', () => {
  const expectFault = ([people, programs]: readonly [Ran, Ran], detail: string): void => {
    expect([people.code, people.stderr]).toEqual([3, expect.stringContaining(detail)]);
    expect([programs.code, jsonLines(programs.stderr)]).toMatchObject([
      3,
      [{ errors: [{ code: 'cannot-start', detail: expect.stringContaining(detail) as unknown }] }],
    ]);
  };

  it('ends with 3 for a variable of the environment', async () => {
    expectFault(await bothForms(['serve'], { PORT: 'x' }), 'PORT must be');
  });

  it('ends with 3 for a mistake in the rules', async () => {
    expectFault(await bothForms(serveArgs('--rules-dir', copyOfRules())), 'unknown fact `chronicCystitiss`');
  });

  it('ends with 3 for a database that is none', async () => {
    writeFileSync(join(folder, 'ketamine-screening.db'), 'this is no database, however long it may be');
    const args = ['serve', '--port', '0', '--data-dir', folder];
    expectFault(await bothForms(args), 'file is not a database');
  });

  it('ends with 3 for a port that is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const args = ['serve', '--data-dir', join(folder, 'data'), '--port', String(port)];
    expectFault(await bothForms(args), 'EADDRINUSE');
    other.close();
  });

  it('ends as killed where the service is killed', async () => {
    const child = startCli(serveArgs());
    await addressOf(child);
    const { stdout } = await runShell(`pgrep -P ${String(child.pid)}`);
    process.kill(Number(stdout), 'SIGKILL');
    expect(await endOf(child)).toBe(137);
  });
});
