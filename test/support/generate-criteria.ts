import type { Criterion, FactTest } from '../../src/rules/criterion.js';
import { indexFacts, type Dictionary } from '../../src/rules/dictionary.js';
import type { DerivedFact, Fact, NumberFact, Option, SentFact } from '../../src/rules/fact.js';
import { rangeOfNumber } from '../../src/rules/range-of-derivation.js';
import type { Comparison } from '../../src/values/interval.js';
import { chance, pick, some, times, type Draw } from './generate-draw.js';
import { ELAPSED } from './generate-durations.js';
import type { NamedTerm } from './generate-points.js';
import { scaleOf } from './generate-scales.js';

/** What criteria may test: the facts of a dictionary, with the numbers that each number may well come to. */
export type Vocabulary = {
  readonly facts: readonly Fact[];
  readonly samples: ReadonlyMap<string, readonly number[]>;
  readonly dictionary: Dictionary;
};

const COMPARISONS: readonly Comparison[] = ['>=', '>', '<', '<='];

const isNumber = (fact: Fact): fact is NumberFact | DerivedFact =>
  fact.type === 'number' || fact.type === 'derived';

/** What may be tested of a dictionary: no series, and no number that its range alone fixes. */
export const vocabularyOf = (facts: readonly Fact[], derived: readonly NamedTerm[]): Vocabulary => {
  const dictionary = indexFacts(facts);
  const moves = (fact: Fact): boolean => {
    if (!isNumber(fact)) return fact.type !== 'series';
    const { low, high } = rangeOfNumber(fact.id, dictionary);
    return low < high;
  };
  const samples = new Map<string, readonly number[]>([
    ...facts.filter((fact) => fact.type === 'number').map((fact) => [fact.id, scaleOf(fact).values] as const),
    ...derived.map(({ fact, samples: values }) => [fact.id, values] as const),
  ]);
  return { facts: facts.filter(moves), samples, dictionary };
};

/** A threshold that the range of the number alone does not decide. */
const drawThreshold = (draw: Draw, id: string, op: Comparison, words: Vocabulary): number => {
  const { low, high } = rangeOfNumber(id, words.dictionary);
  const closedBelow = op === '<=' || op === '>';
  const open = (value: number): boolean =>
    closedBelow ? low <= value && value < high : low < value && value <= high;
  const samples = (words.samples.get(id) ?? []).filter(open);
  return samples.length === 0 ? low + (high - low) / 2 : pick(draw, samples);
};

const compareTest = (draw: Draw, fact: NumberFact | DerivedFact, words: Vocabulary): FactTest => {
  const compare = pick(draw, COMPARISONS);
  const value = drawThreshold(draw, fact.id, compare, words);
  return { fact: fact.id, compare, value, unit: fact.unit, source: 'guide' };
};

const atLeastOne = <T>(draw: Draw, items: readonly T[]): readonly T[] => {
  const kept = some(draw, items, 40);
  return kept.length === 0 ? [pick(draw, items)] : kept;
};

/** Some of the options, of which one is always left out: a test that lists every one is always true. */
const notAll = (kept: readonly Option[], options: readonly Option[]): readonly Option[] =>
  kept.length < options.length ? kept : kept.slice(1);

const sentTest = (draw: Draw, fact: SentFact): FactTest => {
  switch (fact.type) {
    case 'boolean':
      return { fact: fact.id, is: !chance(draw, 30) };
    case 'code':
      return {
        fact: fact.id,
        in: notAll(atLeastOne(draw, fact.options), fact.options).map(({ code }) => code),
      };
    case 'codeList':
      return { fact: fact.id, includesAny: atLeastOne(draw, fact.options).map(({ code }) => code) };
    case 'date': {
      const [elapsed, duration] = [pick(draw, COMPARISONS), pick(draw, ELAPSED)];
      return { fact: fact.id, elapsed, duration, source: 'guide' };
    }
    case 'number':
    case 'series':
      throw new Error(`no plain test on a ${fact.type}`);
  }
};

const drawTest = (draw: Draw, words: Vocabulary): FactTest => {
  const derived = words.facts.filter((fact) => fact.type === 'derived');
  const fact = derived.length > 0 && chance(draw, 40) ? pick(draw, derived) : pick(draw, words.facts);
  return isNumber(fact) ? compareTest(draw, fact, words) : sentTest(draw, fact);
};

/** A criterion of every form, nested to a depth. */
export const drawCriterion = (draw: Draw, words: Vocabulary, depth: number): Criterion => {
  if (depth === 0 || chance(draw, 30)) return drawTest(draw, words);
  const parts = (count: number): readonly Criterion[] =>
    times(count, () => drawCriterion(draw, words, depth - 1));
  const kind = draw(5);
  if (kind <= 1) return { any: parts(1 + draw(3)) };
  if (kind === 2) return { all: parts(1 + draw(3)) };
  if (kind === 3) return { not: drawCriterion(draw, words, depth - 1) };
  const of = parts(1 + draw(4));
  return { atLeast: 1 + draw(of.length), of };
};
