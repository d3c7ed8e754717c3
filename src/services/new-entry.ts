import type { IdempotencyKey, NewEntry } from '../log/entry.js';
import type { Instant } from '../values/instant.js';
import type { JsonValue } from '../values/json.js';
import { entryTime, saltedPart } from './entries.js';
import type { Ports } from './ports.js';
import { lookupsOf } from './summaries.js';

/** What is to be written to the log: its parts as JSON, by their names. */
export type EntryContent = Pick<NewEntry, 'id' | 'organisation' | 'kind' | 'ruleSetHash' | 'idempotency'> & {
  readonly at: Instant;
  /** The client that asked for it, where one did. */
  readonly client?: string;
  readonly parts: Readonly<Record<string, JsonValue>>;
};

/** Stands for the rule-set version of entries that are about none. */
export const NO_RULE_SET = '0'.repeat(64);

/** The organisation of entries that belong to no organisation: the life of rule sets. */
export const SERVICE_ORGANISATION = 'service';

const requestPart = (key: IdempotencyKey | undefined): Readonly<Record<string, JsonValue>> => {
  if (key === undefined) return {};
  return { request: { client: key.client, path: key.path, key: key.key, bodyHash: key.bodyHash } };
};

/**
 * Makes an entry: each part as canonical text under a salt of its own, and all that it is found by. That follows from its parts `summary` and
 * `request` alone, which the log commits to.
 */
export const newEntry = (
  { at, parts, client, ...content }: EntryContent,
  { chance, subjectHash }: Pick<Ports, 'chance' | 'subjectHash'>,
): NewEntry => {
  const who = client === undefined ? {} : { client: { client } };
  const all = { ...parts, ...who, ...requestPart(content.idempotency) };
  const salted = Object.entries(all).map(([name, value]) => [name, saltedPart(value, chance)] as const);
  return {
    ...content,
    at: entryTime(at),
    parts: Object.fromEntries(salted),
    lookups: lookupsOf(content.kind, parts.summary ?? null, (subject) =>
      subjectHash(content.organisation, subject),
    ),
  };
};
