import type { Entry, NewEntry } from '../log/entry.js';
import type { Instant } from '../values/instant.js';
import { isScope, type Scope } from './access.js';
import { newEntry, NO_RULE_SET } from './new-entry.js';
import type { Ports } from './ports.js';

/** A key of a client, as it was made. The log keeps the hash of its text and never the text. */
export type ApiKey = {
  /** Visible in the text of the key, so that a key that was found somewhere can be told and revoked. */
  readonly id: string;
  readonly organisation: string;
  readonly client: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 (hex) of the text of the key. */
  readonly hash: string;
  /** RFC 3339, UTC: when it was made, and from when on it counts no more. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Why it was made, where that was an emergency. */
  readonly breakGlass?: string;
};

/** That a key counts no more, from a time on. */
export type Revocation = { readonly id: string; readonly from: string };

/** What the log tells of keys up to a position of it; -1 where it tells nothing. */
export type KeyEvents = {
  readonly upTo: number;
  readonly keys: readonly ApiKey[];
  readonly revocations: readonly Revocation[];
};

/** What is known before the log was asked. */
export const NO_KEYS: KeyEvents = { upTo: -1, keys: [], revocations: [] };

const KEY_PART = 'key';

type Event =
  | { readonly event: 'created'; readonly key: ApiKey }
  | { readonly event: 'revoked'; readonly revocation: Revocation };

/** What is read of a part is what was written into it: nothing else writes these events to the log. */
const parseEvent: (text: string) => Event & { readonly by: string } = JSON.parse;

/** A scope that this service does not know lets nobody in: it is left out. */
const withEvent = (known: KeyEvents, event: Event): KeyEvents =>
  event.event === 'created'
    ? { ...known, keys: [...known.keys, { ...event.key, scopes: event.key.scopes.filter(isScope) }] }
    : { ...known, revocations: [...known.revocations, event.revocation] };

/**
 * What is known where an event cannot be read: it may have taken back any key that was made before it, so none of those counts any more.
 * INVARIANT: that there were events stays known, so that a service never opens because they were lost.
 */
export const withoutKeys = (known: KeyEvents): KeyEvents => ({ ...known, keys: [] });

const withEntry = (known: KeyEvents, { position, parts }: Entry): KeyEvents => {
  const part = parts[KEY_PART];
  const next = part === undefined ? withoutKeys(known) : withEvent(known, parseEvent(part.body));
  return { ...next, upTo: position };
};

/** Adds what the log told. Where it was asked twice at the same time, nothing is added twice. */
export const withKeyEntries = (known: KeyEvents, entries: readonly Entry[]): KeyEvents =>
  entries.filter(({ position }) => position > known.upTo).reduce(withEntry, known);

/** From when on a key counts no more: its own end, or the earliest revocation. RFC 3339, UTC. */
export const endOf = ({ id, expiresAt }: ApiKey, { revocations }: KeyEvents): string =>
  [expiresAt, ...revocations.filter((revocation) => revocation.id === id).map(({ from }) => from)]
    .toSorted()
    .at(0) ?? expiresAt;

type KeyEntry = {
  readonly event: Event;
  readonly organisation: string;
  readonly at: Instant;
  readonly by: string;
};

/** The entry that tells of a key: who made it or took it back, and the hash of its text. */
export const keyEntry = (
  { event, organisation, at, by }: KeyEntry,
  ports: Pick<Ports, 'chance' | 'subjectHash'>,
): NewEntry =>
  newEntry(
    {
      id: ports.chance.newId(),
      at,
      organisation,
      kind: 'key',
      ruleSetHash: NO_RULE_SET,
      parts: { [KEY_PART]: { ...event, by } },
    },
    ports,
  );
