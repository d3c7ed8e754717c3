import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { databaseFileIn } from '../storage/database-file.js';
import { copyDatabase, placeDatabase } from '../storage/copy-database.js';
import { hasServiceKeys, type ServiceKeys } from '../storage/service-keys.js';
import type { JsonObject } from '../values/json.js';
import { keptIn } from './audit-verify-command.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import type { Progress } from './progress.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { openKeys } from './site-keys.js';
import { keysIn, verifyDatabaseFile } from './verify-database-file.js';
import { reportOf, type Verified } from './verify-report.js';
import { errorCodeOf } from '../values/error-code.js';

/** How it is told what came of it, and how far it is. */
type Telling = { readonly style: Style; readonly tell: Progress['tell'] };

/** Which copy is put in the place of which database, and the checkpoints that were kept of it. */
export type RestoreAsked = {
  readonly from: string;
  readonly dataDir: string;
  readonly checkpoints: readonly string[];
};

const failed = (code: string, detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code, detail }]);

const verify = (
  file: string,
  keys: ServiceKeys,
  asked: Telling & Pick<RestoreAsked, 'checkpoints'>,
): Verified =>
  verifyDatabaseFile(file, keys, {
    tell: asked.tell,
    key: null,
    keptFor: (key) => keptIn(asked.checkpoints, key),
  });

type Copied = { readonly verified: Verified; readonly said: string; readonly json: JsonObject };

const outcomeOfCopy = ({ verified, said, json }: Copied, style: Style): Outcome => {
  const report = reportOf([verified]);
  const holds = verified.faultCount === 0;
  return outcomeOf(
    {
      lines: [...report.lines, ...(holds ? [said] : [])],
      json: { ...json, ...report.json },
      exitCode: holds ? EXIT.ok : EXIT.fault,
    },
    style,
  );
};

/**
 * `backup`: copies the database of a service that may run meanwhile, and verifies the copy, entry by entry. One that does not hold is not kept.
 * @throws CommandError where there is no database, or the copy cannot be written
 */
export const backupCommand = (dataDir: string, to: string, telling: Telling): Outcome => {
  const file = databaseFileIn(dataDir);
  const keys = keysIn(dataDir, file);
  try {
    copyDatabase(file, to);
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST')
      throw wrongUsage(`${to} is there already: a backup is never written over`);
    throw failed('backup-failed', `the copy cannot be written to ${to} (${errorCodeOf(error)})`);
  }
  const verified = verify(to, keys, { ...telling, checkpoints: [] });
  if (verified.faultCount > 0) rmSync(to);
  const said = `It is copied to ${to}. It is of no use without payload.key and checkpoint.key of ${dataDir}, and without the master key that seals them: keep copies of those elsewhere.`;
  return outcomeOfCopy({ verified, said, json: { copy: to } }, telling.style);
};

const keysFor = (dataDir: string): ServiceKeys => {
  if (existsSync(databaseFileIn(dataDir)))
    throw wrongUsage(
      `there is a database in ${dataDir} already, and it is never written over: move it away first`,
    );
  if (!hasServiceKeys(dataDir))
    throw failed(
      'keys-missing',
      `payload.key and checkpoint.key are not both in ${dataDir}: put back those that the copy was written with`,
    );
  try {
    return openKeys(dataDir);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw failed('keys-unusable', error instanceof Error ? error.message : 'the keys cannot be used');
  }
};

/** A copy that does not hold is told, and not put in its place. */
class DoesNotHold extends Error {
  readonly verified: Verified;

  constructor(verified: Verified) {
    super('the copy does not hold');
    this.verified = verified;
  }
}

const placeVerified = (asked: RestoreAsked, keys: ServiceKeys, telling: Telling): Verified => {
  const { from, dataDir, checkpoints } = asked;
  try {
    return placeDatabase(from, databaseFileIn(dataDir), (copy) => {
      const verified = verify(copy, keys, { ...telling, checkpoints });
      if (verified.faultCount > 0) throw new DoesNotHold(verified);
      return verified;
    });
  } catch (error) {
    if (error instanceof DoesNotHold) return error.verified;
    if (error instanceof CommandError) throw error;
    throw failed('restore-failed', `the copy cannot be put in its place (${errorCodeOf(error)})`);
  }
};

/**
 * `restore`: verifies a copy, entry by entry and against checkpoints that were kept, and puts it in the place of a database that is not there.
 * @throws CommandError where a database is there, the keys are not, or the copy cannot be read
 */
export const restoreCommand = (asked: RestoreAsked, telling: Telling): Outcome => {
  const { from, dataDir } = asked;
  if (!existsSync(from)) throw wrongUsage(`${from} is not there`);
  if (!existsSync(dataDir)) mkdirSync(dataDir, { mode: 0o700 });
  const keys = keysFor(dataDir);
  const verified = placeVerified(asked, keys, telling);
  const said = `It stands in ${dataDir} now. A service with CHECKPOINT_FILE does not start on it where later checkpoints were published: what was decided since the copy was made is lost, and that must be known.`;
  return outcomeOfCopy({ verified, said, json: { database: databaseFileIn(dataDir) } }, telling.style);
};
