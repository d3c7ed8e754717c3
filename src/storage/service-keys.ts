import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, parseSigningKey, writeKeyFile } from './key-file.js';
import {
  KEY_FILES,
  keyAtRest,
  keyFault,
  openAtRest,
  SECRET_FILE,
  SIGNING_FILE,
  type KeyFileName,
} from './keys-at-rest.js';
import {
  masterKeyFileIn,
  masterKeyOf,
  readMasterKeyFile,
  type MasterKeySource,
} from './master-key-source.js';
import { masterKeyText, newMasterKey, type MasterKey } from './master-key.js';
import { DatabaseError, type KeyChecks } from './open-database.js';
import { sealKey, writeSeals } from './sealed-key.js';
import { vaultUnder } from './vault.js';

/** The keys of a service, which lie beside its database. */
export type ServiceKeys = {
  /** 32 random bytes: of these come the key of all data keys, and that of the keyed hashes of subjects. */
  readonly secret: Buffer;
  /** Ed25519: signs checkpoints. */
  readonly signing: KeyObject;
};

const SECRET_PATTERN = /^[0-9a-f]{64}\n$/;

const NEW_KEYS: Readonly<Record<KeyFileName, () => string>> = {
  [SECRET_FILE]: () => `${randomBytes(32).toString('hex')}\n`,
  [SIGNING_FILE]: newSigningKey,
};

const secretIn = (text: string, file: string): Buffer => {
  if (!SECRET_PATTERN.test(text)) throw keyFault(file, 'is damaged: put it back as it was');
  return Buffer.from(text.trim(), 'hex');
};

const signingKeyIn = (text: string, file: string): KeyObject => {
  const key = parseSigningKey(text);
  if (key === null) throw keyFault(file, 'is no Ed25519 key: put it back as it was');
  return key;
};

/** How every SQLite database begins. An empty file is one that has nothing yet. */
const BEGINNING = 'SQLite format 3\0';

const beginningOf = (file: string): string => {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(BEGINNING.length);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
};

/** Of a file that is no database at all, its missing keys are not what is wrong. */
const refuseNoDatabase = (file: string): void => {
  const beginning = beginningOf(file);
  if (beginning !== '' && beginning !== BEGINNING) throw new DatabaseError('file is not a database');
};

/** Whether both keys of a service lie in a data folder. */
export const hasServiceKeys = (dataDir: string): boolean =>
  KEY_FILES.every((name) => existsSync(join(dataDir, name)));

/**
 * The keys that lie in a data folder, opened with whichever of these master keys sealed them.
 * @throws DatabaseError where one is missing, damaged, or can be read by others; MasterKeyError where another master key sealed it
 */
export const serviceKeysUnder = (dataDir: string, masters: readonly MasterKey[]): ServiceKeys => {
  const [secret, signing] = [keyAtRest(dataDir, SECRET_FILE), keyAtRest(dataDir, SIGNING_FILE)];
  return {
    secret: secretIn(openAtRest(secret, masters), secret.file),
    signing: signingKeyIn(openAtRest(signing, masters), signing.file),
  };
};

/** Makes a master key in the folder. Where another process was faster, it is that one's key that both have. */
const newMasterKeyIn = (dataDir: string): MasterKey => {
  const file = masterKeyFileIn(dataDir);
  writeKeyFile(file, `${masterKeyText(newMasterKey())}\n`);
  return readMasterKeyFile(file, file);
};

const assertMayBeMade = (missing: readonly string[], databaseFile: string): void => {
  const [file] = missing;
  if (file === undefined || !existsSync(databaseFile)) return;
  refuseNoDatabase(databaseFile);
  throw keyFault(file, 'is gone, and the database cannot be used without it: put it back');
};

/**
 * The keys in a data folder. Where there is no database yet they are made, readable by their owner only, and sealed by the master key that is given, or by
 * one that is made beside them; a database without its keys is of no use to anyone, so they are never made beside one.
 * @throws DatabaseError where one is missing, damaged, or can be read by others; MasterKeyError where they do not open with the master key
 */
export const openServiceKeys = (
  dataDir: string,
  databaseFile: string,
  source: MasterKeySource | null,
): ServiceKeys => {
  const missing = KEY_FILES.filter((name) => !existsSync(join(dataDir, name)));
  assertMayBeMade(
    missing.map((name) => join(dataDir, name)),
    databaseFile,
  );
  const given = masterKeyOf(dataDir, source);
  const masters = given === null ? [] : [given];
  // Before anything is made beside them: keys that do not open must stay the only ones in their folder.
  for (const name of KEY_FILES) if (!missing.includes(name)) openAtRest(keyAtRest(dataDir, name), masters);
  if (missing.length === 0) return serviceKeysUnder(dataDir, masters);
  const master = given ?? newMasterKeyIn(dataDir);
  for (const name of missing)
    writeKeyFile(join(dataDir, name), writeSeals([sealKey(master, name, NEW_KEYS[name]())]));
  return serviceKeysUnder(dataDir, [master]);
};

/** By what a database knows the keys of a service. They tell nothing of what is secret. */
export const checksOf = ({ secret, signing }: ServiceKeys): KeyChecks => {
  const publicKey = createPublicKey(signing).export({ type: 'spki', format: 'der' });
  return {
    payload: vaultUnder(secret).check,
    checkpoint: createHash('sha256').update(publicKey).digest('hex'),
  };
};
