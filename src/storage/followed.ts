import { and, asc, eq, gt, gte, inArray, lt, lte, not, sql, type SQL } from 'drizzle-orm';
import { ERASABLE } from './erasable.js';
import { value, type Queries } from './queries.js';
import { logTable, payloadKeyTable, spanTable } from './schema.js';

/** Whether a time can lie in a block: that it does, its entries tell. */
const canHold = sql`(${spanTable.latest} >= ${value('from')} and ${spanTable.earliest} < ${value('to')})`;

const nextBlock = (db: Queries, condition: SQL) =>
  db
    .select({ block: spanTable.block })
    .from(spanTable)
    .where(and(gte(spanTable.block, value('block')), condition))
    .orderBy(asc(spanTable.block))
    .limit(1)
    .prepare();

const expired = (db: Queries) =>
  db
    .select({ position: logTable.position, organisation: logTable.organisation })
    .from(payloadKeyTable)
    // What is kept leads, and not the log: what was erased long ago is passed by nobody.
    .crossJoin(logTable)
    .where(
      and(
        gt(payloadKeyTable.position, value('after')),
        lte(payloadKeyTable.position, value('upTo')),
        eq(logTable.position, payloadKeyTable.position),
        lt(logTable.at, value('before')),
        inArray(logTable.kind, [...ERASABLE]),
      ),
    )
    .orderBy(asc(payloadKeyTable.position))
    .limit(value('limit'))
    .prepare();

/** The statements that follow what migration 0004 keeps, so that nobody passes through the log to where a time lies in it. */
export const following = (db: Queries) => ({
  blockIn: nextBlock(db, canHold),
  blockOut: nextBlock(db, not(canHold)),
  expired: expired(db),
});
