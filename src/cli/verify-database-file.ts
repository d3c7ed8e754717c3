import { existsSync } from 'node:fs';
import type { AuditFault } from '../log/audit-fault.js';
import { logSignerOf } from '../log/log-signer.js';
import { verifierKeyOf, type VerifierKey } from '../log/verifier-key.js';
import type { KeptNotes } from '../services/kept-notes.js';
import type { RawEntry, RawLog } from '../services/raw-log.js';
import { verifyDatabase } from '../services/verify-database.js';
import { databaseFileIn } from '../storage/database-file.js';
import { openToDoubt } from '../storage/raw-database.js';
import { rawLogOn } from '../storage/raw-log.js';
import { checksOf, type ServiceKeys } from '../storage/service-keys.js';
import { subjectHashUnder } from '../storage/subject-hash.js';
import { vaultUnder } from '../storage/vault.js';
import { CommandError, EXIT } from './exit-codes.js';
import type { Progress } from './progress.js';
import { openKeys } from './site-keys.js';
import { auditFigures } from './verify-figures.js';
import type { Verified } from './verify-report.js';

/** With what a database is verified. Where no key was given, the log is known by the one beside it. */
export type DatabaseUsing = {
  readonly tell: Progress['tell'];
  readonly key: VerifierKey | null;
  readonly keptFor: (key: VerifierKey) => KeptNotes;
};

const cannotRead = (dataDir: string, error: unknown): CommandError => {
  const why = error instanceof Error ? error.message : 'unknown';
  return new CommandError(EXIT.cannotStart, [
    { code: 'database-unusable', detail: `the database in ${dataDir} cannot be read: ${why}` },
  ]);
};

/** The keys of a service that has a database. @throws CommandError where there is none, or the keys cannot be used */
export const keysIn = (dataDir: string, file: string): ServiceKeys => {
  if (!existsSync(file)) throw cannotRead(dataDir, new Error('there is none'));
  try {
    return openKeys(dataDir);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw cannotRead(dataDir, error);
  }
};

const otherKey = (given: VerifierKey | null, own: VerifierKey): readonly AuditFault[] =>
  given === null || (given.name === own.name && given.id === own.id)
    ? []
    : [{ position: null, code: 'not-signed', detail: 'the key of this log is not the one that was given' }];

const counted = (raw: RawLog, tell: Progress['tell']): RawLog => {
  function* entries(): Generator<RawEntry, void, void> {
    for (const entry of raw.entries()) {
      tell(() => `entry ${String(entry.position)}`);
      yield entry;
    }
  }
  return { ...raw, entries };
};

const isDatabaseError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');

const damaged = (error: Error): Verified => ({
  what: 'database',
  name: 'The database',
  about: [],
  figures: {},
  compared: 0,
  faults: [{ position: null, code: 'database-damaged', detail: `SQLite says: ${error.message}` }],
  faultCount: 1,
});

const verifyIn = (file: string, keys: ServiceKeys, using: DatabaseUsing): Verified => {
  const signer = logSignerOf(keys.signing);
  const own = verifierKeyOf(signer.name, signer.publicKey);
  const { checkpoints, faults } = using.keptFor(using.key ?? own);
  const connection = openToDoubt(file);
  try {
    const raw = rawLogOn(connection, { vault: vaultUnder(keys.secret), checks: checksOf(keys) });
    const outcome = verifyDatabase(counted(raw, using.tell), {
      subjectHash: subjectHashUnder(keys.secret),
      kept: checkpoints,
    });
    const before = [...otherKey(using.key, own), ...faults];
    const figures = auditFigures(outcome);
    return {
      what: 'database',
      name: 'The database',
      ...figures,
      faults: [...before, ...figures.faults],
      faultCount: figures.faultCount + before.length,
    };
  } finally {
    connection.close();
  }
};

/** Verifies a file that should be a database of a service, with the keys of that service. Total: whatever the file holds, it does not throw. */
export const verifyDatabaseFile = (file: string, keys: ServiceKeys, using: DatabaseUsing): Verified => {
  try {
    return verifyIn(file, keys, using);
  } catch (error) {
    if (isDatabaseError(error)) return damaged(error);
    throw error;
  }
};

/**
 * Verifies the database in a data folder, at one moment, whether a service runs on it or not.
 * @throws CommandError where there is none, or its keys cannot be used
 */
export const verifyDatabaseIn = (dataDir: string, using: DatabaseUsing): Verified => {
  const file = databaseFileIn(dataDir);
  return verifyDatabaseFile(file, keysIn(dataDir, file), using);
};
