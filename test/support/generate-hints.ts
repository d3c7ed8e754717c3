import { testsOf } from '../../src/rules/criterion.js';
import { aggregateOf, termsOf, type AggregateOf, type Derivation } from '../../src/rules/derivation.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';

/** What a rule set asks of time, so that an intake can be drawn near its edges. */
export type Hints = {
  /** Of each series, how old its readings may be and how long a sitting lasts. */
  readonly windows: ReadonlyMap<string, readonly string[]>;
  /** Of each date, how long ago it is asked to be. */
  readonly elapsed: ReadonlyMap<string, readonly string[]>;
  /** The series of which the readings are counted. */
  readonly counted: ReadonlySet<string>;
};

const aggregatesIn = (derivation: Derivation): readonly AggregateOf[] => {
  const aggregate = aggregateOf(derivation);
  return aggregate === null ? termsOf(derivation).flatMap(aggregatesIn) : [aggregate];
};

const grouped = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    pairs.map(([id]) => [id, [...new Set(pairs.filter(([other]) => other === id).map(([, text]) => text))]]),
  );

/** The durations that a rule set uses, by fact. */
export const hintsOf = (body: RuleSetBody): Hints => {
  const aggregates = body.facts.flatMap((fact) => (fact.type === 'derived' ? aggregatesIn(fact.derive) : []));
  const tests = [body.scope, ...body.rules].flatMap(({ criterion }) => testsOf(criterion));
  return {
    windows: grouped(
      aggregates.flatMap(({ reading: { series, within, sitting } }) => [
        [series, within] as const,
        ...(sitting === undefined ? [] : [[series, sitting] as const]),
      ]),
    ),
    elapsed: grouped(
      tests.flatMap((test) => ('elapsed' in test ? [[test.fact, test.duration] as const] : [])),
    ),
    counted: new Set(
      aggregates.filter(({ aggregate }) => aggregate === 'count').map(({ reading }) => reading.series),
    ),
  };
};
