import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMasterKeyFile } from '../../src/storage/master-key-source.js';
import { masterKeyText, newMasterKey, type MasterKey } from '../../src/storage/master-key.js';
import { serviceKeysUnder } from '../../src/storage/service-keys.js';
import { fileSource, formsOfSecret, toldOfMasterKeys } from '../support/master-keys.js';
import { portsBeside } from '../support/service-log.js';
import { failToStart, startService, type Service } from '../support/service.js';
import { exampleLine, runCli, type Ran } from './cli-run.js';

let folder: string;

let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-master-'));
  dataDir = join(folder, 'data');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Environment = Readonly<Record<string, string>>;

const masterKey = (args: readonly string[], environment: Environment = {}): Promise<Ran> =>
  runCli(['master-key', ...args, '--data-dir', dataDir, '--json'], { environment });

const rotate = (environment: Environment): Promise<Ran> =>
  masterKey(['rotate', '--by', 'A. Berg'], environment);

/** A new master key in a file of its own. */
const kept = (name: string): { readonly master: MasterKey; readonly file: string } => {
  const [master, file] = [newMasterKey(), join(folder, name)];
  writeFileSync(file, `${masterKeyText(master)}\n`, { mode: 0o600 });
  return { master, file };
};

const screen = async (service: Service, subject: string): Promise<string> => {
  const response = await fetch(`${service.url}/screen`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: exampleLine('review', { subject }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly id: string }).id;
};

const statusOf = async (service: Service, id: string): Promise<number> =>
  (await fetch(`${service.url}/decisions/${id}`)).status;

/** Everything that lies in the data folder, one file after the other. */
const bytesOf = (names: readonly string[]): string =>
  names.map((name) => readFileSync(join(dataDir, name)).toString('latin1')).join('\n');

/** Whether the database and an export of a service that runs hold, each against the public key of the service. */
const isProved = async ({ url }: Service, file: string): Promise<boolean> => {
  const checkpoint = (await (await fetch(`${url}/audit/checkpoint`)).json()) as {
    readonly publicKey: string;
  };
  const exported = join(folder, 'export.ndjson');
  writeFileSync(exported, await (await fetch(`${url}/audit/export`)).text());
  const { publicKey } = checkpoint;
  const codes = [
    await runCli(['audit', 'verify', exported, '--key', publicKey]),
    await runCli(['audit', 'verify', '--data-dir', dataDir, '--key', publicKey], {
      environment: { MASTER_KEY_FILE: file },
    }),
  ].map(({ code }) => code);
  return codes.every((code) => code === 0);
};

describe('a service whose master key comes from elsewhere', () => {
  it('goes on with the next one after a rotation, is refused with the old one, and tells no key anywhere', async () => {
    const [old, next] = [kept('old.key'), kept('next.key')];
    const command = { MASTER_KEY_COMMAND: `cat '${old.file}'` };
    const service = await startService({ DATA_DIR: dataDir, LOG_LEVEL: 'trace', ...command });
    const first = await screen(service, 'pt-1');
    const rotated = await rotate({ ...command, NEXT_MASTER_KEY_FILE: next.file });
    expect([rotated.code, rotated.stderr]).toEqual([0, '']);
    // It runs on: what it needs of its keys it has read.
    const second = await screen(service, 'pt-2');
    await service.stop();

    const refused = await failToStart({ DATA_DIR: dataDir, ...command });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^ketamine-screening cannot start: [^\n]+\n$/);
    expect(refused.stderr).toContain(`is sealed by the master key ${next.master.id}`);
    expect(refused.stderr).toContain(`the one that is given is ${old.master.id}`);
    const none = await failToStart({ DATA_DIR: dataDir });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('and none is given')]);

    const again = await startService({ DATA_DIR: dataDir, LOG_LEVEL: 'trace', MASTER_KEY_FILE: next.file });
    for (const id of [first, second]) expect(await statusOf(again, id)).toBe(200);
    expect(await isProved(again, next.file)).toBe(true);
    await again.stop();
    const told = await toldOfMasterKeys(portsBeside(dataDir, fileSource(next.file)));
    const change = {
      before: { 'payload.key': [old.master.id], 'checkpoint.key': [old.master.id] },
      to: next.master.id,
      by: 'A. Berg',
    };
    expect(told).toEqual([
      { event: 'begun', ...change },
      { event: 'done', ...change },
    ]);

    const names = readdirSync(dataDir);
    expect(names).not.toContain('master.key');
    const { secret } = serviceKeysUnder(dataDir, [next.master]);
    const seen = [
      service.output(),
      again.output(),
      refused.stderr,
      none.stderr,
      rotated.stdout,
      bytesOf(names),
    ];
    for (const key of [old.master.key, next.master.key, secret])
      for (const form of formsOfSecret(key)) for (const text of seen) expect(text).not.toContain(form);
    expect(seen.join('')).not.toContain('ksm1_');
  }, 120_000);

  it.each([
    [{ MASTER_KEY: 'ksm1_cut' }, /^MASTER_KEY must be a whole master key[^\n]+$/],
    [{ MASTER_KEY: '' }, /^MASTER_KEY must not be empty[^\n]+$/],
    [{ MASTER_KEY_FILE: '/no/such/file' }, /^MASTER_KEY_FILE cannot be read \(ENOENT\)$/],
    [{ MASTER_KEY_COMMAND: 'exit 9' }, /^MASTER_KEY_COMMAND ended with the exit code 9[^\n]+$/],
    [
      { MASTER_KEY_FILE: 'a', MASTER_KEY_COMMAND: 'b' },
      /^MASTER_KEY_FILE and MASTER_KEY_COMMAND are set[^\n]+$/,
    ],
  ])(
    'does not start, and no command opens its log, with %j',
    async (environment, why) => {
      await (await startService({ DATA_DIR: dataDir })).stop();
      const { code, stderr } = await failToStart({ DATA_DIR: dataDir, ...environment });
      expect(code).toBe(1);
      expect(stderr.replace('ketamine-screening cannot start: ', '').trimEnd()).toMatch(why);
      for (const args of [
        ['keys', 'list'],
        ['audit', 'verify'],
        ['backup', join(folder, 'copy.db')],
      ]) {
        const ran = await runCli([...args, '--data-dir', dataDir, '--json'], { environment });
        const [error] = (JSON.parse(ran.stderr) as { readonly errors: readonly object[] }).errors;
        expect([ran.code, error]).toEqual([
          3,
          { code: 'master-key-unusable', detail: expect.stringMatching(why) as string },
        ]);
      }
    },
    60_000,
  );
});

describe('a folder in which the keys lie in plain', () => {
  it('goes on working with a warning, until a rotation seals them', async () => {
    await (await startService({ DATA_DIR: dataDir })).stop();
    const file = join(dataDir, 'master.key');
    const { secret, signing } = serviceKeysUnder(dataDir, [readMasterKeyFile(file, file)]);
    const pem = signing.export({ type: 'pkcs8', format: 'pem' }).toString();
    rmSync(file);
    writeFileSync(join(dataDir, 'payload.key'), `${secret.toString('hex')}\n`, { mode: 0o600 });
    writeFileSync(join(dataDir, 'checkpoint.key'), pem, { mode: 0o600 });
    const service = await startService({ DATA_DIR: dataDir });
    const id = await screen(service, 'pt-1');
    expect(service.output()).toContain('the keys of the service lie unsealed');
    await service.stop();
    expect(bytesOf(['payload.key', 'checkpoint.key'])).toBe(`${secret.toString('hex')}\n\n${pem}`);
    expect((await masterKey(['status'])).code).toBe(0);

    expect((await rotate({})).code).toBe(0);
    for (const text of [secret.toString('hex'), 'PRIVATE KEY'])
      expect(bytesOf(readdirSync(dataDir))).not.toContain(text);
    const again = await startService({ DATA_DIR: dataDir });
    expect(again.output()).not.toContain('unsealed');
    expect(await statusOf(again, id)).toBe(200);
    await again.stop();
    expect(await toldOfMasterKeys(portsBeside(dataDir))).toMatchObject([
      { event: 'begun', before: { 'payload.key': [], 'checkpoint.key': [] } },
      { event: 'done' },
    ]);
  }, 120_000);
});

describe('a copy of the sealed keys', () => {
  it('restores with the master key of the settings, and without it nothing', async () => {
    const { file, master } = kept('master.key');
    const environment = { MASTER_KEY_FILE: file };
    const service = await startService({ DATA_DIR: dataDir, ...environment });
    const id = await screen(service, 'pt-1');
    await service.stop();
    const copy = join(folder, 'copy.db');
    const made = await runCli(['backup', copy, '--data-dir', dataDir, '--json'], { environment });
    expect(made.code, made.stderr).toBe(0);
    const to = join(folder, 'restored');
    mkdirSync(to, { mode: 0o700 });
    for (const name of ['payload.key', 'checkpoint.key']) copyFileSync(join(dataDir, name), join(to, name));
    const restore = ['restore', copy, '--data-dir', to, '--json'];
    const without = await runCli(restore);
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining(master.id)]);
    const wrong = await runCli(restore, { environment: { MASTER_KEY_FILE: kept('other.key').file } });
    expect([wrong.code, readdirSync(to).length]).toEqual([3, 2]);
    expect((await runCli(restore, { environment })).code).toBe(0);
    const again = await startService({ DATA_DIR: to, ...environment });
    expect(await statusOf(again, id)).toBe(200);
    await again.stop();
  }, 120_000);
});
