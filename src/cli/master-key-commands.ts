import { KEY_FILES, keyAtRest, openAtRest, type KeyAtRest } from '../storage/keys-at-rest.js';
import { masterKeyFileIn, masterKeyOf } from '../storage/master-key-source.js';
import { MasterKeyError, masterKeyText, newMasterKey, type MasterKey } from '../storage/master-key.js';
import { EXIT } from './exit-codes.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { masterKeySource, withKeyFiles } from './site-keys.js';

/** `master-key make`: a new master key and nothing else, so that it can be piped to where it is kept. */
export const makeMasterKeyCommand = (): Outcome => ({
  lines: [masterKeyText(newMasterKey())],
  exitCode: EXIT.ok,
});

type Status = { readonly keys: readonly KeyAtRest[]; readonly master: MasterKey | null };

const mastersOf = ({ seals }: KeyAtRest): readonly string[] => (seals ?? []).map(({ master }) => master);

const opens = (key: KeyAtRest, { master }: Status): boolean => {
  try {
    openAtRest(key, master === null ? [] : [master]);
    return true;
  } catch (error) {
    if (error instanceof MasterKeyError) return false;
    throw error;
  }
};

const keyLine = (key: KeyAtRest): string =>
  key.seals === null
    ? `${key.name} lies in plain: \`master-key rotate\` seals it`
    : `${key.name} is sealed by ${mastersOf(key).join(' and by ')}`;

/** `master-key status`: what seals what, by ids that tell nothing of the keys. @throws CommandError where the keys or the master key cannot be read */
export const masterKeyStatusCommand = (dataDir: string, style: Style): Outcome => {
  const source = withKeyFiles(dataDir, () => masterKeySource('MASTER_KEY'));
  const status = withKeyFiles(dataDir, () => ({
    master: masterKeyOf(dataDir, source),
    keys: KEY_FILES.map((name) => keyAtRest(dataDir, name)),
  }));
  const doOpen = withKeyFiles(dataDir, () => status.keys.every((key) => opens(key, status)));
  const from = source?.setting ?? masterKeyFileIn(dataDir);
  const masterLine =
    status.master === null
      ? 'No master key is given.'
      : `The master key of ${from} is ${status.master.id}, which ${doOpen ? 'opens both' : 'does not open both'}.`;
  const json = {
    keys: status.keys.map((key) => ({ name: key.name, sealedBy: mastersOf(key) })),
    master: status.master?.id ?? null,
    opens: doOpen,
  };
  const exitCode = doOpen ? EXIT.ok : EXIT.fault;
  return outcomeOf({ lines: [...status.keys.map(keyLine), masterLine], json, exitCode }, style);
};
