import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditVerifyCommand } from '../../src/cli/audit-verify-command.js';
import { writeInclusionProof } from '../../src/formats/audit/write-proof.js';
import { canonicalText } from '../../src/log/canonical.js';
import { writeVerifierKey } from '../../src/log/verifier-key.js';
import { proveEntry } from '../../src/services/prove.js';
import type { JsonObject } from '../../src/values/json.js';
import { madeLog } from '../support/made-log.js';
import { keyOf, signerNo } from '../support/note-signers.js';
import { whyNoPython } from '../support/python.js';
import { boundConnection, erasePayload, logOn, SIGNER, tempFolder } from '../support/sqlite.js';

const SCRIPT = 'examples/verify_proof.py';
const KEY = writeVerifierKey(keyOf(SIGNER));
const SIZE = 13;

const python = (file: string, key = KEY): readonly [number | null, string] => {
  const { status, stdout, stderr } = spawnSync('python3', [SCRIPT, file, key], { encoding: 'utf8' });
  return [status, stdout + stderr];
};

/** The exit code of `audit verify` on a file. */
const audited = async (file: string): Promise<number> => {
  const asked = { files: [file], key: KEY, checkpoints: [], dataDir: '' };
  return (await auditVerifyCommand(asked, { style: 'text', tell: () => undefined })).exitCode;
};

const fileOf = (text: string): string => {
  const file = join(tempFolder(), 'proof.json');
  writeFileSync(file, text);
  return file;
};

/** A log of some entries of every kind, the payload of one of which is gone. */
const log = (() => {
  const connection = boundConnection();
  return { made: madeLog(connection, SIZE).then(() => connection), on: logOn(connection) };
})();

const proofOf = async (position: number, size: number): Promise<JsonObject> => {
  await log.made;
  const [entry] = await log.on.slice({ after: position - 1, limit: 1, parts: null, ofWhom: null });
  if (entry === undefined) throw new Error('there is no such entry');
  const proven = await proveEntry(entry, size, { log: log.on, signer: SIGNER });
  if (proven.kind !== 'proven') throw new Error(proven.kind);
  return writeInclusionProof(proven.proof);
};

beforeEach((context) => {
  const why = whyNoPython();
  if (why !== null) context.skip(why);
});
