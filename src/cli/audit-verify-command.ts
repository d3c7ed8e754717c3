import { readFileSync } from 'node:fs';
import { checkpointSchema } from '../formats/audit/checkpoint-schema.js';
import { readAuditJson } from '../formats/audit/read-export.js';
import type { AuditFault } from '../log/audit-fault.js';
import { readVerifierKey, type VerifierKey } from '../log/verifier-key.js';
import { readKeptNotes, type KeptNotes } from '../services/kept-notes.js';
import { EXIT, wrongUsage } from './exit-codes.js';
import type { Progress } from './progress.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { verifyDatabaseIn } from './verify-database-file.js';
import { verifyFiles } from './verify-files.js';
import { reportOf, type Verified } from './verify-report.js';
import { errorCodeOf } from '../values/error-code.js';

/** What is to be verified: files, or the database where there is none; with what. */
export type VerifyAsked = {
  readonly files: readonly string[];
  readonly key: string | null;
  /** Files of checkpoints that were kept. */
  readonly checkpoints: readonly string[];
  readonly dataDir: string;
};

/** For whom it is told what came of it, and how far it is. */
type Telling = { readonly style: Style; readonly tell: Progress['tell'] };

const keyOf = (text: string): VerifierKey => {
  const key = readVerifierKey(text);
  if (key === null)
    throw wrongUsage('--key is no public key of a log: give `publicKey` of GET /audit/checkpoint');
  return key;
};

/** Reads a file that was named. @throws CommandError where it cannot be read */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw wrongUsage(`${file} cannot be read (${errorCodeOf(error)})`);
  }
};

/** What stands in a file of checkpoints: notes, or the answer of `GET /audit/checkpoint` as it was saved. */
const notesOf = (text: string): string => {
  const json = readAuditJson(Buffer.from(text));
  const answer = checkpointSchema.safeParse(json?.value);
  return answer.success ? answer.data.checkpoint : text;
};

/** The checkpoints of files. One that holds none is wrong usage: whoever gave it takes it that something was compared. */
export const keptIn = (files: readonly string[], key: VerifierKey): KeptNotes => {
  const reads = files.map((file) => {
    const read = readKeptNotes(notesOf(textOf(file)), key);
    if (read.checkpoints.length + read.faults.length === 0) throw wrongUsage(`${file} holds no checkpoint`);
    return read;
  });
  return {
    checkpoints: reads.flatMap(({ checkpoints }) => checkpoints),
    faults: reads.flatMap(({ faults }) => faults),
  };
};

const withFaults = (verified: Verified, faults: readonly AuditFault[]): Verified => ({
  ...verified,
  faults: [...faults, ...verified.faults],
  faultCount: verified.faultCount + faults.length,
});

const verifyAll = async (asked: VerifyAsked, tell: Progress['tell']): Promise<readonly Verified[]> => {
  const given = asked.key === null ? null : keyOf(asked.key);
  if (asked.files.length === 0) {
    const verified = verifyDatabaseIn(asked.dataDir, {
      tell,
      key: given,
      keptFor: (key) => keptIn(asked.checkpoints, key),
    });
    return [verified];
  }
  if (given === null)
    throw wrongUsage(
      '--key is missing: a file is checked with the public key that you got by a way you trust',
    );
  const { checkpoints, faults } = keptIn(asked.checkpoints, given);
  const verified = await verifyFiles(asked.files, { key: given, kept: checkpoints, tell });
  return verified.map((one, index) => (index === 0 ? withFaults(one, faults) : one));
};

/**
 * `audit verify`: whether an export, proofs or a database are what the log says.
 * @throws CommandError where it is not told what to check, or that cannot be read
 */
export const auditVerifyCommand = async (asked: VerifyAsked, { style, tell }: Telling): Promise<Outcome> => {
  const verified = await verifyAll(asked, tell);
  const report = reportOf(verified);
  return outcomeOf(
    { ...report, exitCode: verified.some(({ faultCount }) => faultCount > 0) ? EXIT.fault : EXIT.ok },
    style,
  );
};
