import { onTestFinished } from 'vitest';
import { logSignerOf } from '../../src/log/log-signer.js';
import { MACHINE } from '../../src/machine.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import type { Ports } from '../../src/services/ports.js';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { sqliteDecisionLog } from '../../src/storage/decision-log.js';
import type { MasterKeySource } from '../../src/storage/master-key-source.js';
import { openDatabase } from '../../src/storage/open-database.js';
import { openServiceKeys } from '../../src/storage/service-keys.js';
import { subjectHashUnder } from '../../src/storage/subject-hash.js';
import { vaultUnder } from '../../src/storage/vault.js';
import { shippedRules } from './test-app.js';

/**
 * What another process has of a real service: its database, opened with the keys beside it, and the shipped rules. It is closed when the test ends.
 * @param source where its master key comes from; null where it lies there too
 */
export const portsBeside = (dataDir: string, source: MasterKeySource | null = null): Ports => {
  const file = databaseFileIn(dataDir);
  const { secret, signing } = openServiceKeys(dataDir, file, source);
  const log = sqliteDecisionLog(openDatabase(file), vaultUnder(secret));
  onTestFinished(() => log.close());
  return {
    ...MACHINE,
    log,
    subjectHash: subjectHashUnder(secret),
    signer: logSignerOf(signing),
    rules: shippedRules(),
    engine: ENGINE_VERSION,
  };
};
