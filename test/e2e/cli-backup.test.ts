import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startService, type Service } from '../support/service.js';
import { exampleLine, runCli, type Ran } from './cli-run.js';

let folder: string;

let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-backup-'));
  dataDir = join(folder, 'data');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const screen = async (service: Service, subject: string): Promise<string> => {
  const response = await fetch(`${service.url}/screen`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: exampleLine('review', { subject }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly id: string }).id;
};

const backup = (file: string): Promise<Ran> => runCli(['backup', file, '--data-dir', dataDir, '--json']);

const restore = (file: string, to: string, ...more: readonly string[]): Promise<Ran> =>
  runCli(['restore', file, '--data-dir', to, '--json', ...more]);

const withKeys = (name: string): string => {
  const to = join(folder, name);
  mkdirSync(to, { mode: 0o700 });
  for (const key of ['payload.key', 'checkpoint.key', 'master.key'])
    copyFileSync(join(dataDir, key), join(to, key));
  return to;
};

const statusOf = async (service: Service, id: string): Promise<number> =>
  (await fetch(`${service.url}/decisions/${id}`)).status;

describe('a backup', () => {
  it('of a service that screens meanwhile is whole, and every decision before it is there once it is restored', async () => {
    const service = await startService({ DATA_DIR: dataDir });
    const ids: string[] = [];
    for (let number = 0; number < 20; number += 1) ids.push(await screen(service, `pt-${String(number)}`));
    const done = new AbortController();
    const meanwhile = (async () => {
      for (let number = 0; !done.signal.aborted; number += 1)
        await screen(service, `later-${String(number)}`);
    })();
    const copy = join(folder, 'copy.db');
    const ran = await backup(copy);
    done.abort();
    await meanwhile;
    await service.stop();
    expect(ran.code, ran.stderr).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ copy, holds: true });
    expect(statSync(copy).mode & 0o077).toBe(0);
    const to = withKeys('restored');
    const back = await restore(copy, to);
    expect(back.code, back.stderr).toBe(0);
    expect(readdirSync(to).toSorted()).toEqual([
      'checkpoint.key',
      'ketamine-screening.db',
      'master.key',
      'payload.key',
    ]);
    const again = await startService({ DATA_DIR: to });
    for (const id of ids) expect(await statusOf(again, id)).toBe(200);
    await again.stop();
  }, 120_000);

  it('is never written over a file, and needs a database', async () => {
    await (await startService({ DATA_DIR: dataDir })).stop();
    const taken = join(folder, 'taken');
    writeFileSync(taken, 'mine');
    expect([(await backup(taken)).code, readFileSync(taken, 'utf8')]).toEqual([2, 'mine']);
    expect((await backup(join(folder, 'no', 'such', 'folder'))).code).toBe(3);
    const none = await runCli(['backup', join(folder, 'x'), '--data-dir', join(folder, 'none')]);
    expect([none.code, existsSync(join(folder, 'x'))]).toEqual([3, false]);
  });

  it('of a database in which a row was changed is told, and not kept', async () => {
    const service = await startService({ DATA_DIR: dataDir });
    await screen(service, 'pt-1');
    await service.stop();
    await changeARow(join(dataDir, 'ketamine-screening.db'));
    const copy = join(folder, 'copy.db');
    const ran = await backup(copy);
    expect([ran.code, existsSync(copy)]).toEqual([1, false]);
    expect(ran.stderr).toContain('leaf-changed');
  });
});

/** As whoever has the file can. */
const changeARow = async (file: string): Promise<void> => {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file);
  const trigger = database
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'log_never_updated'`)
    .pluck()
    .get();
  database.exec('DROP TRIGGER log_never_updated');
  database.exec(`UPDATE log SET organisation = 'other' WHERE kind = 'decision'`);
  database.exec(String(trigger));
  database.close();
};

describe('a copy', () => {
  const copied = async (): Promise<string> => {
    const service = await startService({ DATA_DIR: dataDir });
    await screen(service, 'pt-1');
    await service.stop();
    const copy = join(folder, 'copy.db');
    expect((await backup(copy)).code).toBe(0);
    return copy;
  };

  it('is not put over a database, nor beside no keys or the keys of another service', async () => {
    const copy = await copied();
    const before = readFileSync(join(dataDir, 'ketamine-screening.db'));
    expect((await restore(copy, dataDir)).code).toBe(2);
    expect(readFileSync(join(dataDir, 'ketamine-screening.db')).equals(before)).toBe(true);
    const empty = join(folder, 'empty');
    expect((await restore(copy, empty)).code).toBe(3);
    expect(readdirSync(empty)).toEqual([]);
    const other = join(folder, 'other');
    await (await startService({ DATA_DIR: other })).stop();
    rmSync(join(other, 'ketamine-screening.db'));
    expect((await restore(copy, other)).code).toBe(1);
    expect(existsSync(join(other, 'ketamine-screening.db'))).toBe(false);
  }, 60_000);

  it('in which a bit was changed, or that is of an older log than a checkpoint that was kept, is not put anywhere', async () => {
    const copy = await copied();
    const bytes = readFileSync(copy);
    const codes: unknown[] = [];
    for (const at of [100, 5_000, Math.floor(bytes.length / 2), bytes.length - 50]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const file = join(folder, `changed-${String(at)}.db`);
      writeFileSync(file, changed);
      const to = withKeys(`to-${String(at)}`);
      const ran = await restore(file, to);
      codes.push(ran.code);
      const isThere = existsSync(join(to, 'ketamine-screening.db'));
      // A bit of a page that nothing stands in changes nothing: then the copy holds, and is put in its place.
      expect([ran.code, isThere], String(at)).toEqual(ran.code === 0 ? [0, true] : [1, false]);
    }
    expect(codes.filter((code) => code === 1).length).toBeGreaterThan(1);
    const service = await startService({ DATA_DIR: dataDir });
    await screen(service, 'pt-2');
    const kept = join(folder, 'kept.json');
    writeFileSync(kept, await (await fetch(`${service.url}/audit/checkpoint`)).text());
    await service.stop();
    const ran = await restore(copy, withKeys('older'), '--checkpoint', kept);
    expect([ran.code, existsSync(join(folder, 'older', 'ketamine-screening.db'))]).toEqual([1, false]);
    expect(ran.stderr).toContain('"cut"');
  }, 120_000);
});
