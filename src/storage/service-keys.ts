import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Nobody but the owner may read or write a key. */
const OWNER_ONLY = 0o600;

const OTHERS = 0o077;

const SECRET_PATTERN = /^[0-9a-f]{64}\n$/;

const fault = (file: string, what: string): DatabaseError => new DatabaseError(`the key in ${file} ${what}`);

/** Brings the names in a folder to the disk: a database whose key lost its name in a power cut is lost with it. */
const syncFolderOf = (file: string): void => {
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Writes a file whole or not at all, and never over another: it is written beside its place, brought to the disk, and then given its name,
 * which fails where it is taken.
 */
const writeNewFile = (file: string, text: string): void => {
  const beside = `${file}.${randomBytes(8).toString('hex')}`;
  const descriptor = openSync(beside, 'wx', OWNER_ONLY);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    linkSync(beside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(descriptor);
    rmSync(beside);
  }
  syncFolderOf(file);
};

const newSecret = (): string => `${randomBytes(32).toString('hex')}\n`;

const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const readKeyFile = (file: string): string => {
  if ((statSync(file).mode & OTHERS) !== 0)
    throw fault(file, 'can be read by others than its owner: chmod 600 it, and ask who may have read it');
  return readFileSync(file, 'utf8');
};

const readSecret = (file: string): Buffer => {
  const text = readKeyFile(file);
  if (!SECRET_PATTERN.test(text)) throw fault(file, 'is damaged: put it back as it was');
  return Buffer.from(text.trim(), 'hex');
};

const readSigningKey = (file: string): KeyObject => {
  const text = readKeyFile(file);
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // A text that is no key at all is told like a key of another kind.
  }
  throw fault(file, 'is no Ed25519 key: put it back as it was');
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
    writeNewFile(file, make());
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
