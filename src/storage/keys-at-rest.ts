import { join } from 'node:path';
import { READ_BY_OTHERS, readKeyFile } from './key-file.js';
import { MasterKeyError, type MasterKey } from './master-key.js';
import { DatabaseError } from './open-database.js';
import { isSealed, openSeal, readSeals, type Seal } from './sealed-key.js';

/** The file of the secret of which all keys of payloads and subjects come. */
export const SECRET_FILE = 'payload.key';

/** The file of the key that signs checkpoints. */
export const SIGNING_FILE = 'checkpoint.key';

/** The files of the keys of a service, all of which a master key seals. */
export const KEY_FILES = [SECRET_FILE, SIGNING_FILE] as const;

/** The name of such a file. */
export type KeyFileName = (typeof KEY_FILES)[number];

/** A key as it lies in a data folder: what master keys sealed; null where it lies in plain. */
export type KeyAtRest = {
  readonly file: string;
  readonly name: KeyFileName;
  readonly text: string;
  readonly seals: readonly Seal[] | null;
};

/** What is wrong with the file of a key, as an error of one line. */
export const keyFault = (file: string, what: string): DatabaseError =>
  new DatabaseError(`the key in ${file} ${what}`);

/**
 * Reads a key as it lies in a data folder, without opening it.
 * @throws DatabaseError where others can read it, or it is sealed and damaged; Error with a `code` where it cannot be read
 */
export const keyAtRest = (dataDir: string, name: KeyFileName): KeyAtRest => {
  const file = join(dataDir, name);
  const text = readKeyFile(file);
  if (text === null) throw keyFault(file, READ_BY_OTHERS);
  if (!isSealed(text)) return { file, name, text, seals: null };
  const seals = readSeals(text);
  if (seals === null)
    throw keyFault(
      file,
      'is damaged, or was sealed by a newer version of this service: put it back as it was',
    );
  return { file, name, text, seals };
};

const idsOf = (keys: readonly { readonly id: string }[]): string => keys.map(({ id }) => id).join(' or ');

const sealedByOther = (
  file: string,
  seals: readonly Seal[],
  masters: readonly MasterKey[],
): MasterKeyError => {
  const wanted = idsOf(seals.map(({ master }) => ({ id: master })));
  const mend =
    masters.length === 0
      ? 'none is given: put master.key back beside it, or set MASTER_KEY_FILE or MASTER_KEY_COMMAND'
      : `the one that is given is ${idsOf(masters)}: give the one that it was sealed by`;
  return new MasterKeyError(`the key in ${file} is sealed by the master key ${wanted}, and ${mend}`);
};

/**
 * Opens a key with one of these master keys. @returns the key as it would lie in plain
 * @throws MasterKeyError where it is sealed by another one, DatabaseError where what one of them sealed was changed
 */
export const openAtRest = ({ file, name, text, seals }: KeyAtRest, masters: readonly MasterKey[]): string => {
  if (seals === null) return text;
  const pairs = masters.flatMap((master) =>
    seals.filter((seal) => seal.master === master.id).map((seal) => ({ master, seal })),
  );
  if (pairs.length === 0) throw sealedByOther(file, seals, masters);
  for (const { master, seal } of pairs) {
    const plain = openSeal(master, name, seal);
    if (plain !== null) return plain;
  }
  throw keyFault(file, 'is damaged: put it back as it was');
};

/** By which master keys the keys of a service are sealed, file by file: ids, and none where one lies in plain. @throws as `keyAtRest` does */
export const sealingIn = (
  dataDir: string,
): readonly { readonly name: KeyFileName; readonly masters: readonly string[] }[] =>
  KEY_FILES.map((name) => keyAtRest(dataDir, name)).map(({ name, seals }) => ({
    name,
    masters: (seals ?? []).map(({ master }) => master),
  }));
