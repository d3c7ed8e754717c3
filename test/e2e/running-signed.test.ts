import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import { ACTIVATOR } from '../support/activate.js';
import { OTHER_RULES, OTHER_SET } from '../support/other-rules.js';
import { startService, type Service } from '../support/service.js';
import {
  KEYED,
  OTHER_SIGNER,
  rewriteFile,
  signAll,
  signatureIn,
  signedCopyOf,
} from '../support/signed-rules.js';
import { NEWEST, shippedDraft } from '../support/shipped-versions.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { runCli } from './cli-run.js';

type Environment = Readonly<Record<string, string>>;

/** A database that services share, and the rules of the one that is looked at. */
type Site = { readonly rules: string; readonly data: string };

const aSite = (): Site => ({ rules: signedCopyOf(), data: join(tempFolder(), 'data') });

const start = async ({ rules, data }: Site, key: Environment = KEYED): Promise<Service> => {
  const service = await startService({ RULES_DIR: rules, DATA_DIR: data, LOG_LEVEL: 'warn', ...key });
  onTestFinished(service.kill);
  return service;
};

const startOnce = async (site: Site, key: Environment): Promise<void> => {
  await (await start(site, key)).stop();
};

const releaseNext = (rules: string, version = '1.0.1'): void => {
  rewriteFile(join(rules, OTHER_SET, 'rule-set.json'), (text) =>
    text.replace('"title": "', `"title": "${version}: `),
  );
  releaseCommand(rules, { set: OTHER_SET, version, on: '2026-03-02' }, 'text');
};

const WHO = ['--by', ACTIVATOR.by, '--role', ACTIVATOR.role, '--reason', ACTIVATOR.reason];

const activate = async ({ rules, data }: Site, version: string, environment: Environment): Promise<void> => {
  const args = [
    'rules',
    'activate',
    `${OTHER_SET}@${version}`,
    '--rules-dir',
    rules,
    '--data-dir',
    data,
    ...WHO,
  ];
  expect(await runCli(args, { environment })).toMatchObject({ code: 0, stderr: '' });
};

/** The version that answers where one is pinned, or none; or the status and code of what comes instead. */
const answers = async ({ url }: Service, pin: object = {}): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ruleSet: OTHER_SET, facts: {}, ...pin });
  const response = await fetch(`${url}/screen`, { method: 'POST', headers, body });
  const answer = (await response.json()) as {
    ruleSet: { version: string };
    type: string;
    errors?: { pointer: string }[];
  };
  return response.ok
    ? answer.ruleSet.version
    : [
        response.status,
        answer.type.split(/[/:#]/).at(-1),
        ...(answer.errors ?? []).map(({ pointer }) => pointer),
      ].join(' ');
};

const isReady = async ({ url }: Service): Promise<boolean> => (await fetch(`${url}/health/ready`)).ok;

describe('a service that runs under a key', () => {
  it('follows an activation of a release that the key has signed, and that it has no files of', async () => {
    const site = aSite();
    const elsewhere = copyOf(site.rules);
    const service = await start(site);
    releaseNext(elsewhere);
    signAll(elsewhere);
    await activate({ ...site, rules: elsewhere }, '1.0.1', KEYED);
    expect(await answers(service)).toBe('1.0.1');
    expect(await answers(service, { ruleSetVersion: '1.0.1' })).toBe('1.0.1');
  });

  it.each<readonly [string, (rules: string) => void]>([
    ['is not signed', () => undefined],
    ['another key has signed', (rules) => signAll(rules, OTHER_SIGNER)],
  ])('screens by no release that %s, though it was put in force without the key', async (_what, sign) => {
    const site = aSite();
    const elsewhere = copyOf(site.rules);
    rmSync(signatureIn(elsewhere, OTHER_SET, '1.0.0'));
    const service = await start(site);
    releaseNext(elsewhere);
    sign(elsewhere);
    await activate({ ...site, rules: elsewhere }, '1.0.1', {});
    expect(await answers(service)).toBe('503 rules-unusable');
    expect(await answers(service, { ruleSetVersion: '1.0.1' })).toBe('422 invalid-intake /ruleSetVersion');
    expect(await answers(service, { ruleSetVersion: '1.0.0' })).toBe('1.0.0');
    expect(await isReady(service)).toBe(false);
    await activate(site, '1.0.0', {});
    expect([await answers(service), await isReady(service)]).toEqual(['1.0.0', true]);
  });

  it('takes a release once it was signed, though the log first knew it unsigned', async () => {
    const site = aSite();
    const elsewhere = copyOf(site.rules);
    const service = await start(site);
    releaseNext(elsewhere);
    await activate({ ...site, rules: elsewhere }, '1.0.1', {});
    expect(await answers(service)).toBe('503 rules-unusable');
    await activate({ ...site, rules: elsewhere }, '1.0.0', {});
    signAll(elsewhere);
    await activate({ ...site, rules: elsewhere }, '1.0.1', KEYED);
    expect(await answers(service)).toBe('1.0.1');
  });
});

describe('a start under a key on a log that has what is not signed', () => {
  it('is ready, and screens by none of it, but still tells of it', async () => {
    const site = aSite();
    const before = copyOf(OTHER_RULES);
    cpSync('rules/ketamine-pain', join(before, 'ketamine-pain'), { recursive: true });
    await startOnce({ ...site, rules: before }, {});
    const service = await start(site);
    expect(await isReady(service)).toBe(true);
    const pain = { ruleSet: 'ketamine-pain' };
    expect(await answers(service, pain)).toBe('422 invalid-intake /ruleSet');
    expect(await answers(service, { ...pain, ruleSetVersion: NEWEST })).toBe('422 invalid-intake /ruleSet');
    expect(await answers(service)).toBe('1.0.0');
    expect((await fetch(`${service.url}/rules/ketamine-pain/versions/${NEWEST}`)).status).toBe(200);
  });

  it('screens by a set that is gone from its rules and that the key has signed', async () => {
    const site = aSite();
    const both = copyOf(site.rules);
    cpSync('rules/ketamine-pain', join(both, 'ketamine-pain'), { recursive: true });
    signAll(both);
    await startOnce({ ...site, rules: both }, KEYED);
    const service = await start(site);
    expect(await answers(service, { ruleSet: 'ketamine-pain' })).toBe(NEWEST);
    expect(await answers(service, { ruleSet: 'ketamine-pain', ruleSetVersion: shippedDraft() })).toBe(
      '422 invalid-intake /ruleSetVersion',
    );
  });

  it('makes again a decision that a draft made before there was a key', async () => {
    const site = aSite();
    const open = await start(site, {});
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ ruleSet: OTHER_SET, ruleSetVersion: '1.0.1-draft', facts: {} });
    const location = (await fetch(`${open.url}/screen`, { method: 'POST', headers, body })).headers.get(
      'location',
    );
    await open.stop();
    const service = await start(site);
    const replay = await fetch(`${service.url}${location ?? ''}/replay`, { method: 'POST' });
    expect(await replay.json()).toMatchObject({ identical: true, hypothetical: false });
  });
});
