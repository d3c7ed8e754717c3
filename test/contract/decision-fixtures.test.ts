import { describe, expect, it } from 'vitest';
import { NATIVE } from '../../src/formats/intake/write-answer.js';
import { SENT_REASONS } from '../../src/screening/facts.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import { replayEntry } from '../../src/services/replay-decision.js';
import { NO_EVENTS } from '../../src/services/rule-events.js';
import { rulebookOf } from '../../src/services/rulebook.js';
import { libraryOf } from '../support/approve.js';
import { at } from '../support/builders.js';
import { featuresOf } from '../support/decision-features.js';
import {
  entryOf,
  fixtureOf,
  fixtures,
  readFixture,
  shippedReleases,
  sumOf,
  sumsKept,
  type KeptDecision,
} from '../support/decision-fixtures.js';
import { NOW } from '../support/test-app.js';

const RECORD =
  'run `npm run decisions:record` with the engine as it is meant to be released, and commit what it writes';

const releases = shippedReleases();

/** The releases alone: what a draft says may still change. */
const book = rulebookOf(libraryOf(...releases), NO_EVENTS);

const context = { book, ports: { engine: ENGINE_VERSION, clock: () => at(NOW) }, write: NATIVE };

/** Where a decision does not come out as it was, or why it cannot be made again. */
const differing = (decision: KeptDecision): readonly string[] => {
  const replayed = replayEntry(entryOf(decision), context);
  if (replayed.kind === 'version-gone') return [`${decision.id}: its version is not shipped`];
  return replayed.replay.differences.map(
    ({ pointer, from, to }) => `${decision.id} ${pointer}: ${JSON.stringify(from)} is ${JSON.stringify(to)}`,
  );
};

describe('the decisions of every engine', () => {
  it.each(fixtures())('come out as they were, by whatever engine: %s', (file) => {
    const decisions = readFixture(file);
    expect(decisions.length).toBeGreaterThan(20);
    expect(decisions.flatMap(differing)).toEqual([]);
  });

  it.each(fixtures())('are of the engine and the release that the file is named for: %s', (file) => {
    const [engine = ''] = file.split('/');
    const release = releases.find((version) => fixtureOf(engine, version) === file);
    const named = readFixture(file).map(({ ruleSetHash, parts }) => [
      ruleSetHash,
      (parts.context as { engine?: unknown }).engine,
    ]);
    for (const each of named) expect(each).toEqual([release?.sha256, engine]);
  });

  it('are there of the engine of now and every release', () => {
    const missing = releases.map((version) => fixtureOf(ENGINE_VERSION, version)).filter(isMissing);
    expect(missing, `there are no decisions of these: ${RECORD}`).toEqual([]);
  });

  it('are the very bytes that were recorded, and no file was added or taken away by hand', () => {
    const sums = Object.fromEntries(fixtures().map((file) => [file, sumOf(file)]));
    expect(
      sums,
      'what an engine has decided never changes: put the files under test/fixtures/decisions back as they were',
    ).toEqual(sumsKept());
  });
});

const isMissing = (file: string): boolean => !fixtures().includes(file);

describe.each(releases.map((version) => [version.body.version, version] as const))(
  'the decisions by %s of the engine of now',
  (_name, version) => {
    const file = fixtureOf(ENGINE_VERSION, version);
    const shown = new Set(
      (isMissing(file) ? [] : readFixture(file)).flatMap((decision) => [
        ...featuresOf(decision, version.body),
      ]),
    );
    const lacking = (features: readonly string[]): readonly string[] =>
      features.filter((feature) => !shown.has(feature));
    const rules = ['outside-scope', ...version.body.rules.map(({ id }) => id)];

    it('show every rule true, false and unknown', () => {
      const features = rules.flatMap((id) =>
        ['true', 'false', 'unknown'].map((truth) => `${id} is ${truth}`),
      );
      expect(lacking(features)).toEqual([]);
    });

    it('show every verdict, and every way of not knowing', () => {
      const verdicts = ['eligible', 'review', 'incomplete', 'ineligible'].map(
        (verdict) => `verdict ${verdict}`,
      );
      const found = ['not-asked', 'stale', 'imprecise', 'too-few', 'incomplete-list'];
      const reasons = [...SENT_REASONS, ...found].map((reason) => `missing ${reason}`);
      const others = ['unmapped', 'derived', 'valid until', 'valid for good'];
      const gates = ['no, particulars not sent', 'yes, with a particular', 'yes, with none'];
      const gated = gates.map((answer) => `gate ${answer}`);
      expect(lacking([...verdicts, ...reasons, ...gated, ...others])).toEqual([]);
    });
  },
);
