import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogStore } from '../../src/storage/log-store.js';
import { openDatabase } from '../../src/storage/open-database.js';
import { vaultUnder } from '../../src/storage/vault.js';
import { tempFolder } from '../support/sqlite.js';

const open = () => {
  const file = join(tempFolder(), 'log.db');
  const store = new LogStore(openDatabase(file), vaultUnder(Buffer.alloc(32, 7)));
  const beside = openDatabase(file);
  onTestFinished(() => {
    beside.close();
    store.close();
  });
  return { store, beside };
};

describe('the probe of the log', () => {
  it('writes to the disk what the file says already, and no oftener than once a second', async () => {
    const { store, beside } = open();
    const commits = (): unknown => beside.pragma('data_version', { simple: true });
    const before = [commits(), beside.pragma('user_version'), store.reader.size()];
    store.probe();
    const once = commits();
    expect(once).not.toEqual(before[0]);
    store.probe();
    expect(commits()).toEqual(once);
    await setTimeout(1_100);
    store.probe();
    expect(commits()).not.toEqual(once);
    expect([beside.pragma('user_version'), store.reader.size()]).toEqual(before.slice(1));
  });

  it('fails for a while after a commit that failed for the sake of the database, unless another went through', () => {
    const { store, beside } = open();
    beside.exec('BEGIN IMMEDIATE');
    expect(store.commit([{ entries: [], rulesUpTo: null }])).toMatchObject([{ ok: false }]);
    beside.exec('COMMIT');
    expect(() => store.probe()).toThrow('a moment ago');
    expect(store.commit([{ entries: [], rulesUpTo: null }])).toMatchObject([{ ok: true }]);
    expect(store.probe()).toBe(true);
  });

  it('fails while another program holds the lock of a writer, however short a time ago something was written', () => {
    const { store, beside } = open();
    store.probe();
    beside.exec('BEGIN IMMEDIATE');
    expect(() => store.probe()).toThrow(/locked/);
    beside.exec('COMMIT');
    expect(store.probe()).toBe(true);
  });
});
