import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failToStart, startService } from '../support/service.js';
import { runCli, type Ran } from './cli-run.js';

let folder: string;

let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-keys-'));
  dataDir = join(folder, 'data');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const keys = (...args: readonly string[]): Promise<Ran> =>
  runCli(['keys', ...args, '--data-dir', dataDir, '--json']);

type Made = { readonly id: string; readonly key: string; readonly expiresAt: string };

const made = async (...args: readonly string[]): Promise<Made> => {
  const ran = await keys('create', '--client', 'portal', '--by', 'A. Berg', ...args);
  expect(ran.code, ran.stderr).toBe(0);
  return JSON.parse(ran.stdout) as Made;
};

const statusOf = async (url: string, key?: string): Promise<number> => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/rules`, { headers })).status;
};

const FIVE_SECONDS = 5_000;

/** Waits until a status is seen, and says for how long. */
const until = async (status: number, ask: () => Promise<number>): Promise<number> => {
  const begun = performance.now();
  while ((await ask()) !== status && performance.now() - begun < 2 * FIVE_SECONDS) await setTimeout(50);
  return performance.now() - begun;
};

describe('keys of a service that runs', () => {
  it('close it once the first is made, and one is refused within five seconds of being taken back', async () => {
    const service = await startService({ DATA_DIR: dataDir });
    expect(await statusOf(service.url)).toBe(200);
    const { id, key } = await made('--scopes', 'rules:read');
    expect(await until(401, () => statusOf(service.url))).toBeLessThan(FIVE_SECONDS);
    expect(await statusOf(service.url, key)).toBe(200);
    expect((await keys('revoke', id, '--by', 'A. Berg')).code).toBe(0);
    expect(await until(401, () => statusOf(service.url, key))).toBeLessThan(FIVE_SECONDS);
    await service.stop();
    const again = await startService({ DATA_DIR: dataDir });
    expect(await statusOf(again.url)).toBe(401);
    await again.stop();
    const files = ['', '-wal'].map((end) => join(dataDir, `ketamine-screening.db${end}`));
    for (const file of files.slice(0, 1)) expect(readFileSync(file).includes(key.slice(-43))).toBe(false);
    expect(service.output() + again.output()).not.toContain(key.slice(-43));
  }, 60_000);

  it('are changed for others, while the old one counts some hours more', async () => {
    await (await startService({ DATA_DIR: dataDir })).stop();
    const old = await made('--scopes', 'screen,audit:read', '--organisation', 'north', '--days', '10');
    const ran = await keys('rotate', old.id, '--by', 'A. Berg', '--after', '2', '--days', '20');
    const next = JSON.parse(ran.stdout) as Made & { readonly old: { readonly endsAt: string } };
    expect(next).toMatchObject({ organisation: 'north', client: 'portal', scopes: ['screen', 'audit:read'] });
    expect(next.id).not.toBe(old.id);
    expect(Date.parse(next.old.endsAt) - Date.now()).toBeLessThan(2 * 3_600_000 + 1);
    const list = JSON.parse((await keys('list')).stdout) as { readonly items: readonly object[] };
    expect(list.items).toMatchObject([{ id: old.id }, { id: next.id, ended: false }]);
    expect(JSON.stringify(list)).not.toContain('ksk_');
  }, 60_000);

  it.each([
    [['create', '--client', 'x', '--by', 'y', '--scopes', 'everything'], 2],
    [['create', '--client', 'x', '--by', 'y', '--scopes', ''], 2],
    [['create', '--client', 'a b', '--by', 'y', '--scopes', 'screen'], 2],
    [['create', '--client', 'x', '--by', ' ', '--scopes', 'screen'], 2],
    [['create', '--client', 'x', '--by', 'y', '--scopes', 'screen', '--organisation', 'service'], 2],
    [['create', '--client', 'x', '--by', 'y', '--scopes', 'screen', '--days', '0'], 2],
    [['create', '--client', 'x', '--by', 'y', '--scopes', 'screen', '--days', '1000'], 2],
    [['revoke', 'ffffffffffffffff', '--by', 'y'], 1],
    [['revoke', 'ffffffffffffffff', '--by', 'y', '--after', 'soon'], 2],
    [['rotate', 'ffffffffffffffff', '--by', 'y'], 1],
  ])('are not made or taken back by %j', async (args, code) => {
    await (await startService({ DATA_DIR: dataDir })).stop();
    const ran = await keys(...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect((JSON.parse((await keys('list')).stdout) as { readonly items: readonly object[] }).items).toEqual(
      [],
    );
  });
});

describe('an address that others can reach', () => {
  const HOST = '0.0.0.0';

  it('is refused without access control, and with it where nothing protects what is sent', async () => {
    const open = await failToStart({ DATA_DIR: dataDir, HOST, TLS_ENDS_IN_FRONT: 'true' });
    expect([open.code, open.stderr]).toEqual([1, expect.stringContaining('HOST must be a loopback address')]);
    await made('--scopes', 'rules:read');
    const bare = await failToStart({ DATA_DIR: dataDir, HOST });
    expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining('TLS_ENDS_IN_FRONT=true')]);
    const service = await startService({ DATA_DIR: dataDir, HOST, TLS_ENDS_IN_FRONT: 'true' });
    const url = service.url.replace(HOST, '127.0.0.1');
    expect([await statusOf(url), (await fetch(`${url}/health/live`)).status]).toEqual([401, 200]);
    await service.stop();
  }, 60_000);
});
