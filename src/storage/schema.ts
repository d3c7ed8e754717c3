import { ENTRY_KINDS } from '../log/entry.js';
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The log as migration 0001 makes it: append-only, commitments only. */
export const logTable = sqliteTable('log', {
  position: integer().primaryKey(),
  id: text().notNull(),
  at: text().notNull(),
  organisation: text().notNull(),
  kind: text({ enum: ENTRY_KINDS }).notNull(),
  ruleSetHash: text('rule_set_hash').notNull(),
  commitments: text().notNull(),
});

/** The complete subtrees of the Merkle tree over the log. */
export const treeTable = sqliteTable(
  'tree',
  {
    level: integer().notNull(),
    place: integer().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.place] })],
);

/** The data key of the payload of an entry, sealed. */
export const payloadKeyTable = sqliteTable('payload_key', {
  position: integer().primaryKey(),
  sealed: blob({ mode: 'buffer' }).notNull(),
});

/** What the commitments of the log are to, sealed: one row a part of an entry. */
export const payloadTable = sqliteTable(
  'payload',
  {
    position: integer().notNull(),
    part: text().notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.position, table.part] })],
);

/** Which entry was made under an idempotency key. */
export const idempotencyTable = sqliteTable(
  'idempotency',
  {
    organisation: text().notNull(),
    client: text().notNull(),
    path: text().notNull(),
    key: text().notNull(),
    bodyHash: text('body_hash').notNull(),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisation, table.client, table.path, table.key] })],
);

/** By what an entry is found beside its id. */
export const lookupTable = sqliteTable(
  'lookup',
  {
    organisation: text().notNull(),
    name: text().notNull(),
    value: text().notNull(),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisation, table.name, table.value, table.position] })],
);

/** The first and the last time in each block of entries, as migration 0004 keeps them. */
export const spanTable = sqliteTable('span', {
  block: integer().primaryKey(),
  earliest: text().notNull(),
  latest: text().notNull(),
});

/** What clinicians decided on each decision: `none` while there is no resolution of it, else each choice that was made. */
export const outcomeTable = sqliteTable(
  'outcome',
  {
    organisation: text().notNull(),
    choice: text().notNull(),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisation, table.choice, table.position] })],
);
