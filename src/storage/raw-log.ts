import type { AuditFault } from '../log/audit-fault.js';
import { ENTRY_KINDS, type EntryKind, type IdempotencyKey } from '../log/entry.js';
import type { Leaf } from '../log/leaf.js';
import type { RawEntry, RawLog } from '../services/raw-log.js';
import type { Connection, KeyChecks } from './open-database.js';
import { formFaultsIn } from './raw-database.js';
import type { SealedPart, Vault } from './vault.js';

type LogRow = Omit<Leaf, 'kind' | 'commitments'> & { readonly kind: string; readonly commitments: string };

const PAGE = 200;

const isKind = (text: string): text is EntryKind => ENTRY_KINDS.some((kind) => kind === text);

const parse: (text: string) => unknown = JSON.parse;

const isCommitments = (value: unknown): value is Leaf['commitments'] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((hash) => typeof hash === 'string');

/** Read as they were written, and as nothing else: another text with the same meaning was not written by this service. */
const commitmentsIn = (text: string): Leaf['commitments'] | null => {
  try {
    const value = parse(text);
    return isCommitments(value) && JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
};

const leafOf = (row: LogRow): Leaf | null => {
  const commitments = commitmentsIn(row.commitments);
  return commitments === null || !isKind(row.kind) ? null : { ...row, kind: row.kind, commitments };
};

const statementsOn = (connection: Connection) => ({
  after: connection.prepare<[number, number], LogRow>(
    'SELECT position, id, at, organisation, kind, rule_set_hash AS ruleSetHash, commitments FROM log WHERE position > ? ORDER BY position LIMIT ?',
  ),
  node: connection
    .prepare<[number, number], string>('SELECT hash FROM tree WHERE level = ? AND place = ?')
    .pluck(),
  key: connection.prepare<[number], Buffer>('SELECT sealed FROM payload_key WHERE position = ?').pluck(),
  parts: connection.prepare<[number], SealedPart>('SELECT part, sealed FROM payload WHERE position = ?'),
  lookups: connection.prepare<[number], RawEntry['lookups'][number]>(
    'SELECT organisation, name, value FROM lookup WHERE position = ?',
  ),
  keys: connection.prepare<[number], IdempotencyKey>(
    'SELECT organisation, client, path, key, body_hash AS bodyHash FROM idempotency WHERE position = ?',
  ),
});

type Statements = ReturnType<typeof statementsOn>;

const payloadAt = (position: number, { key, parts }: Statements, vault: Vault): RawEntry['payload'] => {
  const [sealedKey, sealedParts] = [key.get(position), parts.all(position)];
  if (sealedKey === undefined) return sealedParts.length === 0 ? 'none' : 'damaged';
  try {
    return vault.open(position, { key: sealedKey, parts: sealedParts });
  } catch {
    return 'damaged';
  }
};

/** Rows that name a place which no entry has. Of a node of the tree that is the last entry under it, or none where there can be no such node. */
const STRAYS = [
  ['payload_key', 'position NOT IN (SELECT position FROM log)', 'position'],
  ['payload', 'position NOT IN (SELECT position FROM log)', 'position'],
  ['lookup', 'position NOT IN (SELECT position FROM log)', 'position'],
  ['idempotency', 'position NOT IN (SELECT position FROM log)', 'position'],
  [
    'tree',
    'level NOT BETWEEN 0 AND 52 OR place < 0 OR place > @size OR ((place + 1) << level) > @size',
    'CASE WHEN level BETWEEN 0 AND 52 AND place BETWEEN 0 AND @size THEN min(((place + 1) << level) - 1, @size) END',
  ],
] as const;

const straysIn = (connection: Connection, size: number): readonly AuditFault[] =>
  STRAYS.flatMap(([table, where, position]) =>
    connection
      .prepare<{ readonly size: number }, number>(
        `SELECT DISTINCT ${position} AS position FROM ${table} WHERE ${where} ORDER BY 1 LIMIT 100`,
      )
      .pluck()
      .all({ size })
      .map((at) => ({
        position: at,
        code: 'row-unexpected' as const,
        detail: `the table \`${table}\` has a row of no entry`,
      })),
  );

/** The rows on a connection, as they are. @param connection one that nothing is written on meanwhile: see `openToDoubt` */
export const rawLogOn = (
  connection: Connection,
  { vault, checks }: { readonly vault: Vault; readonly checks: KeyChecks },
): RawLog => {
  const statements = statementsOn(connection);
  const entryOf = (row: LogRow): RawEntry => ({
    position: row.position,
    leaf: leafOf(row),
    payload: payloadAt(row.position, statements, vault),
    lookups: statements.lookups.all(row.position),
    keys: statements.keys.all(row.position),
  });
  function* entries(): Generator<RawEntry, void, void> {
    let rows = statements.after.all(Number.MIN_SAFE_INTEGER, PAGE);
    while (rows.length > 0) {
      yield* rows.map(entryOf);
      rows = statements.after.all(rows.at(-1)?.position ?? 0, PAGE);
    }
  }
  return {
    entries,
    nodeAt: (level, place) => statements.node.get(level, place) ?? null,
    strays: (size) => straysIn(connection, size),
    formFaults: () => formFaultsIn(connection, checks),
  };
};
