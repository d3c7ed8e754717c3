import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import type { Entry } from '../../src/log/entry.js';
import { startService, type Service } from '../support/service.js';
import { portsBeside } from '../support/service-log.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const INTAKE = '{"facts":{"activePsychosis":true}}';
const AT_ONCE = 16;

let folder: string;
let version: string;

const place = (name: string): string => join(folder, name);

const openDb = () => new Database(join(place('data'), 'ketamine-screening.db'));

/** The last release of a copy of the shipped rules; its draft is released where there is none. */
const releaseOf = (rules: string): string => {
  const index = join(rules, 'ketamine-pain/releases/index.json');
  if (!existsSync(index))
    releaseCommand(rules, { set: 'ketamine-pain', version: '1.0.0', on: '2026-03-02' }, 'text');
  const { releases } = JSON.parse(readFileSync(index, 'utf8')) as { releases: { version: string }[] };
  return releases.at(-1)?.version ?? '';
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-approve-'));
  cpSync('rules', place('rules'), { recursive: true });
  version = releaseOf(place('rules'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<Service> =>
  startService({ RULES_DIR: place('rules'), DATA_DIR: place('data'), LOG_LEVEL: 'warn' });

const startOnce = async (): Promise<void> => {
  const service = await start();
  // The folder of the data is not the one that this removes.
  await service.stop();
};

const approve = (by: string, ...more: readonly string[]): Promise<Ran> => {
  const where = ['--rules-dir', place('rules'), '--data-dir', place('data')];
  const who = ['--by', by, '--role', 'consultant in pain medicine'];
  return runCli(['rules', 'approve', `ketamine-pain@${version}`, ...where, ...who, ...more]);
};

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

type Answer = { readonly status: number; readonly approval: string };

/** Screens without the checks of answers against the description, which would be most of the load. */
const screen = ({ url }: Service): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(`${url}/screen`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const answer = JSON.parse(text) as { ruleSet?: { approval: string } };
        resolve({ status: response.statusCode ?? 0, approval: answer.ruleSet?.approval ?? text });
      });
    });
    sent.on('error', reject);
    sent.end(INTAKE);
  });

/** Screens as fast as it can until it is told to stop. @returns how often each approval was answered, and each status */
const load = (service: Service) => {
  let on = true;
  const answers: Answer[] = [];
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (on) answers.push(await screen(service));
  });
  return async (): Promise<readonly Answer[]> => {
    on = false;
    await Promise.all(lanes);
    return answers;
  };
};

type Row = { readonly position: number; readonly kind: string; readonly words: string };

/** What an entry says of approvals: who approves, or what a decision tells of its version. */
const wordsOf = ({ parts: { approval, context } }: Entry): string => {
  const text = (approval ?? context)?.body ?? '{}';
  const { by = '', approval: told = by } = JSON.parse(text) as { by?: string; approval?: string };
  return told;
};

const rowsOfLog = async (): Promise<readonly Row[]> => {
  const entries = await portsBeside(place('data')).log.slice({
    after: -1,
    limit: 100_000,
    parts: ['approval', 'context'],
  });
  return entries.map((entry) => ({ position: entry.position, kind: entry.kind, words: wordsOf(entry) }));
};

/** Who has approved, in the order of the log. */
const approvers = async (): Promise<readonly string[]> =>
  (await rowsOfLog()).filter(({ kind }) => kind === 'approval').map(({ words }) => words);

/** The names in the words of an answer, in their order. */
const namesIn = (words: string): readonly string[] =>
  [...words.matchAll(/approved by ([^,]+),/g)].map(([, name = '']) => name);

/** Whether each decision names just the approvals that stand before it in the log. */
const decisionsOutOfPlace = (rows: readonly Row[]): readonly Row[] => {
  const before: string[] = [];
  return rows.filter(({ kind, words }) => {
    if (kind === 'approval') before.push(words);
    return kind === 'decision' && namesIn(words).join() !== before.join();
  });
};

describe('rules approve while the service is under load', () => {
  it('is told from the next decision on; no position is missing, and no entry is lost', async () => {
    const service = await start();
    const stopLoad = load(service);
    await setTimeout(300);
    const times: number[] = [];
    for (const pair of [['A', 'B'], ['C', 'D'], ['E']]) {
      const begun = performance.now();
      const ran = await Promise.all(pair.map((name) => approve(name)));
      times.push(performance.now() - begun);
      expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(pair.map(() => [0, '']));
      expect(namesIn((await screen(service)).approval)).toEqual(expect.arrayContaining(pair));
    }
    const answers = await stopLoad();
    await service.stop();
    const rows = await rowsOfLog();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index));
    expect(rows.filter(({ kind }) => kind === 'decision')).toHaveLength(answers.length + times.length);
    expect(rows.filter(({ kind }) => kind === 'approval')).toHaveLength(5);
    expect(decisionsOutOfPlace(rows)).toEqual([]);
    expect(new Set(answers.map(({ approval }) => namesIn(approval).length)).size).toBeGreaterThan(2);
    console.log(
      `${String(answers.length)} decisions, approvals in ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`,
    );
  }, 120_000);

  it('waits for the lock where another holds it for longer than the database waits', async () => {
    await startOnce();
    const holder = openDb();
    holder.exec('BEGIN IMMEDIATE');
    const approved = approve('A');
    await setTimeout(3_500);
    holder.exec('ROLLBACK');
    holder.close();
    expect(await approved).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});

describe('rules approve while the service is stopped', () => {
  it('is told once it starts again', async () => {
    await startOnce();
    const { code, stdout } = await approve('Dr A. Example', '--on', '2026-03-02', '--json');
    expect([code, jsonLines(stdout)]).toMatchObject([
      0,
      [{ ruleSet: 'ketamine-pain', version, by: 'Dr A. Example', on: '2026-03-02' }],
    ]);
    const service = await start();
    const { approval } = await screen(service);
    await service.stop();
    expect(approval).toBe('approved by Dr A. Example, consultant in pain medicine, on 2026-03-02');
  });

  it('is refused, once, where there is no database yet, and makes none', async () => {
    mkdirSync(place('data'));
    const { code, stderr } = await approve('A');
    expect([code, stderr]).toEqual([3, expect.stringContaining('start the service once with this folder')]);
    expect(readdirSync(place('data'))).toEqual([]);
  });

  it('says where a database is of a newer service', async () => {
    await startOnce();
    const db = openDb();
    db.pragma('user_version = 99');
    db.close();
    const { code, stderr } = await approve('A', '--json');
    expect([code, jsonLines(stderr)]).toMatchObject([3, [{ errors: [{ code: 'database-unusable' }] }]]);
    expect(stderr).toContain('newer than this service knows');
  });
});

describe('rules approve', () => {
  it('says that a person has approved already, and ends with 1', async () => {
    await startOnce();
    await approve('A');
    const people = await approve('A');
    expect([people.code, people.stdout]).toEqual([1, '']);
    expect(people.stderr).toContain('has approved `ketamine-pain`');
    const programs = await approve('A', '--json');
    expect([programs.code, jsonLines(programs.stderr)]).toMatchObject([
      1,
      [{ errors: [{ code: 'already-approved' }] }],
    ]);
    expect(await approvers()).toEqual(['A']);
  });

  it('ends with 1 for a draft, and says to release it first', async () => {
    await startOnce();
    const drafts = (await runCli(['rules', 'list', '--rules-dir', place('rules')])).stdout;
    version = /(\S+) {2}draft/.exec(drafts)?.[1] ?? '';
    expect(await approve('A')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('release it first') as unknown,
    });
  });

  it('ends with 2 for every fault in what was typed, all told at once', async () => {
    await startOnce();
    const { code, stderr } = await approve('A\u0007', '--on', '2999-01-01', '--json');
    expect([code, jsonLines(stderr)]).toMatchObject([
      2,
      [{ errors: [{ code: 'bad-name' }, { code: 'day-in-future' }] }],
    ]);
    version = `${version}@x`;
    expect(await approve('A')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('<set>@<version>') as unknown,
    });
    expect(await approvers()).toEqual([]);
  });
});
