import { newEntry, NO_RULE_SET, SERVICE_ORGANISATION } from './new-entry.js';
import { faultsOfName, tidyText } from './event-asked.js';
import type { Ports } from './ports.js';
import type { Declined } from './version-asked.js';

/** A change of the master key, by the ids of master keys, which tell nothing of them. */
export type MasterKeyChange = {
  /** What sealed each key of the service before, by the name of its file; none where it lay in plain. */
  readonly before: Readonly<Record<string, readonly string[]>>;
  /** What seals them afterwards. */
  readonly to: string;
  readonly by: string;
};

/** What is known of a change: that it is begun, and from then on either master key may open the keys; that it is done, and only the later one does. */
export type MasterKeyEvent = MasterKeyChange & { readonly event: 'begun' | 'done' };

/** What these events are recorded with. */
export type MasterKeyPorts = Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>;

const PART = 'master-key';

/** A change as it is recorded, or why it may not be. */
export const tidyChange = (asked: MasterKeyChange): MasterKeyChange | Declined => {
  const change = { ...asked, by: tidyText(asked.by) };
  const faults = faultsOfName(change.by);
  return faults.length === 0 ? change : { kind: 'unfit', faults };
};

/**
 * Records a change of the master key. One entry stands in the log before anything is changed, so that no change is without one, and another once it is
 * done; where that is missing, both master keys must be taken to open the keys.
 * @returns the position of the entry
 * @throws LogUnavailableError where it could not be made durable
 */
export const recordMasterKey = async (event: MasterKeyEvent, ports: MasterKeyPorts): Promise<number> => {
  const entry = newEntry(
    {
      id: ports.chance.newId(),
      at: ports.clock(),
      organisation: SERVICE_ORGANISATION,
      kind: 'master-key',
      ruleSetHash: NO_RULE_SET,
      parts: { [PART]: { ...event } },
    },
    ports,
  );
  const [placed] = await ports.log.append([entry]);
  if (placed === undefined) throw new RangeError('the log took an entry and gave it no place');
  return placed.position;
};
