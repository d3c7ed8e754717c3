import { ConfigError, masterKeySourceIn } from '../config.js';
import { databaseFileIn } from '../storage/database-file.js';
import type { MasterKeySource } from '../storage/master-key-source.js';
import { MasterKeyError } from '../storage/master-key.js';
import { DatabaseError } from '../storage/open-database.js';
import { openServiceKeys, type ServiceKeys } from '../storage/service-keys.js';
import { CommandError, EXIT } from './exit-codes.js';

const unusable = (code: string, detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code, detail }]);

const withMasterKey = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof MasterKeyError || error instanceof ConfigError)
      throw unusable('master-key-unusable', error.message);
    throw error;
  }
};

/** Does what needs the key files of a data folder. @throws CommandError in the place of every fault of theirs and of the master key that is foreseen */
export const withKeyFiles = <T>(dataDir: string, run: () => T): T => {
  try {
    return withMasterKey(run);
  } catch (error) {
    if (error instanceof DatabaseError) throw unusable('keys-unusable', error.message);
    if (error instanceof CommandError || !(error instanceof Error && 'code' in error)) throw error;
    throw unusable(
      'keys-unusable',
      `the keys in ${dataDir} cannot be read and written (${String(error.code)}): say with --data-dir where they lie`,
    );
  }
};

/** Where the environment of this process says that a master key comes from. @throws ConfigError */
export const masterKeySource = (name: 'MASTER_KEY' | 'NEXT_MASTER_KEY'): MasterKeySource | null =>
  masterKeySourceIn(process.env, name);

/**
 * The keys of a service, opened with the master key that the environment names, or that lies beside them.
 * @throws CommandError where the master key cannot be had or does not open them, DatabaseError where they cannot be used
 */
export const openKeys = (dataDir: string): ServiceKeys =>
  withMasterKey(() => openServiceKeys(dataDir, databaseFileIn(dataDir), masterKeySource('MASTER_KEY')));
