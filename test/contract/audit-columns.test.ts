import { beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/storage/open-database.js';
import { audit, firstOf, tampered, tamperedLog } from '../support/tampered.js';

const COUNT = 200;

let connection: Connection;

beforeAll(async () => {
  connection = await tamperedLog(COUNT);
});

/** SQL that makes another value of a column, and the position of the entry that no longer fits. */
type Column = readonly [table: string, column: string, other: string, position: string];

const OWN = 'position';
const OTHER_TEXT = (column: string): string => `'x' || substr(${column}, 2)`;
const OTHER_HASH = (column: string): string =>
  `CASE WHEN substr(${column}, 1, 1) = '0' THEN '1' ELSE '0' END || substr(${column}, 2)`;
const OTHER_BYTES = (column: string): string =>
  `CAST(substr(${column}, 1, 20) || CASE hex(substr(${column}, 21, 1)) WHEN '00' THEN x'01' ELSE x'00' END || substr(${column}, 22) AS BLOB)`;
const UNDER = '((place + 1) << level) - 1';

const COLUMNS: readonly Column[] = [
  ['log', 'position', 'position + 1000', OWN],
  ['log', 'id', OTHER_TEXT('id'), OWN],
  ['log', 'at', `'2020' || substr(at, 5)`, OWN],
  ['log', 'organisation', `'other'`, OWN],
  ['log', 'kind', `CASE kind WHEN 'decision' THEN 'intake' ELSE 'decision' END`, OWN],
  ['log', 'rule_set_hash', OTHER_HASH('rule_set_hash'), OWN],
  ['log', 'commitments', `replace(commitments, '"summary":', '"summary": ')`, OWN],
  [
    'log',
    'commitments',
    `json_set(commitments, '$.summary', ${OTHER_HASH("(commitments ->> '$.summary')")})`,
    OWN,
  ],
  ['tree', 'level', 'level + 60', UNDER],
  ['tree', 'place', 'place + 1000', UNDER],
  ['tree', 'hash', OTHER_HASH('hash'), UNDER],
  ['payload_key', 'position', 'position + 1000', OWN],
  ['payload_key', 'sealed', OTHER_BYTES('sealed'), OWN],
  ['payload', 'position', 'position + 1000', OWN],
  ['payload', 'part', OTHER_TEXT('part'), OWN],
  ['payload', 'sealed', OTHER_BYTES('sealed'), OWN],
  ['idempotency', 'organisation', `'other'`, OWN],
  ['idempotency', 'client', `'other'`, OWN],
  ['idempotency', 'path', `'/other'`, OWN],
  ['idempotency', 'key', OTHER_TEXT('key'), OWN],
  ['idempotency', 'body_hash', OTHER_HASH('body_hash'), OWN],
  ['idempotency', 'position', 'position + 1', OWN],
  ['lookup', 'organisation', `'other'`, OWN],
  ['lookup', 'name', OTHER_TEXT('name'), OWN],
  ['lookup', 'value', OTHER_TEXT('value'), OWN],
  ['lookup', 'position', 'position + 1000', OWN],
];

type Row = { readonly row: number; readonly position: number };

/** Tables without row ids are told by their keys; so each row is known by its place in the order of its columns. */
const rowsOf = (table: string, position: string): readonly Row[] =>
  connection
    .prepare<[], Row>(`SELECT row_number() OVER () AS row, ${position} AS position FROM ${table}`)
    .all();

const keysOf = (table: string): readonly string[] =>
  connection
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
    .pluck()
    .all();

const changeRow = (table: string, column: string, other: string, row: number): void => {
  const keys = keysOf(table).join();
  connection.exec(
    `UPDATE ${table} SET ${column} = ${other} WHERE (${keys}) = (SELECT ${keys} FROM ${table} LIMIT 1 OFFSET ${String(row - 1)})`,
  );
};

const MOST_ROWS = 200;

describe('a row of which one column is changed', () => {
  it('is clean to begin with', () => {
    expect(audit(connection)).toMatchObject({ size: COUNT, opened: COUNT, faultCount: 0, faults: [] });
  });

  it.each(COLUMNS)(
    '%s.%s: each of 200 rows is found, and its entry is the first that is named',
    (table, column, other, position) => {
      const rows = rowsOf(table, position).slice(0, MOST_ROWS);
      const missed = rows.filter(({ row, position: expected }) => {
        const outcome = tampered(connection, () => {
          changeRow(table, column, other, row);
        });
        return firstOf(outcome)?.position !== expected;
      });
      expect(rows.length).toBeGreaterThan(50);
      expect(missed).toEqual([]);
    },
    120_000,
  );

  it.each(['name', 'value'])('key_check.%s is found, though it belongs to no entry', (column) => {
    const outcome = tampered(connection, () => {
      connection.exec(`UPDATE key_check SET ${column} = 'x' || ${column} WHERE name = 'payload'`);
    });
    expect(outcome.faults.map(({ code, position }) => [code, position])).toEqual([['schema-differs', null]]);
  });
});
