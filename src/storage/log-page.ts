import { sql, type SQL } from 'drizzle-orm';
import type { PageAsked, Trait } from '../services/ports.js';
import { partsOfTime, type Part } from './log-time.js';
import { logTable, lookupTable, outcomeTable } from './schema.js';
import type { Statements } from './statements.js';

/** The names that a table has in the query of a page: one leads through the log, so that entries are taken in its order. */
type Role = 'lead' | 'further';

const tableOf = ({ name }: Trait): SQL => sql`${name === 'resolution' ? outcomeTable : lookupTable}`;

const matches = (role: Role, organisation: string, { name, value }: Trait): SQL => {
  const row = sql.identifier(role);
  return name === 'resolution'
    ? sql`${row}.organisation = ${organisation} and ${row}.choice = ${value}`
    : sql`${row}.organisation = ${organisation} and ${row}.name = ${name} and ${row}.value = ${value}`;
};

const alsoHas = (organisation: string, trait: Trait): SQL =>
  sql`exists (select 1 from ${tableOf(trait)} as further where ${matches('further', organisation, trait)} and further.position = lead.position)`;

const inTime = ({ from, to }: Pick<PageAsked, 'from' | 'to'>): readonly SQL[] => [
  ...(from === null ? [] : [sql`${logTable.at} >= ${from}`]),
  ...(to === null ? [] : [sql`${logTable.at} < ${to}`]),
];

/** The query of a page within a part of the log. The join is written so that the lead always comes first: no plan sorts or reads what the page is not of. */
const queryOf = (asked: PageAsked, { after, upTo }: Part): SQL => {
  const { organisation, has, also, limit } = asked;
  const conditions = [
    matches('lead', organisation, has),
    sql`lead.position > ${after} and lead.position <= ${upTo}`,
    ...also.map((trait) => alsoHas(organisation, trait)),
    ...inTime(asked),
  ];
  return sql`select lead.position as position from ${tableOf(has)} as lead cross join ${logTable} on ${logTable.position} = lead.position where ${sql.join(conditions, sql` and `)} order by lead.position limit ${limit}`;
};

/** The parts of the log in which a page can lie. */
const partsOf = (statements: Statements, asked: PageAsked): Iterable<Part> =>
  asked.from === null && asked.to === null
    ? [{ after: asked.after, upTo: Number.MAX_SAFE_INTEGER }]
    : partsOfTime(statements, asked);

/** The positions of the entries of a page, in the order of the log. */
export const positionsOnPage = (statements: Statements, asked: PageAsked): readonly number[] => {
  const found: number[] = [];
  for (const part of partsOf(statements, asked)) {
    const limit = asked.limit - found.length;
    const rows = statements.db.all<{ readonly position: number }>(queryOf({ ...asked, limit }, part));
    found.push(...rows.map(({ position }) => position));
    if (found.length >= asked.limit) break;
  }
  return found;
};
