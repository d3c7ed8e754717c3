import { existsSync } from 'node:fs';
import { masterKeyFileIn, readMasterKeyFile } from './master-key-source.js';
import type { KeyAtRest } from './keys-at-rest.js';
import { MasterKeyError, newMasterKey, type MasterKey } from './master-key.js';

/** The master key that comes next, and whether it is yet to be put into the data folder. */
export type NextMasterKey = { readonly master: MasterKey; readonly isToBePut: boolean };

/** What it is chosen by: the keys as they lie, the master key of now, the one that was named, and whether the one of now lies in the folder. */
export type NextAsked = {
  readonly keys: readonly KeyAtRest[];
  readonly present: MasterKey | null;
  readonly named: MasterKey | null;
  readonly wasInFolder: boolean;
};

/** Where a master key lies that is to take the place of the one of the folder, until it does. */
export const nextFileIn = (dataDir: string): string => `${masterKeyFileIn(dataDir)}.next`;

const sealAlone = (keys: readonly KeyAtRest[], { id }: MasterKey): boolean =>
  keys.every(({ seals }) => seals?.length === 1 && seals[0]?.master === id);

const ofFolder = (dataDir: string): NextMasterKey => {
  const file = nextFileIn(dataDir);
  return { master: existsSync(file) ? readMasterKeyFile(file, file) : newMasterKey(), isToBePut: true };
};

const assertOther = ({ keys, present }: NextAsked, named: MasterKey): void => {
  if (present?.id === named.id && sealAlone(keys, named))
    throw new MasterKeyError(
      'the next master key is the one that seals the keys already, so there is nothing to rotate: make another with `master-key make`',
    );
};

/**
 * Which master key comes next: the one that was named. Where none was, an interrupted change is brought to its end, and keys that lie in plain are sealed by
 * the master key of now; else a new one is made for the data folder, where the one of now lies.
 * @throws MasterKeyError where it is the one of now, or has to be named
 */
export const nextMasterKey = (dataDir: string, asked: NextAsked): NextMasterKey => {
  const { keys, present, named, wasInFolder } = asked;
  if (named !== null) {
    assertOther(asked, named);
    return { master: named, isToBePut: false };
  }
  if (wasInFolder && existsSync(nextFileIn(dataDir))) return ofFolder(dataDir);
  if (present !== null && !sealAlone(keys, present)) return { master: present, isToBePut: false };
  if (wasInFolder) return ofFolder(dataDir);
  throw new MasterKeyError(
    'the keys are sealed by the master key of now alone, and the next one must be named, for that of now comes from a setting: set NEXT_MASTER_KEY_FILE or NEXT_MASTER_KEY_COMMAND',
  );
};
