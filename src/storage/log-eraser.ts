import { inArray } from 'drizzle-orm';
import type { LookupName, NewEntry } from '../log/entry.js';
import { ERASABLE } from './erasable.js';
import { insertEntry, type WriterParts } from './log-writer.js';
import { idempotencyTable, lookupTable, payloadKeyTable, payloadTable } from './schema.js';
import type { Statements } from './statements.js';

/** So many entries are erased in one statement: SQLite takes no more values than that in one. */
const AT_ONCE = 500;

const assertErasable = ({ byPosition }: Statements, position: number, organisation: string): void => {
  const row = byPosition.get({ position });
  if (row?.organisation !== organisation || !ERASABLE.some((kind) => kind === row.kind))
    throw new RangeError(`entry ${String(position)} is none that can be erased`);
};

/** By these no entry is found but those of one patient. */
const OF_ONE_PATIENT: readonly string[] = [
  'subject',
  'intake-code',
  'card',
  'decision',
  'proceed',
  'defer',
  'decline',
] satisfies readonly LookupName[];

/** Bytes that are in the database for these entries alone, and must not be found in it any more once they are erased. */
export const tracesOf = ({ db }: Statements, positions: readonly number[]): readonly Buffer[] => {
  const at = [...positions];
  const keys = db.select().from(payloadKeyTable).where(inArray(payloadKeyTable.position, at)).all();
  const parts = db.select().from(payloadTable).where(inArray(payloadTable.position, at)).all();
  const lookups = db.select().from(lookupTable).where(inArray(lookupTable.position, at)).all();
  const requests = db.select().from(idempotencyTable).where(inArray(idempotencyTable.position, at)).all();
  return [
    ...[...keys, ...parts].map(({ sealed }) => sealed.subarray(0, 64)),
    ...lookups
      .filter(({ name }) => OF_ONE_PATIENT.includes(name))
      .map(({ name, value }) => Buffer.from(`${name}${value}`)),
    ...requests.map(({ key, bodyHash }) => Buffer.from(`${key}${bodyHash}`)),
  ];
};

const deleteRows = ({ db }: Statements, positions: readonly number[]): void => {
  for (let from = 0; from < positions.length; from += AT_ONCE) {
    const at = positions.slice(from, from + AT_ONCE);
    for (const table of [payloadTable, payloadKeyTable, lookupTable, idempotencyTable])
      db.delete(table).where(inArray(table.position, at)).run();
  }
};

/**
 * Erases the payloads of entries with their keys and all that they are found by, and appends the entry that says so. It must run inside a transaction.
 * @param position that of the entry which says so
 * @throws RangeError where one of the entries is of another organisation, or of a kind that is never erased
 */
export const eraseEntries = (
  writer: WriterParts,
  { entry, positions }: { readonly entry: NewEntry; readonly positions: readonly number[] },
  position: number,
): void => {
  for (const erased of positions) assertErasable(writer.statements, erased, entry.organisation);
  insertEntry(writer, entry, position);
  deleteRows(writer.statements, positions);
};
