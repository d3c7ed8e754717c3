import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** The database as queries are written for it. */
export type Queries = BetterSQLite3Database;

/** The place of a value in a prepared statement. */
export const value = (name: string) => sql.placeholder(name);
