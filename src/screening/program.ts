import { testsOf, type ElapsedTest } from '../rules/criterion.js';
import { aggregateOf, termsOf, type AggregateOf, type Derivation } from '../rules/derivation.js';
import { factOf, indexFacts, type Dictionary } from '../rules/dictionary.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import { activeRules, type ActiveRule } from './find.js';

/**
 * What a version needs to be evaluated, worked out once. `timed` holds the rules that can change the verdict as time passes with the
 * same facts, `elapsedTests` and `aggregates` what in them looks at the time.
 */
export type Program = {
  readonly dictionary: Dictionary;
  readonly rules: readonly ActiveRule[];
  readonly timed: ReadonlySet<ActiveRule>;
  readonly elapsedTests: readonly ElapsedTest[];
  readonly aggregates: readonly AggregateOf[];
};

const aggregatesIn = (derivation: Derivation, dictionary: Dictionary): readonly AggregateOf[] => {
  const aggregate = aggregateOf(derivation);
  if (aggregate !== null) return [aggregate];
  if ('fact' in derivation) return aggregatesOfNumber(derivation.fact, dictionary);
  if ('points' in derivation && 'bands' in derivation.points)
    return aggregatesOfNumber(derivation.points.fact, dictionary);
  return termsOf(derivation).flatMap((term) => aggregatesIn(term, dictionary));
};

const aggregatesOfNumber = (id: string, dictionary: Dictionary): readonly AggregateOf[] => {
  const fact = factOf(dictionary, id);
  return fact.type === 'derived' ? aggregatesIn(fact.derive, dictionary) : [];
};

const elapsedIn = ({ criterion }: ActiveRule): readonly ElapsedTest[] =>
  testsOf(criterion).filter((test): test is ElapsedTest => 'elapsed' in test);

const aggregatesInRule = ({ criterion }: ActiveRule, dictionary: Dictionary): readonly AggregateOf[] =>
  testsOf(criterion).flatMap((test) => ('compare' in test ? aggregatesOfNumber(test.fact, dictionary) : []));

const build = (body: RuleSetBody): Program => {
  const dictionary = indexFacts(body.facts);
  const rules = activeRules(body);
  const judging = rules.filter(({ severity }) => severity !== 'precaution');
  const timed = judging.filter(
    (rule) => elapsedIn(rule).length > 0 || aggregatesInRule(rule, dictionary).length > 0,
  );
  return {
    dictionary,
    rules,
    timed: new Set(timed),
    elapsedTests: timed.flatMap(elapsedIn),
    aggregates: [...new Set(timed.flatMap((rule) => aggregatesInRule(rule, dictionary)))],
  };
};

const programs = new WeakMap<RuleSetBody, Program>();

/** The program of a version. A version never changes, so neither does its program. */
export const programOf = (body: RuleSetBody): Program => {
  const known = programs.get(body);
  if (known !== undefined) return known;
  const program = build(body);
  programs.set(body, program);
  return program;
};
