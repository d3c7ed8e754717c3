import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageAsked, Trait } from '../../src/services/ports.js';
import { openDatabase, type Connection } from '../../src/storage/open-database.js';
import { madeLog } from '../support/made-log.js';
import { logOn } from '../support/sqlite.js';

// How long a query takes is for a benchmark. Here it is held that no query reads or sorts what it is not asked for, however long the log.

const TRAITS: readonly Trait[] = [
  { name: 'kind', value: 'decision' },
  { name: 'subject', value: 'a hash' },
  { name: 'rule', value: 'a-rule' },
  { name: 'verdict', value: 'review' },
  { name: 'version', value: 'a-set@1.0.0' },
  { name: 'resolution', value: 'none' },
  { name: 'resolution', value: 'defer' },
];

const TIMES = [
  { from: null, to: null },
  { from: '2026-01-01T00:10:00.000Z', to: null },
  { from: null, to: '2026-01-01T00:10:00.000Z' },
  { from: '2026-01-01T00:10:00.000Z', to: '2026-01-01T00:20:00.000Z' },
];

const PAGES: readonly PageAsked[] = TRAITS.flatMap((has) =>
  [[], ...TRAITS.map((trait) => [trait]), TRAITS].flatMap((also) =>
    TIMES.map((time) => ({ organisation: 'local', has, also, ...time, after: 3, limit: 50, parts: [] })),
  ),
);

const AN_ENTRY = {
  id: '0197f3c2-7b1e-7000-8000-ffffffffffff',
  at: '2026-11-22T09:30:00.000Z',
  organisation: 'local',
  kind: 'erasure',
  ruleSetHash: '0'.repeat(64),
  parts: {},
} as const;

let connection: Connection;

/** Each query that was prepared on the connection, from its opening on. */
const prepared = new Set<string>();

const plan = (query: string): readonly string[] =>
  connection
    .prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
    .all(...Array.from({ length: query.split('?').length - 1 }, () => 1))
    .map(({ detail }) => detail);

/** A table is read from its beginning; all that is found is sorted before the first of it is known. Only what is made on the way is scanned. */
const isUnbounded = (detail: string): boolean =>
  detail.includes('TEMP B-TREE') ||
  (detail.startsWith('SCAN ') && !/^SCAN (CONSTANT ROW|\w+_by_\w+)/.test(detail));

const unbounded = (queries: Iterable<string>): readonly string[] =>
  [...queries].flatMap((query) =>
    plan(query)
      .filter(isUnbounded)
      .map((detail) => `${detail}: ${query}`),
  );

beforeAll(async () => {
  connection = openDatabase(':memory:');
  const own = connection.prepare.bind(connection);
  const recording = (query: string) => {
    prepared.add(query);
    return own(query);
  };
  Object.defineProperty(connection, 'prepare', { value: recording, configurable: true });
  await madeLog(connection, 60);
  const log = logOn(connection);
  for (const page of PAGES) await log.page(page);
  await log.find({ organisation: null, name: 'intake-code', value: 'a hash' });
  await log.expired({ before: '2026-01-01T00:20:00.000Z', limit: 10 });
  await log.erase({ entry: AN_ENTRY, positions: [0, 1], thorough: true });
  Object.defineProperty(connection, 'prepare', { value: own, configurable: true });
});

afterAll(() => {
  connection.close();
});

describe('the queries of the log', () => {
  it('are seen here: those that are prepared once, those of pages, and those of an erasure', () => {
    const text = [...prepared].join('\n');
    for (const part of ['"span"', '"outcome" as lead', '"lookup" as further', 'delete from "payload"'])
      expect(text).toContain(part);
    expect(prepared.size).toBeGreaterThan(60);
  });

  it('scan no table and sort nothing', () => {
    expect(unbounded(prepared)).toEqual([]);
  });

  it('of a page are led by what was asked for, and by nothing else', () => {
    const pages = [...prepared].filter((query) => query.includes('as lead'));
    expect(pages.length).toBeGreaterThan(30);
    for (const page of pages)
      expect(plan(page)[0]).toMatch(/^SEARCH lead USING PRIMARY KEY \(.*position>\? AND position<\?\)$/);
  });

  it('look for what is old along what is kept, and never along the log', () => {
    const [expired, ...others] = [...prepared].filter((query) => query.includes('cross join "log" where'));
    expect(others).toEqual([]);
    expect(plan(expired ?? '')).toEqual([
      'SEARCH payload_key USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      'SEARCH log USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
  });
});

/** The statements of triggers, as they would be written alone. What only refuses cannot be. */
const triggerStatements = (): readonly string[] =>
  connection
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'trigger'`)
    .pluck()
    .all()
    .flatMap((text) => /BEGIN\s+([^]*)END$/.exec(text)?.[1]?.split(';') ?? [])
    .map((statement) => statement.trim().replace(/\b(NEW|OLD)\.\w+/g, '?'))
    .filter((statement) => statement !== '' && !statement.includes('RAISE('));

describe('the triggers that keep what is followed', () => {
  it('scan no table and sort nothing, so that an insert takes as long in a long log', () => {
    expect(triggerStatements().length).toBeGreaterThan(6);
    expect(unbounded(triggerStatements())).toEqual([]);
  });
});

describe('the canary', () => {
  it.each([
    'SELECT * FROM log WHERE organisation = ?',
    'SELECT * FROM lookup WHERE value = ?',
    'SELECT position FROM log WHERE kind = ? ORDER BY at',
  ])('catches %s', (query) => {
    expect(unbounded([query])).not.toEqual([]);
  });
});
