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

const eventIn = ({ parts }: Entry): readonly Event[] => {
  const part = parts[KEY_PART];
  return part === undefined ? [] : [parseEvent(part.body)];
};

/** A scope that this service does not know lets nobody in: it is left out. */
const keyOf = (event: Event): readonly ApiKey[] =>
  event.event === 'created' ? [{ ...event.key, scopes: event.key.scopes.filter(isScope) }] : [];

/** Adds what the log told. Where it was asked twice at the same time, nothing is added twice. */
export const withKeyEntries = (known: KeyEvents, entries: readonly Entry[]): KeyEvents => {
  const later = entries.filter(({ position }) => position > known.upTo);
  const events = later.flatMap(eventIn);
  return {
    upTo: later.at(-1)?.position ?? known.upTo,
    keys: [...known.keys, ...events.flatMap(keyOf)],
    revocations: [
      ...known.revocations,
      ...events.flatMap((event) => (event.event === 'revoked' ? [event.revocation] : [])),
    ],
  };
};

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
