import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { masterKeyText, newMasterKey } from '../../src/storage/master-key.js';
import { toldOfMasterKeys } from '../support/master-keys.js';
import { portsBeside } from '../support/service-log.js';
import { startService } from '../support/service.js';
import { endOf, runCli, startCli, type Ran } from './cli-run.js';

let folder: string;

let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-rotate-'));
  dataDir = join(folder, 'data');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A data folder as the first start of a service leaves it, with a master key of its own. */
let started: string;

beforeAll(async () => {
  started = join(mkdtempSync(join(tmpdir(), 'ketamine-screening-started-')), 'data');
  await (await startService({ DATA_DIR: started })).stop();
}, 60_000);

afterAll(() => {
  rmSync(dirname(started), { recursive: true, force: true });
});

const haveStarted = (): void => {
  cpSync(started, dataDir, { recursive: true });
};

const masterKey = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> => runCli(['master-key', ...args, '--data-dir', dataDir, '--json'], { environment });

const bytesOf = (names: readonly string[]): string =>
  names.map((name) => readFileSync(join(dataDir, name)).toString('latin1')).join('\n');

/** Ends a rotation at once when something is seen of it. @returns whether it was seen before the rotation had ended */
const killedWhen = async (isSeen: () => boolean): Promise<boolean> => {
  const child = startCli(['master-key', 'rotate', '--by', 'A. Berg', '--data-dir', dataDir]);
  const ended = endOf(child);
  while (child.exitCode === null && !isSeen()) await setImmediate();
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
};

/** What a file of the data folder holds; null where it is not there. */
const textOf = (name: string): string | null => {
  const file = join(dataDir, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

const sealsIn = (name: string): number => (textOf(name) ?? '').trimEnd().split('\n').length - 1;

describe('a rotation', () => {
  it('that is killed leaves a folder that opens, and is brought to its end by another', async () => {
    haveStarted();
    const next = join(dataDir, 'master.key.next');
    let kills = 0;
    for (const name of ['master.key.next', 'payload.key', 'checkpoint.key', 'master.key']) {
      const before = textOf(name);
      kills += Number(await killedWhen(() => textOf(name) !== before));
      const status = await masterKey(['status']);
      expect([status.code, status.stderr]).toEqual([0, '']);
      expect((await masterKey(['rotate', '--by', 'A. Berg'])).code).toBe(0);
      expect([sealsIn('payload.key'), sealsIn('checkpoint.key'), existsSync(next)]).toEqual([1, 1, false]);
    }
    expect(kills).toBeGreaterThan(0);
    await (await startService({ DATA_DIR: dataDir })).stop();
  }, 120_000);

  it.each([
    [['rotate'], {}, 2],
    [['rotate', '--by', ' '], {}, 2],
    [['rotate', '--by', 'A\u0007'], {}, 2],
    [['rotate', '--by', 'A', '--data-dir', '/no/such/folder'], {}, 3],
    [['rotate', '--by', 'A'], { NEXT_MASTER_KEY: 'ksm1_x' }, 3],
    [['rotate', '--by', 'A'], { NEXT_MASTER_KEY_FILE: 'x', NEXT_MASTER_KEY_COMMAND: 'y' }, 3],
    [['rotate', '--by', 'A'], { NEXT_MASTER_KEY_COMMAND: 'exit 1' }, 3],
    [['rotate', '--by', 'A'], { MASTER_KEY_COMMAND: 'exit 1' }, 3],
    [['status', '--data-dir', '/no/such/folder'], {}, 3],
    [['make', '--data-dir', 'x'], {}, 2],
  ])(
    'or another command that is asked for by %j with %j changes nothing',
    async (args, environment, code) => {
      await (await startService({ DATA_DIR: dataDir })).stop();
      const names = ['payload.key', 'checkpoint.key', 'master.key'];
      const before = bytesOf(names);
      const where = args.includes('--data-dir') ? [] : ['--data-dir', dataDir];
      const ran = await runCli(['master-key', ...args, ...where], { environment });
      expect([ran.code, ran.stdout]).toEqual([code, '']);
      expect(bytesOf(names)).toBe(before);
      expect(await toldOfMasterKeys(portsBeside(dataDir))).toEqual([]);
    },
  );

  it('is told by status where the master key does not open the keys', async () => {
    haveStarted();
    const ran = await masterKey(['status'], { MASTER_KEY: masterKeyText(newMasterKey()) });
    expect([ran.code, JSON.parse(ran.stderr)]).toMatchObject([1, { opens: false }]);
  });
});

describe('a master key that is made', () => {
  it('is printed with nothing else, and is another one each time', async () => {
    const [one, two] = [await runCli(['master-key', 'make']), await runCli(['master-key', 'make'])];
    for (const { code, stdout, stderr } of [one, two])
      expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^ksm1_[A-Za-z0-9_-]{48}\n$/), '']);
    expect(one.stdout).not.toBe(two.stdout);
  });
});
