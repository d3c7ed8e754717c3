import { and, asc, eq, exists, gte, gt, lt, not, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Lookup, LookupName } from '../log/entry.js';
import type { PageAsked } from '../services/ports.js';
import { logTable, lookupTable } from './schema.js';
import type { Queries } from './statements.js';

/** The lookup that leads through the log: entries are taken in its order. */
const lead = alias(lookupTable, 'lead');

/** A further lookup of the entry, or one of another entry about it. */
const further = alias(lookupTable, 'further');

const something = { one: sql`1` };

const alsoHas = (db: Queries, organisation: string, { name, value }: Lookup): SQL =>
  exists(
    db
      .select(something)
      .from(further)
      .where(
        and(
          eq(further.organisation, organisation),
          eq(further.name, name),
          eq(further.value, value),
          eq(further.position, lead.position),
        ),
      ),
  );

const isNamedBy = (db: Queries, organisation: string, name: LookupName): SQL =>
  exists(
    db
      .select(something)
      .from(further)
      .where(
        and(eq(further.organisation, organisation), eq(further.name, name), eq(further.value, logTable.id)),
      ),
  );

const conditionsOf = (db: Queries, asked: PageAsked): readonly (SQL | undefined)[] => {
  const { organisation, has, also, namedBy, notNamedBy, from, to } = asked;
  return [
    eq(lead.organisation, organisation),
    eq(lead.name, has.name),
    eq(lead.value, has.value),
    gt(lead.position, asked.after),
    ...also.map((lookup) => alsoHas(db, organisation, lookup)),
    namedBy === null ? undefined : isNamedBy(db, organisation, namedBy),
    notNamedBy === null ? undefined : not(isNamedBy(db, organisation, notNamedBy)),
    from === null ? undefined : gte(logTable.at, from),
    to === null ? undefined : lt(logTable.at, to),
  ];
};

/** The positions of the entries of a page, in the order of the log. */
export const positionsOnPage = (db: Queries, asked: PageAsked): readonly number[] =>
  db
    .select({ position: lead.position })
    .from(lead)
    .innerJoin(logTable, eq(logTable.position, lead.position))
    .where(and(...conditionsOf(db, asked)))
    .orderBy(asc(lead.position))
    .limit(asked.limit)
    .all()
    .map(({ position }) => position);
