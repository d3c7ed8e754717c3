import { addKey, faultsOfNames, type KeyPorts } from './change-keys.js';
import { faultsOfReason, tidyText, type AskedFault } from './event-asked.js';
import type { ApiKey } from './key-events.js';
import type { Declined } from './version-asked.js';

/** A key for an emergency, such as an identity provider that is down while a clinic must see what was decided. */
export type BreakGlassAsked = Pick<ApiKey, 'id' | 'hash' | 'organisation' | 'client'> & {
  /** For how many hours it counts. */
  readonly hours: number;
  readonly by: string;
  readonly reason: string;
};

const HOUR_MS = 3_600_000;

/** A day: an emergency that lasts longer is asked about anew. */
const MOST_HOURS = 24;

const isHours = (hours: number): boolean => Number.isFinite(hours) && hours > 0 && hours <= MOST_HOURS;

const faultsOf = (asked: BreakGlassAsked): readonly AskedFault[] => [
  ...faultsOfNames(asked),
  ...faultsOfReason(tidyText(asked.reason)),
  ...(isHours(asked.hours)
    ? []
    : [{ code: 'bad-hours', detail: `such a key counts for at most ${String(MOST_HOURS)} hours` }]),
];

/**
 * Makes a key with which the decisions of an organisation can be read for some hours, and nothing else. The log keeps with it who needed it and why, and tells of each reading by it that it was
 * one of these.
 * @returns the key, or what is wrong with what was asked
 * @throws LogUnavailableError where it could not be made durable
 */
export const breakGlass = async (asked: BreakGlassAsked, ports: KeyPorts): Promise<ApiKey | Declined> => {
  const faults = faultsOf(asked);
  if (faults.length > 0) return { kind: 'unfit', faults };
  const { id, hash, organisation, client, hours, by } = asked;
  const breakGlass = tidyText(asked.reason);
  const scopes = ['decisions:read'] as const;
  return addKey(
    { id, organisation, client, scopes, hash, breakGlass, lifetimeMs: hours * HOUR_MS, by },
    ports,
  );
};
