import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, parseSigningKey, READ_BY_OTHERS, readKeyFile, writeKeyFile } from './key-file.js';
import { DatabaseError, type KeyChecks } from './open-database.js';
import { vaultUnder } from './vault.js';

/** The keys of a service, which lie beside its database. */
export type ServiceKeys = {
  /** 32 random bytes: of these come the key of all data keys, and that of the keyed hashes of subjects. */
  readonly secret: Buffer;
  /** Ed25519: signs checkpoints. */
  readonly signing: KeyObject;
};

const SECRET_FILE = 'payload.key';

const SIGNING_FILE = 'checkpoint.key';

const SECRET_PATTERN = /^[0-9a-f]{64}\n$/;

const fault = (file: string, what: string): DatabaseError => new DatabaseError(`the key in ${file} ${what}`);

const newSecret = (): string => `${randomBytes(32).toString('hex')}\n`;

const readKey = (file: string): string => {
  const text = readKeyFile(file);
  if (text === null) throw fault(file, READ_BY_OTHERS);
  return text;
};

const readSecret = (file: string): Buffer => {
  const text = readKey(file);
  if (!SECRET_PATTERN.test(text)) throw fault(file, 'is damaged: put it back as it was');
  return Buffer.from(text.trim(), 'hex');
};

const readSigningKey = (file: string): KeyObject => {
  const key = parseSigningKey(readKey(file));
  if (key === null) throw fault(file, 'is no Ed25519 key: put it back as it was');
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
  [SECRET_FILE, SIGNING_FILE].every((name) => existsSync(join(dataDir, name)));

/**
 * The keys in a data folder. Where there is no database yet they are made, readable by their owner only; a database without its keys is of no
 * use to anyone, so they are never made beside one.
 * @throws DatabaseError where one is missing, damaged, or can be read by others
 */
export const openServiceKeys = (dataDir: string, databaseFile: string): ServiceKeys => {
  const [secretFile, signingFile] = [join(dataDir, SECRET_FILE), join(dataDir, SIGNING_FILE)];
  const isNew = !existsSync(databaseFile);
  for (const [file, make] of [
    [secretFile, newSecret],
    [signingFile, newSigningKey],
  ] as const) {
    if (existsSync(file)) continue;
    if (!isNew) refuseNoDatabase(databaseFile);
    if (!isNew) throw fault(file, 'is gone, and the database cannot be used without it: put it back');
    // Where another process was faster, it is that one's key that both have.
    writeKeyFile(file, make());
  }
  return { secret: readSecret(secretFile), signing: readSigningKey(signingFile) };
};

/** By what a database knows the keys of a service. They tell nothing of what is secret. */
export const checksOf = ({ secret, signing }: ServiceKeys): KeyChecks => {
  const publicKey = createPublicKey(signing).export({ type: 'spki', format: 'der' });
  return {
    payload: vaultUnder(secret).check,
    checkpoint: createHash('sha256').update(publicKey).digest('hex'),
  };
};
