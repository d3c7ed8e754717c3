import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notesIn } from '../../src/log/checkpoint.js';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { failToStart, startService, type Service } from '../support/service.js';
import { exampleText, runCli } from './cli-run.js';

let folder: string;

let file: string;

let environment: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-checkpoints-'));
  file = join(folder, 'checkpoints.txt');
  environment = { DATA_DIR: join(folder, 'data'), CHECKPOINT_FILE: file };
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const screen = async (service: Service, example = 'review'): Promise<void> => {
  const response = await fetch(`${service.url}/screen`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: exampleText(example),
  });
  expect(response.status).toBe(200);
};

const sizesIn = (text: string): readonly number[] => notesIn(text).map((note) => Number(note.split('\n')[1]));

const keyOf = async (service: Service): Promise<string> => {
  const response = await fetch(`${service.url}/audit/checkpoint`);
  return ((await response.json()) as { readonly publicKey: string }).publicKey;
};

/** Stops a service as a power cut would, so that its data stay, and brings the write-ahead log into the file. */
const stopAndKeep = async (service: Service): Promise<void> => {
  const kept = mkdtempSync(join(tmpdir(), 'ketamine-screening-kept-'));
  await service.stop();
  rmSync(kept, { recursive: true });
};

describe('checkpoints', () => {
  it('are published at the start, once the log has grown, and at the stop; and a log that goes on agrees with them', async () => {
    const service = await startService(environment);
    const [first = 0, ...more] = sizesIn(readFileSync(file, 'utf8'));
    expect(more).toEqual([]);
    await screen(service);
    await setTimeout(11_000);
    expect(sizesIn(readFileSync(file, 'utf8'))).toEqual([first, first + 1]);
    await setTimeout(11_000);
    expect(sizesIn(readFileSync(file, 'utf8'))).toEqual([first, first + 1]);
    await screen(service);
    await stopAndKeep(service);
    expect(sizesIn(readFileSync(file, 'utf8'))).toEqual([first, first + 1, first + 2]);
    const told = service
      .output()
      .split('\n')
      .filter((line) => line.includes('"msg":"checkpoint"'))
      .map((line) => (JSON.parse(line) as { readonly checkpoint: string }).checkpoint);
    expect(told.map((note) => `${note}\n`).join('')).toBe(readFileSync(file, 'utf8'));
    const again = await startService(environment);
    const key = await keyOf(again);
    await again.stop();
    const ran = await runCli([
      'audit',
      'verify',
      '--data-dir',
      String(environment.DATA_DIR),
      '--checkpoint',
      file,
      '--key',
      key,
      '--json',
    ]);
    expect(JSON.parse(ran.stdout)).toMatchObject({ holds: true, verified: [{ checkpointsCompared: 4 }] });
  }, 60_000);

  it.each([
    ['an older copy of the database was put back', 'shorter'],
    ['another log with the same keys stands in its place', 'another root'],
  ])(
    'stop a start where %s',
    async (what, why) => {
      const database = databaseFileIn(String(environment.DATA_DIR));
      const older = join(folder, 'older.db');
      const first = await startService(environment);
      await screen(first);
      await stopAndKeep(first);
      copyFileSync(database, older);
      const second = await startService(environment);
      await screen(second);
      await stopAndKeep(second);
      copyFileSync(older, database);
      if (what.startsWith('another')) {
        const other = await startService({ DATA_DIR: String(environment.DATA_DIR) });
        await screen(other, 'eligible');
        await screen(other, 'eligible');
        await stopAndKeep(other);
      }
      const { code, stderr } = await failToStart(environment);
      expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      const ran = await runCli([
        'audit',
        'verify',
        '--data-dir',
        String(environment.DATA_DIR),
        '--checkpoint',
        file,
      ]);
      expect(ran.code).toBe(1);
      expect(ran.stdout).toContain(why === 'shorter' ? '[cut]' : '[rewritten]');
    },
    60_000,
  );

  it('stop a start whose file cannot be written, with one line that names the setting', async () => {
    const { code, stderr } = await failToStart({ ...environment, CHECKPOINT_FILE: folder });
    expect([code, stderr]).toEqual([
      1,
      'ketamine-screening cannot start: CHECKPOINT_FILE cannot be read and written (EISDIR)\n',
    ]);
  });

  it('of another log in the file do not stop a start, nor does what is no checkpoint', async () => {
    writeFileSync(file, 'half a line\n\nother/log\n9\nAAAA\n\n— other/log AAAA\n');
    const service = await startService(environment);
    await service.stop();
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(200);
  });
});

describe('RETENTION_DAYS', () => {
  it('under six years is warned of at the start', async () => {
    const service = await startService({ ...environment, RETENTION_DAYS: '2191' });
    await service.stop();
    expect(service.output()).toContain('RETENTION_DAYS is less than six years');
    const longer = await startService({ ...environment, RETENTION_DAYS: '2192' });
    await longer.stop();
    expect(longer.output()).not.toContain('six years');
    expect(longer.output()).toContain('"erased":0');
  });
});
