import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { Ports, RuleLibrary } from '../../src/services/ports.js';
import type { MadeAgain } from '../../src/services/replay-span.js';
import type { Connection } from '../../src/storage/open-database.js';
import { changed, ruleSetOf } from '../support/builders.js';
import { diceOf } from '../support/dice.js';
import { RELEASES, shippedVersion } from '../support/shipped-versions.js';
import { deciderOn, decidingPorts, replayAll } from '../support/log-decisions.js';
import { connectionTo, rewritePart, storedIn, tempFolder } from '../support/sqlite.js';
import { shippedRules } from '../support/test-app.js';
import { variedPatients } from '../support/vary-patients.js';

const SEED = 20_261_127;
const MANY = 10_000;
const FEW = 200;
const AT_ONCE = 40;
const TIME_LIMIT_MS = 300_000;

const VERSIONS = RELEASES.map((version) => shippedVersion(version));

/** Logs so many decisions on patients no two of whom are alike, by each released version in turn. */
const logDecisions = async (ports: Ports, count: number): Promise<void> => {
  const decide = await deciderOn(ports);
  const sources = VERSIONS.map(variedPatients);
  const draw = diceOf(SEED);
  const sent = new Set<string>();
  let stored = 0;
  const screenNext = async (turn: number): Promise<void> => {
    const intake = sources[turn % sources.length]?.(draw) ?? {};
    const text = JSON.stringify(intake);
    if (sent.has(text)) return;
    sent.add(text);
    if ((await decide(intake)) !== null) stored += 1;
  };
  while (stored < count) {
    const batch = Math.min(AT_ONCE, count - stored);
    await Promise.all(Array.from({ length: batch }, (_, turn) => screenNext(turn)));
  }
};

/** The places in which decisions differ, by their position. */
const placesIn = (all: readonly MadeAgain[]): readonly (readonly [number, readonly string[]])[] =>
  all.flatMap((again) =>
    again.kind === 'differs'
      ? [[again.position, again.differences.map(({ pointer }) => pointer)] as const]
      : [],
  );

/** How many decisions have each value of a lookup, by the value. */
const numbersOf = (connection: Connection, name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    connection
      .prepare<[string], [string, number]>(
        'SELECT value, count(*) FROM lookup WHERE name = ? GROUP BY value ORDER BY value',
      )
      .raw()
      .all(name),
  );

const aLog = async (count: number) => {
  const connection = connectionTo(`${tempFolder()}/log.db`);
  const ports = decidingPorts(connection, shippedRules());
  await logDecisions(ports, count);
  return { connection, ports };
};

/** The rules as an engine would have them that takes one comparison for another: the same fingerprint, another meaning. */
const misread = (rules: RuleLibrary, pointer: string, value: string): RuleLibrary => {
  const all = rules.all().map((version): RuleSet => {
    if (version.body.version !== '1.0.0') return version;
    const { body } = ruleSetOf(changed(version.body, pointer, value));
    return { ...version, body };
  });
  return { ...rules, all: () => all };
};

describe(`${String(MANY)} decisions by every released version`, () => {
  it(
    'come out word for word as they were stored when they are made again',
    async () => {
      const { connection, ports } = await aLog(MANY);
      const begun = performance.now();
      const all = await replayAll(ports);
      const seconds = (performance.now() - begun) / 1000;
      const [verdicts, versions] = [numbersOf(connection, 'verdict'), numbersOf(connection, 'version')];
      expect(storedIn(connection)).toBe(MANY);
      expect(all.filter(({ kind }) => kind !== 'identical')).toEqual([]);
      expect(all).toHaveLength(MANY);
      expect(Object.keys(verdicts)).toEqual(['eligible', 'incomplete', 'ineligible', 'review']);
      expect(Object.keys(versions)).toHaveLength(RELEASES.length);
      expect(Math.min(...Object.values(versions))).toBeGreaterThan(MANY / (RELEASES.length + 1));
      console.log(`${String(all.length)} made again in ${seconds.toFixed(1)} s: ${JSON.stringify(verdicts)}`);
    },
    TIME_LIMIT_MS,
  );
});

describe('one decision among many', () => {
  it('is found and named where its answer, or a finding, was changed after it was stored', async () => {
    const { connection, ports } = await aLog(FEW);
    const all = await replayAll(ports);
    const [first, second] = [all[17], all[101]].map((again) => again?.position ?? -1);
    if (first === undefined || second === undefined) throw new Error('there are no such decisions');
    const another = (body: string): string =>
      body.replace(/"verdict":"\w+"/, (told) =>
        told.includes('review') ? '"verdict":"eligible"' : '"verdict":"review"',
      );
    rewritePart(connection, first, { part: 'answer', change: another });
    rewritePart(connection, second, {
      part: 'findings',
      change: (body) => body.replace('"truth":"false"', '"truth":"unknown"'),
    });
    const again = await replayAll(ports);
    expect(placesIn(again)).toEqual([
      [first, ['/answer/verdict']],
      [second, [expect.stringMatching(/^\/findings\/\d+\/truth$/)]],
    ]);
    expect(again.filter(({ kind }) => kind === 'identical')).toHaveLength(FEW - 2);
  });

  it('is found and named where the engine takes one comparison for another', async () => {
    const { ports } = await aLog(FEW);
    const rules = misread(ports.rules, '/rules/1/criterion/any/0/compare', '<');
    const again = await replayAll({ ...ports, rules });
    const places = placesIn(again).map(([, pointers]) => pointers);
    expect(places.length).toBeLessThan(FEW);
    // The scope is the first finding, so the second rule is the third.
    const flipped = places.filter((pointers) => pointers.includes('/findings/2/truth'));
    expect(flipped.length).toBeGreaterThan(10);
  });
});
