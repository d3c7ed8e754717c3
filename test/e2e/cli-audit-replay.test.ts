import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Connection } from '../../src/storage/open-database.js';
import { deciderOn, decidingPorts } from '../support/log-decisions.js';
import { startService } from '../support/service.js';
import { dataFolder, damagePayload, erasePayload, rewritePart, tempFolder } from '../support/sqlite.js';
import { shippedRules } from '../support/test-app.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const SUBJECT = 'canary-subject-4711';

const INTAKE = { subject: SUBJECT, facts: { activePsychosis: true } };

const audit = (dataDir: string, ...more: readonly string[]): Promise<Ran> =>
  runCli(['audit', 'replay', '--data-dir', dataDir, ...more]);

type Logged = {
  readonly dataDir: string;
  readonly connection: Connection;
  readonly decisions: readonly { readonly id: string; readonly position: number }[];
};

/** A data folder with so many decisions, made at 09:30 on 22 November 2026. */
const logged = async (count: number): Promise<Logged> => {
  const { dataDir, connection } = dataFolder();
  const decide = await deciderOn(decidingPorts(connection, shippedRules()));
  const find = connection.prepare<[string], number>('SELECT position FROM log WHERE id = ?').pluck();
  const decisions: { id: string; position: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = (await decide(INTAKE)) ?? '';
    decisions.push({ id, position: find.get(id) ?? -1 });
  }
  return { dataDir, connection, decisions };
};

/** Changes the first decision, and makes the next ones unfit, damaged and erased. */
const withFaults = async (): Promise<Logged> => {
  const log = await logged(6);
  const [changed = -1, unfit = -1, damaged = -1, erased = -1] = log.decisions.map(({ position }) => position);
  rewritePart(log.connection, changed, {
    part: 'answer',
    change: (body) => body.replace('"verdict":"ineligible"', '"verdict":"review"').replace(SUBJECT, 'pt-1'),
  });
  rewritePart(log.connection, unfit, { part: 'intake', change: () => `{"facts":"${SUBJECT}` });
  damagePayload(log.connection, damaged, 'intake');
  erasePayload(log.connection, erased);
  return log;
};

describe('audit replay', () => {
  it('makes the decisions of a service again while it runs', async () => {
    const dataDir = join(tempFolder(), 'data');
    const { url, kill } = await startService({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
    onTestFinished(kill);
    const headers = { 'content-type': 'application/json' };
    for (const facts of ['{}', '{"activePsychosis":true}', '{"age":54}'])
      await fetch(`${url}/screen`, { method: 'POST', headers, body: `{"facts":${facts}}` });
    const { code, stdout, stderr } = await audit(dataDir);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^3 decisions among \d+ entries of the log, made again by engine 1\.0\.0:\n {2}3 identical\n/,
    );
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('names what differs and what cannot be made again, counts what was erased, and tells no value unasked', async () => {
    const { dataDir, decisions } = await withFaults();
    const { code, stdout, stderr } = await audit(dataDir);
    const named = (index: number): string =>
      `${decisions[index]?.id ?? ''} at position ${String(decisions[index]?.position)}`;
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.split('\n')).toEqual([
      `${named(0)}: differs, 2 places`,
      '  /answer/subject: stored text, now text',
      '  /answer/verdict: stored text, now text',
      `${named(1)}: what is kept of it is not what a decision is made of: it was changed`,
      `${named(2)}: what is kept of it does not open: it was changed, or damaged`,
      expect.stringMatching(/^6 decisions among \d+ entries of the log, made again by engine 1\.0\.0:$/),
      '  2 identical',
      '  1 different',
      '  2 damaged or changed, so that no decision can be made of it',
      '  0 of a version that is gone',
      '  1 erased, so that nothing is left to be made again',
      'Nothing was stored.',
      '',
    ]);
    expect(stdout).not.toContain(SUBJECT);
  });

  it('tells values on stdout alone where they are asked for, and everything as JSON a line for programs', async () => {
    const { dataDir, decisions } = await withFaults();
    const { code, stdout, stderr } = await audit(dataDir, '--values', '--json');
    expect([code, stderr]).toEqual([1, '']);
    const [first, , third, summary] = jsonLines(stdout);
    expect(first).toEqual({
      decision: decisions[0]?.id,
      position: decisions[0]?.position,
      outcome: 'differs',
      differences: [
        {
          pointer: '/answer/subject',
          stored: { kind: 'text', value: 'pt-1' },
          now: { kind: 'text', value: SUBJECT },
        },
        {
          pointer: '/answer/verdict',
          stored: { kind: 'text', value: 'review' },
          now: { kind: 'text', value: 'ineligible' },
        },
      ],
    });
    expect(third).toMatchObject({ decision: decisions[2]?.id, outcome: 'damaged' });
    expect(summary).toMatchObject({
      summary: { decisions: 6, identical: 2, differs: 1, damaged: 1, unfit: 1, erased: 1, versionGone: 0 },
    });
    const inWords = await audit(dataDir, '--values');
    expect(inWords.stdout).toContain('  /answer/verdict: stored "review", now "ineligible"\n');
  });

  it('is content where a decision was erased and all others are as they were', async () => {
    const { dataDir, connection, decisions } = await logged(2);
    erasePayload(connection, decisions[0]?.position ?? -1);
    const { code, stdout } = await audit(dataDir);
    expect([code, stdout]).toEqual([0, expect.stringContaining('  1 identical\n')]);
  });

  it('names a version that is gone', async () => {
    const { dataDir, connection } = await logged(1);
    connection.exec(`DELETE FROM payload WHERE part = 'body'`);
    const { code, stdout } = await audit(dataDir, '--rules-dir', 'test/rule-sets');
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(
        /: its version is gone: no file and no entry of the log has the one of sha256 [0-9a-f]{64}\n/,
      ),
    ]);
  });

  it('takes the decisions of a time, in whatever offset it is said', async () => {
    const { dataDir } = await logged(2);
    const counted = async (...more: readonly string[]): Promise<unknown> =>
      (jsonLines((await audit(dataDir, '--json', ...more)).stdout)[0] as { summary: { decisions: number } })
        .summary.decisions;
    expect(await counted('--from', '2026-11-22T09:30:00Z')).toBe(2);
    expect(await counted('--from', '2026-11-22T10:30:00.001+01:00')).toBe(0);
    expect(await counted('--to', '2026-11-22T09:30:00Z')).toBe(0);
    expect(await counted('--from', '2026-11-22T04:30:00-05:00', '--to', '2026-11-22T09:31:00Z')).toBe(2);
  });

  it.each([
    [['--from', 'yesterday'], '--from must be an RFC 3339 timestamp'],
    [['--to', '2026-11-22'], '--to must be an RFC 3339 timestamp'],
    [['--from', '2026-11-22T09:30:00Z', '--to', '2026-11-22T09:30:00Z'], '--from must lie before --to'],
    [['--form', '2026-11-22T09:30:00Z'], "unknown option '--form'"],
  ])('is wrong usage with %s', async (options, says) => {
    const { code, stdout, stderr } = await audit('elsewhere', ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('cannot start without a database, with one that is none, or without rules', async () => {
    const { dataDir } = await logged(0);
    const empty = tempFolder();
    const none = await audit(empty, '--json');
    expect([none.code, jsonLines(none.stderr)]).toMatchObject([
      3,
      [{ errors: [{ code: 'database-unusable' }] }],
    ]);
    writeFileSync(join(empty, 'not-rules'), '');
    const noRules = await audit(dataDir, '--rules-dir', join(empty, 'not-rules'));
    expect([noRules.code, noRules.stdout]).toEqual([3, '']);
  });
});
