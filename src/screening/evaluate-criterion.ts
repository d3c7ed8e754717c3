import { addToDay, parseDuration } from '../values/duration.js';
import { compareInterval, passes, type Comparison } from '../values/interval.js';
import { localDayOf } from '../values/instant.js';
import { parsePartialDate, type PartialDate } from '../values/partial-date.js';
import { truthOf, type Truth } from '../values/truth.js';
import type { Criterion, ElapsedTest, FactTest, IncludesTest, InTest, IsTest } from '../rules/criterion.js';
import { truthOfCriterion } from '../rules/criterion-truth.js';
import { intervalOfNumber } from './evaluate-derivation.js';
import type { DateValue } from './facts.js';
import { heldOf, type Situation } from './situation.js';

/**
 * The value of a criterion in a situation: true, false, or unknown where what is known does not decide it. Pure and total on every
 * rule set that passed its checks.
 * INVARIANT: making a fact unknown never turns true into false or false into true.
 */
export const evaluateCriterion = (criterion: Criterion, situation: Situation): Truth =>
  truthOfCriterion(criterion, (test) => evaluateTest(test, situation));

/** The value of a test of one fact. */
const evaluateTest = (test: FactTest, situation: Situation): Truth => {
  if ('is' in test) return isTruth(test, situation);
  if ('in' in test) return inTruth(test, situation);
  if ('includesAny' in test) return includesTruth(test, situation);
  if ('elapsed' in test) return elapsedTruth(test, situation);
  return compareInterval(intervalOfNumber(situation, test.fact), test.compare, test.value);
};

const isTruth = (test: IsTest, situation: Situation): Truth => {
  const { value } = heldOf(situation, test.fact);
  return value.kind === 'boolean' ? truthOf(value.value === test.is) : 'unknown';
};

const inTruth = (test: InTest, situation: Situation): Truth => {
  const { value } = heldOf(situation, test.fact);
  return value.kind === 'code' ? truthOf(test.in.includes(value.value)) : 'unknown';
};

const includesTruth = (test: IncludesTest, situation: Situation): Truth => {
  const { value } = heldOf(situation, test.fact);
  if (value.kind !== 'codeList') return 'unknown';
  if (test.includesAny.some((code) => value.codes.includes(code))) return 'true';
  return value.complete ? 'false' : 'unknown';
};

/** The days that a date may be. */
export const daysOf = (value: DateValue): PartialDate => {
  const days = parsePartialDate(value.value);
  if (days === null) throw new RangeError('a date fact holds no date');
  return days;
};

const elapsedTruth = (test: ElapsedTest, situation: Situation): Truth => {
  const { value } = heldOf(situation, test.fact);
  if (value.kind !== 'date') return 'unknown';
  const today = localDayOf(situation.asOf);
  const duration = parseDuration(test.duration);
  const days = daysOf(value);
  const earliest = elapsedPasses(today, test.elapsed, addToDay(days.first, duration));
  const latest = elapsedPasses(today, test.elapsed, addToDay(days.last, duration));
  return earliest === latest ? truthOf(earliest) : 'unknown';
};

/** Less time than the duration has elapsed while today lies before the day on which it is full. */
const elapsedPasses = (today: number, op: Comparison, fullOn: number): boolean => passes(today, op, fullOn);
