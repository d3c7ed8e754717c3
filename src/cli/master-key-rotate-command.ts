import { recordMasterKey, tidyChange, type MasterKeyChange } from '../services/master-key-events.js';
import type { Ports } from '../services/ports.js';
import { masterKeyFileIn } from '../storage/master-key-source.js';
import { ruleLibraryOf } from '../storage/rule-library.js';
import { serviceKeysUnder } from '../storage/service-keys.js';
import { masterTurn, type MasterTurn } from '../storage/turn-master-key.js';
import { CommandError, EXIT } from './exit-codes.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { errorOf } from './site-event.js';
import { masterKeySource, withKeyFiles } from './site-keys.js';
import { openSite, whereFree } from './site-log.js';

/** A master key is about no rule set: none is read. */
const NO_RULES = ruleLibraryOf([]);

const interrupted = (code: string, detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code, detail }]);

const takeSteps = (dataDir: string, { steps }: MasterTurn): void => {
  try {
    withKeyFiles(dataDir, () => {
      for (const step of steps) step();
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw interrupted(
      'rotation-interrupted',
      `${error.message}. The rotation stopped on its way, and \`master-key status\` says which master key opens the keys: keep both, and run it again`,
    );
  }
};

const recordDone = async (change: MasterKeyChange, ports: Ports): Promise<number> => {
  try {
    return await whereFree(() => recordMasterKey({ ...change, event: 'done' }, ports));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw interrupted(
      'rotation-not-recorded',
      `the keys are sealed by the master key ${change.to} alone now, but the log could not take the entry that says so`,
    );
  }
};

type Turned = { readonly turned: MasterTurn; readonly entries: readonly number[] };

/** The entry that tells of the change stands in the log before anything is changed: no change is ever without one. */
const turn = async (dataDir: string, by: string): Promise<Turned> => {
  const turned = withKeyFiles(dataDir, () =>
    masterTurn(dataDir, {
      present: masterKeySource('MASTER_KEY'),
      next: masterKeySource('NEXT_MASTER_KEY'),
    }),
  );
  const change = tidyChange({ before: turned.before, to: turned.to, by });
  if ('faults' in change) throw errorOf(change);
  const ports = openSite(dataDir, NO_RULES, () => serviceKeysUnder(dataDir, turned.masters));
  try {
    const begun = await whereFree(() => recordMasterKey({ ...change, event: 'begun' }, ports));
    takeSteps(dataDir, turned);
    return { turned, entries: [begun, await recordDone(change, ports)] };
  } finally {
    await ports.log.close();
  }
};

/**
 * `master-key rotate`: seals the keys of a service by another master key, whether it runs or not.
 * @throws CommandError where a master key cannot be had, the keys do not open, or the database or the folder cannot be written
 */
export const rotateMasterKeyCommand = async (dataDir: string, by: string, style: Style): Promise<Outcome> => {
  const { turned, entries } = await turn(dataDir, by);
  const where = turned.isInFolder
    ? `It lies in ${masterKeyFileIn(dataDir)}: whoever has that folder has the keys too.`
    : 'Let MASTER_KEY_FILE or MASTER_KEY_COMMAND of the service say it from its next start on.';
  const lines = [
    `The keys in ${dataDir} are sealed by the master key ${turned.to}, and by no other. Entries ${entries.join(' and ')} of the log say so.`,
    where,
    'Copies of payload.key and checkpoint.key that were made before are opened by the master key of before: make new ones.',
  ];
  const json = { before: turned.before, to: turned.to, entries };
  return outcomeOf({ lines, json, exitCode: EXIT.ok }, style);
};
