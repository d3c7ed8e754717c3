import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { READ_BY_OTHERS, readKeyFile } from './key-file.js';
import { runKeyCommand } from './master-key-command.js';
import { MasterKeyError, parseMasterKey, type MasterKey } from './master-key.js';
import { errorCodeOf } from '../values/error-code.js';

/** Where a master key comes from: the name of the setting that says so, and what it says. */
export type MasterKeySource = {
  /** `text`: the key itself. `file`: the path of a file that holds it. `command`: what prints it. */
  readonly kind: 'text' | 'file' | 'command';
  readonly setting: string;
  readonly value: string;
};

/** The file of a master key that no setting names. */
const MASTER_FILE = 'master.key';

const NO_KEY = 'as `master-key make` prints it: it may have been cut or mistyped';

/** Where a master key lies that no setting names. */
export const masterKeyFileIn = (dataDir: string): string => join(dataDir, MASTER_FILE);

const readOwn = (file: string, named: string): string => {
  let text: string | null;
  try {
    text = readKeyFile(file);
  } catch (error) {
    throw new MasterKeyError(`${named} cannot be read (${errorCodeOf(error)})`);
  }
  if (text === null) throw new MasterKeyError(`${named} ${READ_BY_OTHERS}`);
  return text;
};

const wholeKey = (text: string, fault: string): MasterKey => {
  const key = parseMasterKey(text);
  if (key === null) throw new MasterKeyError(fault);
  return key;
};

/** Reads the master key in a file. @param named how the file is told in a fault @throws MasterKeyError where it cannot be had */
export const readMasterKeyFile = (file: string, named: string): MasterKey =>
  wholeKey(readOwn(file, named), `${named} holds no master key ${NO_KEY}`);

const readFromCommand = ({ setting, value }: MasterKeySource): MasterKey => {
  const outcome = runKeyCommand(value);
  if ('fault' in outcome)
    throw new MasterKeyError(`${setting} ${outcome.fault}, so there is no master key: run it by hand`);
  return wholeKey(outcome.text, `${setting} printed no master key ${NO_KEY}`);
};

/** Reads a master key from where a setting says. @throws MasterKeyError that names the setting, and tells neither the key nor the command */
export const readMasterKey = (source: MasterKeySource): MasterKey => {
  const { kind, setting, value } = source;
  if (kind === 'file') return readMasterKeyFile(value, setting);
  if (kind === 'command') return readFromCommand(source);
  return wholeKey(value, `${setting} must be a master key ${NO_KEY}`);
};

/**
 * The master key of a data folder: where a setting says, or the one that lies in the folder; null where there is neither.
 * @throws MasterKeyError where it cannot be had
 */
export const masterKeyOf = (dataDir: string, source: MasterKeySource | null): MasterKey | null => {
  if (source !== null) return readMasterKey(source);
  const file = masterKeyFileIn(dataDir);
  return existsSync(file) ? readMasterKeyFile(file, file) : null;
};
