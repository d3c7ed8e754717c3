import { and, asc, eq, gt, max, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { following } from './followed.js';
import type { Connection } from './open-database.js';
import { value, type Queries } from './queries.js';
import {
  idempotencyTable,
  logTable,
  lookupTable,
  payloadKeyTable,
  payloadTable,
  treeTable,
} from './schema.js';

const writing = (db: Queries) => ({
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
  insertNode: db
    .insert(treeTable)
    .values({ level: value('level'), place: value('place'), hash: value('hash') })
    .prepare(),
  insertPayloadKey: db
    .insert(payloadKeyTable)
    .values({ position: value('position'), sealed: value('sealed') })
    .prepare(),
  insertPart: db
    .insert(payloadTable)
    .values({ position: value('position'), part: value('part'), sealed: value('sealed') })
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
    .values({
      organisation: value('organisation'),
      name: value('name'),
      value: value('value'),
      position: value('position'),
    })
    .prepare(),
});

const finding = (db: Queries) => ({
  lastPosition: db
    .select({ last: max(logTable.position) })
    .from(logTable)
    .prepare(),
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
  after: db
    .select()
    .from(logTable)
    .where(gt(logTable.position, value('position')))
    .orderBy(asc(logTable.position))
    .limit(value('limit'))
    .prepare(),
  ofKindAfter: db
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
});

const reading = (db: Queries) => ({
  nodeAt: db
    .select({ hash: treeTable.hash })
    .from(treeTable)
    .where(and(eq(treeTable.level, value('level')), eq(treeTable.place, value('place'))))
    .prepare(),
  positionsOf: db
    .select({ position: lookupTable.position })
    .from(lookupTable)
    .where(
      and(
        eq(lookupTable.organisation, value('organisation')),
        eq(lookupTable.name, value('name')),
        eq(lookupTable.value, value('value')),
      ),
    )
    .orderBy(asc(lookupTable.position))
    .prepare(),
  positionsOfCode: db
    .select({ position: lookupTable.position })
    .from(lookupTable)
    // A literal, so that the partial index is seen to fit.
    .where(and(eq(lookupTable.name, sql`'intake-code'`), eq(lookupTable.value, value('value'))))
    .orderBy(asc(lookupTable.position))
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

const opening = (db: Queries) => ({
  payloadKeyAt: db
    .select()
    .from(payloadKeyTable)
    .where(eq(payloadKeyTable.position, value('position')))
    .prepare(),
  partsAt: db
    .select()
    .from(payloadTable)
    .where(eq(payloadTable.position, value('position')))
    .prepare(),
  partAt: db
    .select()
    .from(payloadTable)
    .where(and(eq(payloadTable.position, value('position')), eq(payloadTable.part, value('part'))))
    .prepare(),
});

/** Every statement on the log that is asked often, prepared once for a connection; and the way to write others. */
export const prepareStatements = (connection: Connection) => {
  const db = drizzle(connection);
  return { db, ...writing(db), ...finding(db), ...reading(db), ...opening(db), ...following(db) };
};

/** The prepared statements of a connection. */
export type Statements = ReturnType<typeof prepareStatements>;
