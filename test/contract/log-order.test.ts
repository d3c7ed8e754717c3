import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../src/log/entry.js';
import { newEntry } from '../../src/services/new-entry.js';
import type { DecisionLog, PageAsked, Trait } from '../../src/services/ports.js';
import { openDatabase, type Connection } from '../../src/storage/open-database.js';
import { at } from '../support/builders.js';
import { PORTS } from '../support/made-log.js';
import { connectionTo, logOn, tempFolder } from '../support/sqlite.js';

const CHOICES = ['proceed', 'defer', 'decline'] as const;

/** An entry that was drawn: its minute, which may lie before that of the one before it; what it is about, where it is a resolution. */
type Drawn = {
  readonly minute: number;
  readonly organisation: string;
  readonly about: number | null;
  readonly choice: number;
};

const drawn: fc.Arbitrary<Drawn> = fc.record({
  minute: fc.nat({ max: 30 }),
  organisation: fc.constantFrom('local', 'north'),
  about: fc.option(fc.nat({ max: 24 })),
  choice: fc.nat({ max: 2 }),
});

const idOf = (number: number): string => `0197f3c2-7b1e-7000-8000-${String(number).padStart(12, '0')}`;

const timeOf = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

const entryOf = ({ minute, organisation, about, choice }: Drawn, number: number): NewEntry => {
  const base = { id: idOf(number), at: at(timeOf(minute)), organisation, ruleSetHash: 'ab'.repeat(32) };
  const summary =
    about === null
      ? { subject: 'pt-1', verdict: 'review' }
      : { decision: idOf(about), choice: CHOICES[choice] ?? 'defer' };
  const kind = about === null ? 'decision' : 'resolution';
  return newEntry({ ...base, kind, parts: { summary } }, PORTS);
};

type Model = readonly (Drawn & { readonly number: number; readonly erased: boolean })[];

const hasResolution = (model: Model, decision: Model[number], choice: string): boolean => {
  const about = model.filter(
    (other) =>
      !other.erased && other.about === decision.number && other.organisation === decision.organisation,
  );
  return choice === 'none' ? about.length === 0 : about.some((other) => CHOICES[other.choice] === choice);
};

const has = (model: Model, entry: Model[number], { name, value }: Trait): boolean => {
  if (name === 'resolution') return entry.about === null && hasResolution(model, entry, value);
  return entry.about === null && (name === 'kind' || name === 'verdict');
};

/** What a page is by its meaning alone: every entry is looked at. */
const pageOf = (model: Model, asked: PageAsked): readonly number[] =>
  model
    .filter((entry) => !entry.erased && entry.organisation === asked.organisation)
    .filter((entry) => [asked.has, ...asked.also].every((trait) => has(model, entry, trait)))
    .filter(({ minute }) => asked.from === null || timeOf(minute) >= asked.from)
    .filter(({ minute }) => asked.to === null || timeOf(minute) < asked.to)
    .filter(({ number }) => number > asked.after)
    .map(({ number }) => number)
    .slice(0, asked.limit);

const TRAITS: readonly Trait[] = [
  { name: 'kind', value: 'decision' },
  { name: 'verdict', value: 'review' },
  ...(['none', ...CHOICES] as const).map((value) => ({ name: 'resolution', value }) as const),
];

/** Pages of a log of so many minutes. */
const pagesIn = (minutes: number): fc.Arbitrary<PageAsked> => {
  const moment = fc.option(fc.nat({ max: minutes }).map(timeOf), { freq: 3 });
  return fc.record({
    organisation: fc.constantFrom('local', 'north'),
    has: fc.constantFrom(...TRAITS),
    also: fc.uniqueArray(fc.constantFrom(...TRAITS), { maxLength: 2 }),
    from: moment,
    to: moment,
    after: fc.oneof(fc.constant(-1), fc.nat({ max: Math.floor(minutes / 2) })),
    limit: fc.integer({ min: 1, max: 60 }),
    parts: fc.constant([]),
  });
};

const FOLLOWED = [
  ['span', 'span_by_log'],
  ['outcome', 'outcome_by_lookup'],
] as const;

const expectFollowed = (connection: Connection): void => {
  for (const [table, view] of FOLLOWED)
    expect(connection.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all()).toEqual(
      connection.prepare(`SELECT * FROM ${view} ORDER BY 1, 2, 3`).all(),
    );
};

const erase = async (log: DecisionLog, organisation: string, positions: readonly number[]): Promise<void> => {
  if (positions.length === 0) return;
  const entry = {
    ...{ id: `erasure of ${organisation}`, at: timeOf(0), organisation, kind: 'erasure' as const },
    ...{ ruleSetHash: '0'.repeat(64), parts: {} },
  };
  await log.erase({ entry, positions, thorough: false });
};

type Asked = {
  readonly entries: readonly Drawn[];
  readonly erased: readonly number[];
  readonly pages: readonly PageAsked[];
  readonly before: string;
};

/** Writes a log, erases of it, and compares every page and all that is old with what each entry by itself would tell. */
const judge = async ({ entries, erased, pages, before }: Asked): Promise<void> => {
  const connection = openDatabase(':memory:');
  const log = logOn(connection);
  await log.append(entries.map(entryOf));
  const model = entries.map((entry, number) => ({ ...entry, number, erased: erased.includes(number) }));
  for (const organisation of ['local', 'north']) {
    const own = model.filter((entry) => entry.erased && entry.organisation === organisation);
    const positions = own.map(({ number }) => number);
    await erase(log, organisation, positions);
  }
  for (const page of pages)
    expect((await log.page(page)).map(({ position }) => position)).toEqual(pageOf(model, page));
  const old = await log.expired({ before, limit: model.length });
  expect(old.map(({ position }) => position)).toEqual(
    model.filter((entry) => !entry.erased && timeOf(entry.minute) < before).map(({ number }) => number),
  );
  expectFollowed(connection);
  connection.close();
};

const short = fc.record({
  entries: fc.array(drawn, { minLength: 1, maxLength: 25 }),
  erased: fc.uniqueArray(fc.nat({ max: 24 }), { maxLength: 5 }),
  pages: fc.array(pagesIn(31), { minLength: 8, maxLength: 8 }),
  before: fc.nat({ max: 31 }).map(timeOf),
});

/** How wrong the clock was for a while, in minutes, and for how many entries. */
type Spell = { readonly wrong: number; readonly count: number };

const MOST_WRONG = 900;

/** One entry a minute by a clock that is wrong for a while, and then wrong in another way. */
const entriesOf = (spells: readonly Spell[]): readonly Drawn[] =>
  spells
    .flatMap(({ wrong, count }) => Array.from({ length: count }, () => wrong))
    .map((wrong, number) => ({
      minute: MOST_WRONG + number + wrong,
      organisation: number % 7 === 0 ? 'north' : 'local',
      about: number % 4 === 3 ? number - 1 - (number % 3) : null,
      choice: number % 3,
    }));

const spell: fc.Arbitrary<Spell> = fc.record({
  wrong: fc.oneof(fc.constant(0), fc.integer({ min: -MOST_WRONG, max: MOST_WRONG })),
  count: fc.integer({ min: 1, max: 400 }),
});

const long = fc.record({
  entries: fc.array(spell, { minLength: 3, maxLength: 7 }).map(entriesOf),
  erased: fc.uniqueArray(fc.nat({ max: 300 }), { maxLength: 50 }),
  pages: fc.array(pagesIn(2 * MOST_WRONG + 1500), { minLength: 20, maxLength: 20 }),
  before: fc.nat({ max: 2 * MOST_WRONG + 1500 }).map(timeOf),
});

describe('a log whose clock is wrong now and then', () => {
  it('gives on each page what every entry by itself would tell, whatever was resolved and erased', async () => {
    await fc.assert(fc.asyncProperty(short, judge), { numRuns: 300 });
  }, 60_000);

  it('does so where it is many blocks long, and times lie in some of them', async () => {
    await fc.assert(fc.asyncProperty(long, judge), { numRuns: 40 });
  }, 120_000);
});

const MIGRATION = readFileSync('migrations/sqlite/0004_order.sql', 'utf8');

/** Takes back what migration 0004 has made, as a database is that was written before it. */
const takeBack = (connection: Connection): void => {
  for (const [, type, name] of MIGRATION.matchAll(/^CREATE (TABLE|VIEW|TRIGGER) (\w+)/gm))
    connection.exec(`DROP ${String(type)} IF EXISTS ${String(name)}`);
  connection.pragma('user_version = 3');
};

describe('a log that was written before its order was kept', () => {
  it('has it once it is opened', async () => {
    const file = `${tempFolder()}/log.db`;
    const before = openDatabase(file);
    const entries = fc
      .sample(drawn, { numRuns: 600, seed: 20_261_127 })
      .map((entry, number) => ({ ...entry, minute: entry.minute + number * 3 }));
    await logOn(before).append(entries.map(entryOf));
    takeBack(before);
    before.close();
    const connection = connectionTo(file);
    expect(connection.pragma('user_version', { simple: true })).toBe(4);
    for (const [table] of FOLLOWED)
      expect(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBeGreaterThan(2);
    expectFollowed(connection);
  });
});
