import type { Comparison } from '../values/interval.js';

/**
 * The boolean expression of a rule, exactly as its JSON. It has a value (true, false or unknown) for every set of facts.
 * Meaning: docs/rule-language.md, sections 1 and 3.
 * INVARIANT: no form of it can tell whether a fact is known.
 */
export type Criterion = All | Any | Not | AtLeast | FactTest;

/** False if any part is false, else unknown if any is unknown, else true. */
export type All = { readonly all: readonly Criterion[] };

/** True if any part is true, else unknown if any is unknown, else false. */
export type Any = { readonly any: readonly Criterion[] };

/** True and false change places, unknown stays. */
export type Not = { readonly not: Criterion };

/** True if at least that many parts are true, false if that many cannot be reached, else unknown. */
export type AtLeast = { readonly atLeast: number; readonly of: readonly Criterion[] };

/** A test of one fact: a leaf of a criterion. */
export type FactTest = IsTest | InTest | IncludesTest | CompareTest | ElapsedTest;

/** Whether a boolean fact is true, or is false. */
export type IsTest = { readonly fact: string; readonly is: boolean };

/** Whether a code fact is one of some options. */
export type InTest = { readonly fact: string; readonly in: readonly string[] };

/** Whether a code list holds any of some codes; false only where the list is complete. */
export type IncludesTest = { readonly fact: string; readonly includesAny: readonly string[] };

/** How a number, sent or derived, compares with a threshold in the fact's own unit. `source` gives the threshold. */
export type CompareTest = {
  readonly fact: string;
  readonly compare: Comparison;
  readonly value: number;
  readonly unit: string;
  readonly source: string;
};

/** How the time from a date to the day of `asOf` compares with a duration. `source` gives the duration. */
export type ElapsedTest = {
  readonly fact: string;
  readonly elapsed: Comparison;
  readonly duration: string;
  readonly source: string;
};

/** Whether a criterion is a test of one fact. */
export const isFactTest = (criterion: Criterion): criterion is FactTest => 'fact' in criterion;

/** The direct parts of a criterion, none for a test of one fact. */
export const partsOf = (criterion: Criterion): readonly Criterion[] => {
  if ('all' in criterion) return criterion.all;
  if ('any' in criterion) return criterion.any;
  if ('not' in criterion) return [criterion.not];
  return 'of' in criterion ? criterion.of : [];
};

/** Every test of a criterion, in the order of its text. */
export const testsOf = (criterion: Criterion): readonly FactTest[] =>
  isFactTest(criterion) ? [criterion] : partsOf(criterion).flatMap(testsOf);
