import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFileIn } from '../../src/storage/database-file.js';
import type { MasterKeySource } from '../../src/storage/master-key-source.js';
import { masterKeyText, newMasterKey } from '../../src/storage/master-key.js';
import { bindKeys, DatabaseError, openDatabase } from '../../src/storage/open-database.js';
import { checksOf, openServiceKeys } from '../../src/storage/service-keys.js';
import { tempFolder } from '../support/sqlite.js';

const FILES = ['payload.key', 'checkpoint.key'] as const;

const sourceOf = (value: string): MasterKeySource => ({ kind: 'text', setting: 'MASTER_KEY', value });

/** Opens what a start opens: the keys, the database, and the one with the other. */
const open = (folder: string, source: MasterKeySource | null = null): void => {
  const file = databaseFileIn(folder);
  const keys = openServiceKeys(folder, file, source);
  const connection = openDatabase(file);
  try {
    bindKeys(connection, checksOf(keys));
  } finally {
    connection.close();
  }
};

/** A folder that a service has started in before. */
const usedFolder = (source: MasterKeySource | null = null): string => {
  const folder = tempFolder();
  open(folder, source);
  return folder;
};

describe('the keys of a service', () => {
  it.each(FILES)('are made beside a new database, and %s is for its owner alone', (name) => {
    expect(statSync(join(usedFolder(), name)).mode & 0o777).toBe(0o600);
  });

  it('are the same at every later start', () => {
    const folder = usedFolder();
    const before = FILES.map((name) => readFileSync(join(folder, name), 'utf8'));
    open(folder);
    expect(FILES.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
  });

  it('are others in every folder', () => {
    const [one, two] = [usedFolder(), usedFolder()];
    for (const name of FILES)
      expect(readFileSync(join(one, name), 'utf8')).not.toBe(readFileSync(join(two, name), 'utf8'));
  });

  it.each(FILES)('stop the start where %s is gone, and no other is made in its place', (name) => {
    const folder = usedFolder();
    rmSync(join(folder, name));
    expect(() => {
      open(folder);
    }).toThrow(/is gone, and the database cannot be used without it/);
    expect(existsSync(join(folder, name))).toBe(false);
  });

  it.each(FILES)('stop the start where %s is that of another service', (name) => {
    const [folder, other] = [usedFolder(), usedFolder()];
    writeFileSync(join(folder, name), readFileSync(join(other, name)));
    expect(() => {
      open(folder);
    }).toThrow(/is sealed by the master key [0-9a-f]{16}, and the one that is given is [0-9a-f]{16}/);
  });

  it.each(FILES)('stop the start where %s is that of another service under the same master key', (name) => {
    const source = sourceOf(masterKeyText(newMasterKey()));
    const [folder, other] = [usedFolder(source), usedFolder(source)];
    writeFileSync(join(folder, name), readFileSync(join(other, name)));
    expect(() => {
      open(folder, source);
    }).toThrow(/was written with another \w+ key/);
  });

  it.each(FILES)('stop the start where others can read %s', (name) => {
    const folder = usedFolder();
    chmodSync(join(folder, name), 0o640);
    expect(() => {
      open(folder);
    }).toThrow(/can be read by others than its owner/);
  });

  it.each(FILES)('stop the start where %s is damaged', (name) => {
    const folder = usedFolder();
    writeFileSync(join(folder, name), 'no key\n');
    expect(() => {
      open(folder);
    }).toThrow(DatabaseError);
  });
});

describe('a database of a draft of the service, which kept payloads in plain', () => {
  it('is refused, and left as it is', () => {
    const folder = usedFolder();
    const connection = openDatabase(databaseFileIn(folder));
    connection.pragma('application_id = 0');
    connection.close();
    expect(() => {
      open(folder);
    }).toThrow(/made by a draft of this service/);
  });
});
