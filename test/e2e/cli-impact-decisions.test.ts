import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/storage/open-database.js';
import type { JsonObject } from '../../src/values/json.js';
import { patientFor } from '../support/hypothetical.js';
import { deciderOn, decidingPorts } from '../support/log-decisions.js';
import { damagePayload, dataFolder, erasePayload, rewritePart, storedIn } from '../support/sqlite.js';
import { NEWEST } from '../support/shipped-versions.js';
import { shippedRules } from '../support/test-app.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const [OLD, NEW] = ['1.0.0', NEWEST];

const impact = (dataDir: string, from: string, to: string, ...more: readonly string[]): Promise<Ran> =>
  runCli(['rules', 'impact', 'ketamine-pain', from, to, '--decisions', '--data-dir', dataDir, ...more]);

type Site = {
  readonly dataDir: string;
  readonly connection: Connection;
  readonly decide: (version: string, ...names: readonly string[]) => Promise<readonly string[]>;
  readonly positionOf: (id: string | undefined) => number;
};

/** A data folder in which whole patients can be decided on, each with the facts that the version knows. */
const aSite = async (): Promise<Site> => {
  const { dataDir, connection } = dataFolder();
  const screen = await deciderOn(decidingPorts(connection, shippedRules()));
  const find = connection.prepare<[string], number>('SELECT position FROM log WHERE id = ?').pluck();
  return {
    dataDir,
    connection,
    positionOf: (id) => find.get(id ?? '') ?? -1,
    decide: async (version, ...names) => {
      const ids: string[] = [];
      for (const name of names) ids.push((await screen(patientFor(version, name, [version]))) ?? '');
      return ids;
    },
  };
};

const summaryOf = ({ stdout }: Ran): JsonObject => jsonLines(stdout)[0] as JsonObject;

describe('rules impact --decisions', () => {
  it('tells the matrix, each move, and the decisions that would have another verdict or other reasons', async () => {
    const { dataDir, decide } = await aSite();
    const [clopidogrel] = await decide(OLD, 'clopidogrel-and-oral-ketamine', 'one-absolute-nothing-else');
    await decide(NEW, 'healthy-man-first-course');
    const { code, stdout, stderr } = await impact(dataDir, OLD, NEW);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      `### ketamine-pain: what ${NEW} would have said of the decisions by 1.0.0`,
      '',
      `| by 1.0.0, and by ${NEW}: | eligible | review | incomplete | ineligible |`,
      '| --- | --- | --- | --- | --- |',
      '| eligible | 0 | 0 | 0 | 0 |',
      '| review | 0 | 0 | 1 | 0 |',
      '| incomplete | 0 | 0 | 0 | 0 |',
      '| ineligible | 0 | 0 | 0 | 1 |',
      '',
      '| decision | verdict before | after | reasons that came and went |',
      '| --- | --- | --- | --- |',
      `| ${clopidogrel ?? ''} | review | incomplete | +cyp2b6-inhibitor-oral |`,
      '',
      '1 of 2 decisions would have another verdict, 0 the same for other reasons.',
      'review to incomplete: 1',
      `It is hypothetical: what only ${NEW} asks, nobody was asked. Nothing was stored.`,
      '',
    ]);
  });

  it('is one JSON object for programs, and asks an earlier version just so', async () => {
    const { dataDir, decide } = await aSite();
    const [glaucoma] = await decide(NEW, 'glaucoma-above-target', 'empty-intake');
    expect(summaryOf(await impact(dataDir, NEW, OLD, '--json'))).toEqual({
      hypothetical: true,
      ruleSet: 'ketamine-pain',
      from: { version: NEW, sha256: shippedRules().find('ketamine-pain', NEW)?.sha256 },
      to: { version: OLD, sha256: shippedRules().find('ketamine-pain', OLD)?.sha256 },
      decisions: 2,
      erased: 0,
      damaged: 0,
      otherVerdict: 1,
      otherReasons: 0,
      matrix: {
        eligible: { eligible: 0, review: 0, incomplete: 0, ineligible: 0 },
        review: { eligible: 0, review: 0, incomplete: 1, ineligible: 0 },
        incomplete: { eligible: 0, review: 0, incomplete: 1, ineligible: 0 },
        ineligible: { eligible: 0, review: 0, incomplete: 0, ineligible: 0 },
      },
      listed: [
        {
          decision: glaucoma,
          verdict: { from: 'review', to: 'incomplete' },
          reasons: { added: [], removed: ['eye-pressure-above-target', 'glaucoma'] },
        },
      ],
      more: 0,
    });
  });

  it('says that nothing moves from a version to itself', async () => {
    const { dataDir, decide } = await aSite();
    await decide(NEW, 'glaucoma-above-target', 'empty-intake', 'suicidal-intent');
    expect(summaryOf(await impact(dataDir, NEW, NEW, '--json'))).toMatchObject({
      decisions: 3,
      otherVerdict: 0,
      otherReasons: 0,
      listed: [],
    });
  });

  it('takes both versions from the log where their files are gone', async () => {
    const { dataDir, decide } = await aSite();
    await decide(OLD, 'clopidogrel-and-oral-ketamine');
    const rules = ['--rules-dir', 'test/rule-sets'];
    const [without, with_] = await Promise.all([
      impact(dataDir, OLD, NEW, ...rules),
      impact(dataDir, OLD, NEW),
    ]);
    expect(without).toEqual(with_);
    expect(without.stdout).toContain('review to incomplete: 1\n');
  });

  it('counts what was erased or is damaged, and stores nothing', async () => {
    const { dataDir, connection, decide, positionOf } = await aSite();
    const [erased, damaged, unfit] = await decide(OLD, ...Array<string>(4).fill('suicidal-intent'));
    erasePayload(connection, positionOf(erased));
    damagePayload(connection, positionOf(damaged));
    rewritePart(connection, positionOf(unfit), { part: 'intake', change: () => '{}' });
    const { code, stdout } = await impact(dataDir, OLD, NEW);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/1 more were erased, .*\n2 more are damaged, so .*: see `audit replay`\.\n/),
    ]);
    expect(stdout).toContain(' of 1 decisions would');
    expect(storedIn(connection)).toBe(4);
  });

  it.each([
    ['a version that is not there', '9.9.9', [], 'has no version 1.0.0 or no version 9.9.9'],
    ['patients beside it', NEW, ['--patients', 'test/vignettes'], "cannot be used with option '--patients"],
  ])('is wrong usage with %s', async (_what, to, more, says) => {
    const { dataDir } = await aSite();
    const { code, stderr } = await impact(dataDir, OLD, to, ...more);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });

  it('cannot start without a database', async () => {
    const { code, stderr } = await impact('elsewhere', OLD, NEW, '--json');
    expect([code, jsonLines(stderr)]).toMatchObject([3, [{ errors: [{ code: 'database-unusable' }] }]]);
  });
});
