import { expect } from 'vitest';
import { aggregateOf } from '../../src/rules/derivation.js';
import { screen } from '../../src/screening/screen.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import { lengthMs } from '../support/generate-durations.js';
import { exhaustively, law, laws } from './law.js';

const INTAKES = 10;
const SETS = 400;

/** How often things were seen, by name. */
type Tally = Map<string, number>;

const count = (tally: Tally, name: string): void => {
  tally.set(name, (tally.get(name) ?? 0) + 1);
};

/** The names of what matters in the text of a rule set: forms of criteria, tests and derivations. */
const FORMS =
  /"(all|any|not|atLeast|is|in|includesAny|compare|elapsed|gate|detailOf|open|integer|alsoAccepts|ordered|sum|product|ratio|points|answers|bands|from|above|latest|mean|highest|count|sitting|minReadings|treatment|absolute|relative|precaution)"/g;

const countSet = (tally: Tally, { ruleSet: { body } }: Case): void => {
  for (const [, form] of JSON.stringify([body.facts, body.scope.criterion, body.rules]).matchAll(FORMS))
    count(tally, form ?? '');
  for (const { type } of body.facts) count(tally, `a ${type}`);
};

/** Whether a reading lies on the very edge of a window that the rule set has, or a millisecond beside it. */
const countEdges = (tally: Tally, { ruleSet: { body }, facts, asOf }: Case): void => {
  for (const fact of body.facts) {
    const of = fact.type === 'derived' ? aggregateOf(fact.derive) : null;
    const series = of === null ? undefined : facts[of.reading.series];
    if (of === null || series?.kind !== 'series') continue;
    for (const { takenAt } of series.readings) {
      const beside = Date.parse(takenAt) + lengthMs(of.reading.within) - asOf.epochMs;
      if (takenAt.includes('T') && Math.abs(beside) <= 1)
        count(tally, `a reading ${String(beside)} ms from an edge`);
    }
  }
};

const countFacts = (tally: Tally, { sent, facts, read }: Case): void => {
  for (const value of Object.values(sent.facts)) count(tally, value === null ? 'sent as null' : 'sent');
  for (const value of Object.values(facts)) {
    count(tally, `read as ${value.kind}`);
    if (value.kind === 'date') count(tally, `a date of ${String(value.value.length)} characters`);
    if (value.kind === 'codeList') count(tally, value.complete ? 'a complete list' : 'an incomplete list');
  }
  for (const { code } of read.dataQuality) count(tally, code);
};

const countOutcomes = (tally: Tally, { ruleSet, facts, asOf }: Case): void => {
  const { verdict, missing, alsoUseful, validUntil, findings } = screen(ruleSet.body, facts, asOf);
  count(tally, verdict);
  count(tally, validUntil === null ? 'valid for ever' : 'valid until');
  for (const { rule, truth } of findings) count(tally, `${rule.severity} and ${truth}`);
  for (const { reason } of missing) count(tally, `missing: ${reason}`);
  for (const { couldMake } of alsoUseful) count(tally, `also useful: ${couldMake}`);
};

const TYPES = ['boolean', 'number', 'code', 'codeList', 'date', 'series', 'derived'];
const TRUTHS = ['true', 'false', 'unknown'];

/** What must be seen at least so often, lest a law hold because nothing was tried. */
const EXPECTED: readonly (readonly [least: number, names: readonly string[]])[] = [
  [25, FORMS.source.slice(2, -2).split('|')],
  [100, TYPES.map((type) => `a ${type}`)],
  [
    200,
    ['boolean', 'number', 'code', 'codeList', 'date', 'series', 'unknown'].map((kind) => `read as ${kind}`),
  ],
  [100, ['eligible', 'review', 'ineligible', 'incomplete', 'valid until', 'valid for ever', 'sent as null']],
  [
    100,
    ['absolute', 'relative', 'precaution'].flatMap((one) => TRUTHS.map((truth) => `${one} and ${truth}`)),
  ],
  [
    20,
    [
      'not-asked',
      'asked-unknown',
      'declined',
      'stale',
      'imprecise',
      'too-few',
      'incomplete-list',
      'unreadable',
    ].map((reason) => `missing: ${reason}`),
  ],
  [20, ['also useful: review', 'also useful: precaution']],
  [
    50,
    ['duplicate-reading', 'conflicting-readings', 'unplaced-code', 'a complete list', 'an incomplete list'],
  ],
  [100, ['a date of 4 characters', 'a date of 7 characters', 'a date of 10 characters']],
  [10, ['-1', '0', '1'].map((ms) => `a reading ${ms} ms from an edge`)],
];

laws('what is drawn', () => {
  const tally: Tally = new Map();

  law('is taken by the checks and by the reader', { seed: 111, runs: SETS }, (draw) => {
    let first = true;
    forIntakes(draw, { intakes: INTAKES }, (one) => {
      if (first) countSet(tally, one);
      first = false;
      countFacts(tally, one);
      countEdges(tally, one);
      countOutcomes(tally, one);
    });
    return INTAKES;
  });

  exhaustively('holds everything that the laws are about, and not seldom', () => {
    const seldom = EXPECTED.flatMap(([least, names]) =>
      names
        .filter((name) => (tally.get(name) ?? 0) < least)
        .map((name) => `${name}: ${String(tally.get(name) ?? 0)}`),
    );
    expect(seldom).toEqual([]);
    return EXPECTED.flatMap(([, names]) => names).length;
  });
});
