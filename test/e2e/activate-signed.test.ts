import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import { ACTIVATOR } from '../support/activate.js';
import { OTHER_SET } from '../support/other-rules.js';
import { startService, type Service } from '../support/service.js';
import { portsBeside } from '../support/service-log.js';
import {
  KEYED,
  OTHER_SIGNER,
  releaseKeyOf,
  rewriteFile,
  signAll,
  signedCopyOf,
} from '../support/signed-rules.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

type Site = { readonly rules: string; readonly data: string };

const OTHER_KEY = { RELEASE_KEY: releaseKeyOf(OTHER_SIGNER) };

const start = async ({ rules, data }: Site): Promise<Service> => {
  const service = await startService({ RULES_DIR: rules, DATA_DIR: data, LOG_LEVEL: 'warn', ...KEYED });
  onTestFinished(service.kill);
  return service;
};

/** A service that has run once under a key and is stopped. */
const aStoppedSite = async (): Promise<Site> => {
  const site = { rules: signedCopyOf(), data: join(tempFolder(), 'data') };
  await (await start(site)).stop();
  return site;
};

const releaseNext = ({ rules }: Site, version = '1.0.1'): void => {
  rewriteFile(join(rules, OTHER_SET, 'rule-set.json'), (text) =>
    text.replace('"title": "', `"title": "${version}: `),
  );
  releaseCommand(rules, { set: OTHER_SET, version, on: '2026-03-02' }, 'text');
};

type Environment = Readonly<Record<string, string>>;

const WHO = ['--by', ACTIVATOR.by, '--role', ACTIVATOR.role];

const EVENTS = { activate: [...WHO, '--reason', ACTIVATOR.reason], approve: WHO } as const;

type Asked = { readonly site: Site; readonly version: string; readonly environment?: Environment };

/** Runs a command on a version under the key, or under what else the environment says. */
const ask = (
  command: keyof typeof EVENTS,
  { site, version, environment = KEYED }: Asked,
  ...more: string[]
): Promise<Ran> =>
  runCli(
    [
      'rules',
      command,
      `${OTHER_SET}@${version}`,
      '--rules-dir',
      site.rules,
      '--data-dir',
      site.data,
      ...EVENTS[command],
      ...more,
    ],
    { environment },
  );

const eventsIn = async ({ data }: Site): Promise<readonly string[]> =>
  (await portsBeside(data).log.ruleEventsAfter(-1)).map(({ kind }) => kind);

const codesOf = ({ stderr }: Ran): readonly string[] =>
  (jsonLines(stderr) as { errors: { code: string }[] }[]).flatMap(({ errors }) =>
    errors.map(({ code }) => code),
  );

describe.each(['activate', 'approve'] as const)('rules %s under a key', (command) => {
  it('takes a release that the key has signed', async () => {
    const site = await aStoppedSite();
    releaseNext(site);
    signAll(site.rules);
    expect(await ask(command, { site, version: '1.0.1' })).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends with 3 where one is not signed, or by another key, and writes nothing', async () => {
    const site = await aStoppedSite();
    releaseNext(site);
    const before = await eventsIn(site);
    const unsigned = await ask(command, { site, version: '1.0.1' }, '--json');
    expect([unsigned.code, codesOf(unsigned)]).toEqual([3, ['bad-signature']]);
    expect(unsigned.stderr).toContain(`rules sign ${OTHER_SET}@1.0.1`);
    signAll(site.rules, OTHER_SIGNER);
    const others = await ask(command, { site, version: '1.0.0' }, '--json');
    expect([others.code, codesOf(others)]).toEqual([3, ['bad-signature', 'bad-signature']]);
    expect(await eventsIn(site)).toEqual(before);
  });

  it('takes the key of its option in place of that of the environment', async () => {
    const site = await aStoppedSite();
    const before = await eventsIn(site);
    const key = ['--release-key', OTHER_KEY.RELEASE_KEY];
    const refused = await ask(command, { site, version: '1.0.0' }, ...key, '--json');
    expect([refused.code, codesOf(refused)]).toEqual([3, ['bad-signature']]);
    for (const [environment, more] of [
      [KEYED, ['--release-key', 'a key']],
      [KEYED, ['--release-key', '']],
      [{ RELEASE_KEY: '' }, []],
    ] as const)
      expect(await ask(command, { site, version: '1.0.0', environment }, ...more)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--release-key (RELEASE_KEY) must be a key') as unknown,
      });
    expect(await eventsIn(site)).toEqual(before);
  });

  it('ends with 1 for a draft, and says so although no draft is loaded', async () => {
    const site = await aStoppedSite();
    const draft = await ask(command, { site, version: '1.0.1-draft' }, '--json');
    expect([draft.code, codesOf(draft)]).toEqual([1, ['draft-may-change']]);
  });

  it('ends with 1 where the rules were put back to an older state, and writes nothing', async () => {
    const site = await aStoppedSite();
    const older = copyOf(site.rules);
    releaseNext(site);
    signAll(site.rules);
    await (await start(site)).stop();
    const before = await eventsIn(site);
    const refused = await ask(command, { site: { ...site, rules: older }, version: '1.0.0' }, '--json');
    expect([refused.code, codesOf(refused)]).toEqual([1, ['older-set']]);
    expect(await eventsIn(site)).toEqual(before);
  });
});

describe('a rollback under a key', () => {
  it('goes by rules activate of an older version, and outlives a restart', async () => {
    const site = await aStoppedSite();
    releaseNext(site);
    signAll(site.rules);
    expect((await ask('activate', { site, version: '1.0.1' })).code).toBe(0);
    const back = await ask('activate', { site, version: '1.0.0' });
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('this is a rollback')]);
    const { url, stop } = await start(site);
    const sets = await (await fetch(`${url}/rules`)).json();
    expect(sets).toMatchObject({ items: [{ id: OTHER_SET, inForce: { version: '1.0.0' } }] });
    await stop();
  });
});
