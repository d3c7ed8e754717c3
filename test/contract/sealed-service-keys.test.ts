import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { sealingIn } from '../../src/storage/keys-at-rest.js';
import { masterKeyOf, type MasterKeySource } from '../../src/storage/master-key-source.js';
import { MasterKeyError } from '../../src/storage/master-key.js';
import { DatabaseError } from '../../src/storage/open-database.js';
import { openServiceKeys, type ServiceKeys } from '../../src/storage/service-keys.js';
import { formsOfSecret, newSaid } from '../support/master-keys.js';
import { copyOf, dataFolder, tempFolder } from '../support/sqlite.js';

const FILES = ['payload.key', 'checkpoint.key'] as const;

const open = (folder: string, source: MasterKeySource | null = null): ServiceKeys =>
  openServiceKeys(folder, databaseFileIn(folder), source);

/** A folder in which a service has made its keys. */
const newFolder = (source: MasterKeySource | null = null): string => {
  const folder = tempFolder();
  open(folder, source);
  return folder;
};

const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [name, readFileSync(join(folder, name), 'latin1')]);

describe('the keys of a new folder', () => {
  it('are sealed at once, by a master key that is made beside them', () => {
    const folder = newFolder();
    expect(filesIn(folder).map(([name]) => name)).toEqual(['checkpoint.key', 'master.key', 'payload.key']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const master = masterKeyOf(folder, null);
    expect(sealingIn(folder)).toEqual(FILES.map((name) => ({ name, masters: [master?.id] })));
  });

  it('are sealed at once by the master key that is given, which is put nowhere', () => {
    const { master, source } = newSaid();
    const folder = newFolder(source);
    expect(readdirSync(folder).toSorted()).toEqual(['checkpoint.key', 'payload.key']);
    expect(sealingIn(folder)).toEqual(FILES.map((name) => ({ name, masters: [master.id] })));
    const all = filesIn(folder).join();
    const { secret } = open(folder, source);
    for (const key of [master.key, secret])
      for (const form of formsOfSecret(key)) expect(all).not.toContain(form);
    expect(all).not.toContain('PRIVATE KEY');
  });

  it('are not made where the master key that is given cannot be had', () => {
    const folder = tempFolder();
    const source = { kind: 'file', setting: 'MASTER_KEY_FILE', value: join(folder, 'none') } as const;
    expect(() => open(folder, source)).toThrow(MasterKeyError);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('sealed keys', () => {
  it('do not open without their master key, and no other is made', () => {
    const folder = newFolder();
    rmSync(join(folder, 'master.key'));
    const before = filesIn(folder);
    expect(() => open(folder)).toThrow(/is sealed by the master key [0-9a-f]{16}, and none is given/);
    expect(filesIn(folder)).toEqual(before);
  });

  it.each(FILES)(
    'that are not all there do not open without their master key: %s is not made again',
    (name) => {
      const folder = newFolder();
      for (const gone of ['master.key', name]) rmSync(join(folder, gone));
      const before = filesIn(folder);
      expect(() => open(folder)).toThrow(MasterKeyError);
      expect(filesIn(folder)).toEqual(before);
    },
  );

  it('do not open with another master key, which is told by the ids of both alone', () => {
    const [own, other] = [newSaid(), newSaid()];
    const folder = newFolder(own.source);
    const why = new RegExp(`^[^\n]*master key ${own.master.id}, [^\n]*given is ${other.master.id}[^\n]*$`);
    expect(() => open(folder, other.source)).toThrow(why);
  });

  it.each(FILES)('do not open where any byte of %s was changed', (name) => {
    const { source } = newSaid();
    const folder = newFolder(source);
    const file = join(folder, name);
    const bytes = readFileSync(file);
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 0x01, index);
      writeFileSync(file, changed);
      expect(() => open(folder, source), `at ${String(index)}`).toThrow(/the key in \S+ is /);
    }
    writeFileSync(file, bytes);
    expect(() => open(folder, source)).not.toThrow();
  });

  it.each(FILES)('do not open where %s was cut', (name) => {
    const { source } = newSaid();
    const folder = newFolder(source);
    const file = join(folder, name);
    const bytes = readFileSync(file);
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(() => open(folder, source), `after ${String(length)}`).toThrow(DatabaseError);
    }
  });

  it('do not open where one lies in the place of the other', () => {
    const { source } = newSaid();
    const folder = newFolder(source);
    cpSync(join(folder, 'payload.key'), join(folder, 'checkpoint.key'));
    expect(() => open(folder, source)).toThrow(/checkpoint.key is damaged/);
  });

  it.each([...FILES, 'master.key'])('do not open where others can read %s', (name) => {
    const folder = newFolder();
    chmodSync(join(folder, name), 0o644);
    expect(() => open(folder)).toThrow(/can be read by others than its owner/);
  });
});

describe('keys that lie in plain, as they were made before', () => {
  it.each([
    ['without a master key', null],
    ['with a master key that is given', newSaid().source],
  ])('open %s, and are left as they are', (_, source) => {
    const folder = copyOf(dataFolder().dataDir);
    const before = FILES.map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(open(folder, source).secret).toEqual(Buffer.alloc(32, 7));
    expect(FILES.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
    expect(readdirSync(folder)).not.toContain('master.key');
    expect(sealingIn(folder).flatMap(({ masters }) => masters)).toEqual([]);
  });

  it.each(FILES)('open where only %s is sealed', (name) => {
    const { source, master } = newSaid();
    const folder = newFolder(source);
    const plain = dataFolder().dataDir;
    cpSync(join(plain, name), join(folder, name));
    expect(() => open(folder, source)).not.toThrow();
    expect(sealingIn(folder).flatMap(({ masters }) => masters)).toEqual([master.id]);
  });
});
