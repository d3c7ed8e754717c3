import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { ACTIVATOR } from '../support/activate.js';
import { startService, type Service } from '../support/service.js';
import { portsBeside } from '../support/service-log.js';
import { NEWEST } from '../support/shipped-versions.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const WHO = ['--by', ACTIVATOR.by, '--role', ACTIVATOR.role, '--reason', ACTIVATOR.reason];

/** A copy of the shipped rules, and a folder for the data of a service. */
type Site = { readonly rules: string; readonly data: string };

const aSite = (): Site => ({ rules: copyOf('rules'), data: join(tempFolder(), 'data') });

const start = async ({ rules, data }: Site): Promise<Service> => {
  const service = await startService({ RULES_DIR: rules, DATA_DIR: data, LOG_LEVEL: 'warn' });
  onTestFinished(service.kill);
  return service;
};

/** A service that has run once and is stopped. */
const aStoppedSite = async (): Promise<Site> => {
  const site = aSite();
  await (await start(site)).stop();
  return site;
};

const activate = ({ rules, data }: Site, name: string, more: readonly string[] = WHO): Promise<Ran> =>
  runCli(['rules', 'activate', name, '--rules-dir', rules, '--data-dir', data, ...more]);

/** The next version after the newest. */
const NEXT = NEWEST.replace(/\d+$/, (patch) => String(Number(patch) + 1));

/** Releases the draft as the next version, with a word that is new. */
const release = ({ rules }: Site): void => {
  const file = join(rules, 'ketamine-pain/rule-set.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"title": "', '"title": "New: '));
  releaseCommand(rules, { set: 'ketamine-pain', version: NEXT, on: '2026-03-02' }, 'text');
};

const inForce = async ({ url }: Service): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  const body = '{"facts":{"activePsychosis":true}}';
  const response = await fetch(`${url}/screen`, { method: 'POST', headers, body });
  return ((await response.json()) as { ruleSet: { version: string } }).ruleSet.version;
};

const eventsIn = async ({ data }: Site): Promise<readonly string[]> =>
  (await portsBeside(data).log.ruleEventsAfter(-1)).map(({ kind }) => kind);

describe('rules activate while the service runs', () => {
  it('puts a version in force that was released after the service started, and takes it back', async () => {
    const site = aSite();
    const service = await start(site);
    expect(await inForce(service)).toBe(NEWEST);
    release(site);
    const { code, stdout, stderr } = await activate(site, `ketamine-pain@${NEXT}`);
    expect([code, stderr]).toEqual([0, '']);
    const [said] = stdout.split('\n');
    expect(said?.replace(/[0-9a-f]{64}/, 'x')).toBe(
      `ketamine-pain ${NEXT}, sha256 x, is in force in place of ${NEWEST}.`,
    );
    expect(stdout).toContain('No clinician has approved it yet');
    expect(stdout).not.toContain('rollback');
    expect(await inForce(service)).toBe(NEXT);
    const back = await activate(site, `ketamine-pain@${NEWEST}`);
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('this is a rollback')]);
    expect(await inForce(service)).toBe(NEWEST);
    await service.stop();
    expect(await inForce(await start(site))).toBe(NEWEST);
  });

  it('is told with the versions, and says for programs what has changed', async () => {
    const site = aSite();
    const service = await start(site);
    const { code, stdout, stderr } = await activate(site, 'ketamine-pain@1.0.0', [...WHO, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines(stdout)).toEqual([
      {
        ruleSet: 'ketamine-pain',
        version: '1.0.0',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        ...ACTIVATOR,
        at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
        before: { version: NEWEST, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
        rollback: true,
        approval: 'not yet approved by a clinician',
        warnings: [{ code: 'not-approved', detail: expect.stringContaining('rules approve') as unknown }],
      },
    ]);
    const versions = await (await fetch(`${service.url}/rules/ketamine-pain/versions`)).json();
    expect(versions).toMatchObject({
      items: [
        { version: '1.0.0', lifecycle: { inForce: true, inForcePeriods: [{ to: null, ...ACTIVATOR }] } },
        { version: '2.0.0', lifecycle: { inForcePeriods: [] } },
        { version: NEWEST, lifecycle: { inForce: false, inForcePeriods: [{ by: null }] } },
        { lifecycle: { inForcePeriods: [] } },
      ],
    });
  });
});

describe('rules activate while the service is stopped', () => {
  it('is what the service screens by once it starts again; an approved version brings no warning', async () => {
    const site = await aStoppedSite();
    const where = ['--rules-dir', site.rules, '--data-dir', site.data];
    const who = ['--by', 'Dr A. Example', '--role', 'consultant'];
    await runCli(['rules', 'approve', 'ketamine-pain@1.0.0', ...where, ...who]);
    const { code, stdout } = await activate(site, 'ketamine-pain@1.0.0');
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('No clinician') as unknown]);
    expect(await inForce(await start(site))).toBe('1.0.0');
  });

  it('ends with 3 where there is no database yet, and makes none', async () => {
    const site = aSite();
    mkdirSync(site.data);
    const { code, stderr } = await activate(site, 'ketamine-pain@1.0.0', [...WHO, '--json']);
    expect([code, jsonLines(stderr)]).toMatchObject([3, [{ errors: [{ code: 'database-unusable' }] }]]);
    expect(readdirSync(site.data)).toEqual([]);
  });

  it('ends with 3 where the rules cannot be read', async () => {
    const site = await aStoppedSite();
    const { code, stderr } = await activate({ ...site, rules: site.data }, 'ketamine-pain@1.0.0');
    expect([code, stderr]).toEqual([3, expect.stringContaining('holds no rule set')]);
    expect(readdirSync(site.data)).toContain(databaseFileIn('').replace('/', ''));
  });
});

describe('rules activate, refused', () => {
  it('ends with 1 for a version in force already and for a draft, and writes nothing', async () => {
    const site = await aStoppedSite();
    const before = await eventsIn(site);
    expect(await activate(site, `ketamine-pain@${NEWEST}`)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `ketamine-screening: \`ketamine-pain\` ${NEWEST} is in force already\n`,
    });
    const again = await activate(site, `ketamine-pain@${NEWEST}`, [...WHO, '--json']);
    expect([again.code, jsonLines(again.stderr)]).toMatchObject([
      1,
      [{ errors: [{ code: 'already-in-force' }] }],
    ]);
    const draft = await activate(site, `ketamine-pain@${NEXT}-draft`);
    expect([draft.code, draft.stderr]).toEqual([1, expect.stringContaining('release it first')]);
    expect(await eventsIn(site)).toEqual(before);
  });

  it('ends with 2 for every fault in what was typed, all told at once, and writes nothing', async () => {
    const site = await aStoppedSite();
    const before = await eventsIn(site);
    const ill = ['--by', 'A\u0007', '--role', '', '--reason', ' ', '--json'];
    const faults = await activate(site, 'ketamine-pain@1.0.0', ill);
    expect([faults.code, jsonLines(faults.stderr)]).toMatchObject([
      2,
      [{ errors: [{ code: 'bad-name' }, { code: 'bad-role' }, { code: 'bad-reason' }] }],
    ]);
    const cases: readonly (readonly [string, readonly string[], string])[] = [
      ['ketamine-pain@8.0.0', WHO, 'has no version 8.0.0'],
      ['ketamine-pain', WHO, '<set>@<version>'],
      ['ketamine-pain@1.0.0', WHO.slice(0, 4), '--reason'],
    ];
    for (const [name, who, says] of cases)
      expect(await activate(site, name, who)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(says) as unknown,
      });
    expect(await eventsIn(site)).toEqual(before);
  });
});
