import { existsSync } from 'node:fs';
import { logSignerOf } from '../log/log-signer.js';
import { MACHINE } from '../machine.js';
import { LogUnavailableError, type Ports, type RuleLibrary } from '../services/ports.js';
import { ENGINE_VERSION } from '../screening/engine.js';
import { databaseFileIn } from '../storage/database-file.js';
import { sqliteDecisionLog } from '../storage/decision-log.js';
import { bindKeys, openDatabase } from '../storage/open-database.js';
import { checksOf, type ServiceKeys } from '../storage/service-keys.js';
import { subjectHashUnder } from '../storage/subject-hash.js';
import { vaultUnder } from '../storage/vault.js';
import { CommandError, EXIT } from './exit-codes.js';
import { openKeys } from './site-keys.js';

/** How often the log is asked to take an entry while others hold it: each time waits for the lock as long as the database does. */
const MOST_ATTEMPTS = 5;

/** The database, or what lies beside it, cannot be used. */
export const cannotUse = (detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code: 'database-unusable', detail }]);

const openPorts = (file: string, keys: ServiceKeys): Pick<Ports, 'log' | 'subjectHash' | 'signer'> => {
  const connection = openDatabase(file);
  bindKeys(connection, checksOf(keys));
  return {
    log: sqliteDecisionLog(connection, vaultUnder(keys.secret)),
    subjectHash: subjectHashUnder(keys.secret),
    signer: logSignerOf(keys.signing),
  };
};

/**
 * What use cases need of a service, opened beside it, whether it runs or not. The database is never made here: in a folder that was mistyped, an
 * event would be told as written and no service would ever read it.
 * @param keysOf how its keys are opened: with the master key that the environment names, where nothing else is said
 * @throws CommandError where there is no database, or it cannot be used
 */
export const openSite = (
  dataDir: string,
  rules: RuleLibrary,
  keysOf: (dataDir: string) => ServiceKeys = openKeys,
): Ports => {
  const file = databaseFileIn(dataDir);
  if (!existsSync(file))
    throw cannotUse(
      `there is no database in ${dataDir}: start the service once with this folder, or say with --data-dir where its database lies`,
    );
  try {
    return { ...MACHINE, ...openPorts(file, keysOf(dataDir)), rules, engine: ENGINE_VERSION };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw cannotUse(`the database in ${dataDir}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
};

/** Asks until the log can be used. Where it could not, it took nothing: the entry of the lost attempt is not there. */
export const whereFree = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      if (attempt === MOST_ATTEMPTS) throw cannotUse(`${error.message}: nothing was written, try again`);
    }
  }
};
