import { and, asc, eq, gt, max, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Connection } from './open-database.js';
import { idempotencyTable, logTable, lookupTable, payloadTable } from './schema.js';

const value = (name: string) => sql.placeholder(name);

const writing = (db: ReturnType<typeof drizzle>) => ({
  lastPosition: db
    .select({ last: max(logTable.position) })
    .from(logTable)
    .prepare(),
  insertEntry: db
    .insert(logTable)
    .values({
      position: value('position'),
      id: value('id'),
      at: value('at'),
      organisation: value('organisation'),
      kind: value('kind'),
      ruleSetHash: value('ruleSetHash'),
      commitments: value('commitments'),
    })
    .prepare(),
  insertPart: db
    .insert(payloadTable)
    .values({ position: value('position'), part: value('part'), salt: value('salt'), body: value('body') })
    .prepare(),
  insertKey: db
    .insert(idempotencyTable)
    .values({
      organisation: value('organisation'),
      client: value('client'),
      path: value('path'),
      key: value('key'),
      bodyHash: value('bodyHash'),
      position: value('position'),
    })
    .prepare(),
  insertLookup: db
    .insert(lookupTable)
    .values({ name: value('name'), value: value('value'), position: value('position') })
    .prepare(),
});

const reading = (db: ReturnType<typeof drizzle>) => ({
  byId: db
    .select()
    .from(logTable)
    .where(eq(logTable.id, value('id')))
    .prepare(),
  byPosition: db
    .select()
    .from(logTable)
    .where(eq(logTable.position, value('position')))
    .prepare(),
  byKindAfter: db
    .select()
    .from(logTable)
    .where(and(eq(logTable.kind, value('kind')), gt(logTable.position, value('position'))))
    .orderBy(asc(logTable.position))
    .prepare(),
  lastOfKind: db
    .select({ last: max(logTable.position) })
    .from(logTable)
    .where(eq(logTable.kind, value('kind')))
    .prepare(),
  positionsOf: db
    .select({ position: lookupTable.position })
    .from(lookupTable)
    .where(and(eq(lookupTable.name, value('name')), eq(lookupTable.value, value('value'))))
    .orderBy(asc(lookupTable.position))
    .prepare(),
  partsAt: db
    .select()
    .from(payloadTable)
    .where(eq(payloadTable.position, value('position')))
    .prepare(),
  keyIn: db
    .select()
    .from(idempotencyTable)
    .where(
      and(
        eq(idempotencyTable.organisation, value('organisation')),
        eq(idempotencyTable.client, value('client')),
        eq(idempotencyTable.path, value('path')),
        eq(idempotencyTable.key, value('key')),
      ),
    )
    .prepare(),
});

/** Every statement on the log, prepared once for a connection. */
export const prepareStatements = (connection: Connection) => {
  const db = drizzle(connection);
  return { ...writing(db), ...reading(db) };
};

/** The prepared statements of a connection. */
export type Statements = ReturnType<typeof prepareStatements>;
