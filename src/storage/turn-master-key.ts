import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyFile, renameKeyFile, replaceKeyFile, writeKeyFile } from './key-file.js';
import { KEY_FILES, keyAtRest, openAtRest, type KeyAtRest, type KeyFileName } from './keys-at-rest.js';
import { masterKeyFileIn, masterKeyOf, readMasterKey, type MasterKeySource } from './master-key-source.js';
import { nextFileIn, nextMasterKey, type NextMasterKey } from './next-master-key.js';
import { MasterKeyError, masterKeyText, parseMasterKey, type MasterKey } from './master-key.js';
import { openSeal, sealKey, writeSeals, type Seal } from './sealed-key.js';

/*
 * How one master key takes the place of another. First each key is sealed by both; then the new master key takes its place, where it lies in the folder;
 * then each key is sealed by the new one alone. Every step changes one file, from one moment to the next.
 * INVARIANT: after each step there is one master key that opens everything: the old one before the third part, the new one from there on.
 */

/** Where the master key of now and the next one come from; null where no setting says so. */
export type TurnAsked = { readonly present: MasterKeySource | null; readonly next: MasterKeySource | null };

/** A change of the master key that is ready to be made. */
export type MasterTurn = {
  /** The ids of the master keys that sealed each file before; none where it lies in plain. */
  readonly before: Readonly<Record<string, readonly string[]>>;
  /** The id of the master key that seals them afterwards. */
  readonly to: string;
  /** Whether that one lies in the data folder then. */
  readonly isInFolder: boolean;
  /** The master keys that open the keys, wherever an earlier change was interrupted. */
  readonly masters: readonly MasterKey[];
  /** What is to be done, in this order. Each step can fail and leaves a folder that opens; then the whole change can be asked for again. */
  readonly steps: readonly (() => void)[];
};

/** What is left of a file that was written beside its place when the machine stopped. */
const LEFT_BEHIND = /^(?:payload[.]key|checkpoint[.]key|master[.]key(?:[.]next)?)[.][0-9a-f]{16}$/;

type Turning = {
  readonly dataDir: string;
  readonly next: NextMasterKey;
  readonly masters: readonly MasterKey[];
  /** Whether the master key of before lay in the folder. */
  readonly wasInFolder: boolean;
};

const keepNext = ({ dataDir, next: { master, isToBePut } }: Turning): void => {
  if (!isToBePut) return;
  const file = nextFileIn(dataDir);
  writeKeyFile(file, `${masterKeyText(master)}\n`);
  const kept = readKeyFile(file);
  if (kept === null || parseMasterKey(kept)?.id !== master.id)
    throw new MasterKeyError(`${file} is not the key that was put there: another rotation runs`);
};

/** @throws MasterKeyError where it would not open again: then nothing is written */
const sealAnew = (key: KeyAtRest, { next: { master }, masters }: Turning): Seal => {
  const plain = openAtRest(key, masters);
  const seal = sealKey(master, key.name, plain);
  if (openSeal(master, key.name, seal) !== plain)
    throw new MasterKeyError(`what was sealed for ${key.file} does not open again: nothing was changed`);
  return seal;
};

const sealByBoth = (name: KeyFileName, turning: Turning): void => {
  const key = keyAtRest(turning.dataDir, name);
  if (key.seals === null) return;
  const others = key.seals.filter(({ master }) => master !== turning.next.master.id);
  replaceKeyFile(key.file, writeSeals([...others, sealAnew(key, turning)]));
};

const putInPlace = ({ dataDir, next: { isToBePut } }: Turning): void => {
  if (isToBePut) renameKeyFile(nextFileIn(dataDir), masterKeyFileIn(dataDir));
};

const sealByNextAlone = (name: KeyFileName, turning: Turning): void => {
  const key = keyAtRest(turning.dataDir, name);
  replaceKeyFile(key.file, writeSeals([sealAnew(key, turning)]));
};

const removeOther = (file: string, { id }: MasterKey): void => {
  const text = existsSync(file) ? readKeyFile(file) : null;
  const key = text === null ? null : parseMasterKey(text);
  if (key !== null && key.id !== id) rmSync(file);
};

/** Removes master keys of the folder that seal nothing any more, and what interrupted changes left behind. */
const tidy = ({ dataDir, next: { master }, wasInFolder }: Turning): void => {
  if (wasInFolder) removeOther(masterKeyFileIn(dataDir), master);
  removeOther(nextFileIn(dataDir), master);
  for (const name of readdirSync(dataDir)) if (LEFT_BEHIND.test(name)) rmSync(join(dataDir, name));
};

const stepsOf = (turning: Turning): MasterTurn['steps'] => [
  () => {
    keepNext(turning);
  },
  ...KEY_FILES.map((name) => () => {
    sealByBoth(name, turning);
  }),
  () => {
    putInPlace(turning);
  },
  ...KEY_FILES.map((name) => () => {
    sealByNextAlone(name, turning);
  }),
  () => {
    tidy(turning);
  },
];

/**
 * Gets a change of the master key of a data folder ready: nothing is changed yet. It goes on from wherever an earlier one was interrupted.
 * @throws MasterKeyError where a master key cannot be had, the keys do not open with it, or there is nothing to change; DatabaseError where a key is damaged
 */
export const masterTurn = (dataDir: string, asked: TurnAsked): MasterTurn => {
  const present = masterKeyOf(dataDir, asked.present);
  const named = asked.next === null ? null : readMasterKey(asked.next);
  const keys = KEY_FILES.map((name) => keyAtRest(dataDir, name));
  const wasInFolder = asked.present === null;
  const next = nextMasterKey(dataDir, { keys, present, named, wasInFolder });
  const masters = [present, next.master].filter((master) => master !== null);
  for (const key of keys) openAtRest(key, masters);
  return {
    before: Object.fromEntries(
      keys.map(({ name, seals }) => [name, (seals ?? []).map(({ master }) => master)]),
    ),
    to: next.master.id,
    isInFolder: named === null && wasInFolder,
    masters,
    steps: stepsOf({ dataDir, next, masters, wasInFolder }),
  };
};
