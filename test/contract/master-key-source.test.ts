import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masterKeyOf, readMasterKey, type MasterKeySource } from '../../src/storage/master-key-source.js';
import { masterKeyText, MasterKeyError, newMasterKey } from '../../src/storage/master-key.js';
import { newSaid } from '../support/master-keys.js';
import { tempFolder } from '../support/sqlite.js';

const MASTER = newMasterKey();

const TEXT = masterKeyText(MASTER);

const SETTINGS = { text: 'MASTER_KEY', file: 'MASTER_KEY_FILE', command: 'MASTER_KEY_COMMAND' } as const;

const sourceOf = (kind: MasterKeySource['kind'], value: string): MasterKeySource => ({
  kind,
  setting: SETTINGS[kind],
  value,
});

const fileWith = (text: string, mode = 0o600): string => {
  const file = join(tempFolder(), 'master');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};

/** Why a source gives no key. */
const faultOf = (source: MasterKeySource): string => {
  try {
    readMasterKey(source);
  } catch (error) {
    if (error instanceof MasterKeyError) return error.message;
    throw error;
  }
  return 'it gave a key';
};

describe('a master key', () => {
  it.each([
    ['text', () => TEXT],
    ['file', () => fileWith(TEXT)],
    ['file', () => fileWith(`${TEXT}\n`, 0o400)],
    ['command', () => `echo ${TEXT}`],
    ['command', () => `printf %s '${TEXT}'`],
    ['command', () => `cat '${fileWith(TEXT)}' | head -1`],
  ] as const)('is read from a %s', (kind, value) => {
    expect(readMasterKey(sourceOf(kind, value()))).toEqual(MASTER);
  });

  it.each([
    ['is not there', (): string => '/no/such/file', /^MASTER_KEY_FILE cannot be read \(ENOENT\)$/],
    [
      'is a folder',
      (): string => tempFolder(),
      /^MASTER_KEY_FILE cannot be read \(EISDIR\)$|can be read by others/,
    ],
    ['the group can read', () => fileWith(TEXT, 0o640), /^MASTER_KEY_FILE can be read by others/],
    ['others can read', () => fileWith(TEXT, 0o604), /^MASTER_KEY_FILE can be read by others/],
    ['others can write', () => fileWith(TEXT, 0o602), /^MASTER_KEY_FILE can be read by others/],
    ['is empty', () => fileWith(''), /^MASTER_KEY_FILE holds no master key/],
    ['was cut', () => fileWith(TEXT.slice(0, -1)), /^MASTER_KEY_FILE holds no master key/],
    ['holds two', () => fileWith(`${TEXT}\n${TEXT}\n`), /^MASTER_KEY_FILE holds no master key/],
  ] as const)('is not read from a file that %s', (_, file, why) => {
    expect(faultOf(sourceOf('file', file()))).toMatch(why);
  });

  it.each([
    ['fails', `echo ${TEXT}; exit 7`, /^MASTER_KEY_COMMAND ended with the exit code 7/],
    ['is not there', 'no-such-command-4711', /^MASTER_KEY_COMMAND ended with the exit code 127/],
    ['is ended by a signal', `echo ${TEXT}; kill -TERM $$`, /^MASTER_KEY_COMMAND was ended by SIGTERM/],
    ['prints nothing', 'true', /^MASTER_KEY_COMMAND printed no master key/],
    ['prints a cut key', `echo ${TEXT.slice(0, -2)}`, /^MASTER_KEY_COMMAND printed no master key/],
    ['prints it on stderr', `echo ${TEXT} >&2`, /^MASTER_KEY_COMMAND printed no master key/],
    ['prints without end', `yes ${TEXT}`, /^MASTER_KEY_COMMAND printed more than a master key/],
  ])('is not taken from a command that %s', (_, command, why) => {
    const fault = faultOf(sourceOf('command', command));
    expect(fault).toMatch(why);
    expect(fault).not.toMatch(/\n|ksm1_|4711|echo/);
  });

  it('is not waited for longer than ten seconds, and nothing of the command goes on', () => {
    const alive = join(tempFolder(), 'alive');
    const begun = performance.now();
    const command = `(sleep 14; touch '${alive}') & sleep 600; echo ${TEXT}`;
    expect(faultOf(sourceOf('command', command))).toMatch(
      /^MASTER_KEY_COMMAND did not end within 10 seconds/,
    );
    expect(performance.now() - begun).toBeLessThan(13_000);
    execFileSync('sleep', ['6']);
    expect(existsSync(alive)).toBe(false);
  }, 40_000);

  it('in no form tells its text where it is wrong', () => {
    const cut = TEXT.slice(0, -1);
    for (const source of [
      sourceOf('text', cut),
      sourceOf('file', fileWith(cut)),
      sourceOf('command', `echo ${cut}`),
    ])
      expect(faultOf(source)).not.toContain(TEXT.slice(5, 15));
  });
});

describe('the master key of a data folder', () => {
  it('is the one that a setting says, and else the one that lies there, and else none', () => {
    const folder = tempFolder();
    expect(masterKeyOf(folder, null)).toBeNull();
    writeFileSync(join(folder, 'master.key'), `${TEXT}\n`, { mode: 0o600 });
    expect(masterKeyOf(folder, null)).toEqual(MASTER);
    const { master, source } = newSaid();
    expect(masterKeyOf(folder, source)).toEqual(master);
  });

  it('is not taken from a file there that others can read, nor from what is no file', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'master.key'), TEXT, { mode: 0o644 });
    expect(() => masterKeyOf(folder, null)).toThrow(/can be read by others/);
    const other = tempFolder();
    mkdirSync(join(other, 'master.key'), { mode: 0o700 });
    expect(() => masterKeyOf(other, null)).toThrow(/cannot be read/);
  });
});
