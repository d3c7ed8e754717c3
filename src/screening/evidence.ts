import type { Interval } from '../values/interval.js';
import { isExact } from '../values/interval.js';
import type { JsonValue } from '../values/json.js';
import type { Truth } from '../values/truth.js';
import { not } from '../values/truth.js';
import { isFactTest, partsOf, type Criterion, type FactTest } from '../rules/criterion.js';
import { aggregateOf, termsOf, type AggregateOf, type Derivation } from '../rules/derivation.js';
import type { DerivedFact } from '../rules/fact.js';
import { evaluateCriterion } from './evaluate-criterion.js';
import { evaluateDerivation, intervalOfNumber } from './evaluate-derivation.js';
import type { FactValue } from './facts.js';
import { entryOf, heldOf, type Situation } from './situation.js';

/** A number as evidence: itself where it is known, else the ends between which it lies. */
export type NumberShown = number | { readonly low: number; readonly high: number };

/** The derived number that a test looked at. */
export type DerivedShown = { readonly fact: string; readonly value: NumberShown; readonly unit: string };

/**
 * What a rule was decided by: a sent fact, the value that was used of it, and the test that it met. Where the test looked at a derived
 * number, `derived` gives that, with one piece of evidence for each sent fact in it. `settledBy` names the gate that answered.
 */
export type Evidence = {
  readonly fact: string;
  readonly value: JsonValue;
  readonly unit?: string;
  readonly test: string;
  readonly derived?: DerivedShown;
  readonly settledBy?: string;
};

/** A test with the truth that it has: what supports a decision. */
type Support = { readonly test: FactTest; readonly truth: Truth };

/** The tests that make a criterion what it is: of an `any` that is true, those parts that are true, and so on. */
const supportsOf = (criterion: Criterion, truth: Truth, situation: Situation): readonly Support[] => {
  if (evaluateCriterion(criterion, situation) !== truth) return [];
  if (isFactTest(criterion)) return [{ test: criterion, truth }];
  const wanted = 'not' in criterion ? not(truth) : truth;
  return partsOf(criterion).flatMap((part) => supportsOf(part, wanted, situation));
};

/** The evidence for a criterion that is true, in the order of its text; none where it is not true. */
export const evidenceOf = (criterion: Criterion, situation: Situation): readonly Evidence[] => {
  const all = supportsOf(criterion, 'true', situation).flatMap((support) =>
    evidenceOfTest(support, situation),
  );
  const seen = new Set<string>();
  return all.filter(({ fact, test }) => {
    const key = `${fact} ${test}`;
    return seen.has(key) ? false : seen.add(key).has(key);
  });
};

const evidenceOfTest = ({ test, truth }: Support, situation: Situation): readonly Evidence[] => {
  const entry = entryOf(situation, test.fact);
  const label = entry.type === 'derived' ? entry.label : test.fact;
  const text = `${truth === 'false' ? 'not: ' : ''}${label} ${textOfTest(test)}`;
  if (entry.type === 'derived') return evidenceOfDerived(entry, text, situation);
  const shown = shownOf(test.fact, situation);
  return shown === null ? [] : [{ ...shown, test: text }];
};

/** The words of a test after the name of what it tests: `>= 160`, `elapsed <= P42D`, `is true`. */
export const textOfTest = (test: FactTest): string => {
  if ('is' in test) return `is ${String(test.is)}`;
  if ('in' in test) return `in ${test.in.join(', ')}`;
  if ('includesAny' in test) return `includes any of ${test.includesAny.join(', ')}`;
  return 'elapsed' in test
    ? `elapsed ${test.elapsed} ${test.duration}`
    : `${test.compare} ${String(test.value)}`;
};

type Shown = Pick<Evidence, 'fact' | 'value' | 'unit' | 'settledBy'>;

/** A number as it is shown. */
export const numberShown = (interval: Interval): NumberShown =>
  isExact(interval) ? interval.low : { low: interval.low, high: interval.high };

/** A value as it is shown; null where it is unknown. */
export const valueShown = (value: FactValue): JsonValue => {
  switch (value.kind) {
    case 'boolean':
    case 'code':
    case 'date':
      return value.value;
    case 'number':
      return numberShown(value);
    case 'codeList':
      return value.codes;
    case 'series':
      return value.readings.length;
    case 'unknown':
      return null;
  }
};

const shownOf = (id: string, situation: Situation): Shown | null => {
  const { value, filledBy } = heldOf(situation, id);
  if (value.kind === 'unknown') return null;
  const entry = entryOf(situation, id);
  return {
    fact: id,
    value: valueShown(value),
    ...(entry.type === 'number' ? { unit: entry.unit } : {}),
    ...(filledBy === undefined ? {} : { settledBy: filledBy }),
  };
};

const evidenceOfDerived = (entry: DerivedFact, test: string, situation: Situation): readonly Evidence[] => {
  const derived: DerivedShown = {
    fact: entry.id,
    value: numberShown(intervalOfNumber(situation, entry.id)),
    unit: entry.unit,
  };
  return shownInDerivation(entry.derive, situation).map((shown) => ({ ...shown, test, derived }));
};

/** The known sent facts of a derivation; of a series, the number that was made of it. */
const shownInDerivation = (derivation: Derivation, situation: Situation): readonly Shown[] => {
  if ('fact' in derivation) return shownInNumber(derivation.fact, situation);
  if ('points' in derivation) return shownInNumber(derivation.points.fact, situation);
  const aggregate = aggregateOf(derivation);
  if (aggregate === null) return termsOf(derivation).flatMap((term) => shownInDerivation(term, situation));
  if (heldOf(situation, aggregate.reading.series).value.kind === 'unknown') return [];
  return [shownInSeries(aggregate, numberShown(evaluateDerivation(derivation, situation)), situation)];
};

const shownInSeries = ({ reading }: AggregateOf, value: NumberShown, situation: Situation): Shown => {
  const entry = entryOf(situation, reading.series);
  const unit = entry.type === 'series' ? entry.components[reading.component ?? '']?.unit : undefined;
  return { fact: reading.series, value, ...(unit === undefined ? {} : { unit }) };
};

const shownInNumber = (id: string, situation: Situation): readonly Shown[] => {
  const entry = entryOf(situation, id);
  if (entry.type === 'derived') return shownInDerivation(entry.derive, situation);
  const shown = shownOf(id, situation);
  return shown === null ? [] : [shown];
};
