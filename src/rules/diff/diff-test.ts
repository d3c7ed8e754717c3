import type { CompareTest, ElapsedTest, FactTest } from '../criterion.js';
import { passes, type Comparison } from '../../values/interval.js';
import { parseDuration } from '../../values/duration.js';
import { changeOf, type Change, type Sort } from './change.js';
import { diffKeys, valueField, type Field, type Fields } from './fields.js';
import { setField } from './list-fields.js';
import type { Both } from './place.js';
import { movedFrom, quantityInWords } from './value-words.js';

const CRITERION: Sort = { kind: 'criterion', effect: 'logic' };
const COMPARISON: Sort = { kind: 'comparison', effect: 'logic' };
const THRESHOLD: Sort = { kind: 'threshold', effect: 'logic' };
const UNIT: Sort = { kind: 'unit', effect: 'logic' };
const CODES: Sort = { kind: 'codes', effect: 'logic' };
const CITATION: Sort = { kind: 'citation', effect: 'words' };

const said =
  (sort: Sort, words: string): Field =>
  (pair) => [changeOf(pair, sort, words)];

/** What another comparison makes of the limit itself, where it is the same limit. */
const atLimit = (from: Comparison, to: Comparison, limit: string): string => {
  const [met, meets] = [passes(0, from, 0), passes(0, to, 0)];
  if (met === meets) return '';
  return meets ? `: ${limit} itself now meets it` : `: ${limit} itself no longer meets it`;
};

const comparisonField = (
  fact: string,
  ops: readonly [Comparison, Comparison],
  limit: string | null,
): Field => {
  const [from, to] = ops;
  const boundary = limit === null ? '' : atLimit(from, to, limit);
  return said(COMPARISON, `comparison of \`${fact}\` changed from ${from} to ${to}${boundary}`);
};

const thresholdInWords = (from: CompareTest, to: CompareTest): string => {
  const what = `threshold of \`${to.fact}\``;
  const after = quantityInWords(to.value, to.unit);
  return from.unit === to.unit
    ? `${what} ${movedFrom(from.value, to.value)} from ${String(from.value)} to ${after}`
    : `${what} changed from ${quantityInWords(from.value, from.unit)} to ${after}`;
};

const compareFields = (from: CompareTest, to: CompareTest): Fields<keyof CompareTest> => {
  const isOneLimit = from.value === to.value && from.unit === to.unit;
  const limit = isOneLimit ? quantityInWords(to.value, to.unit) : null;
  return {
    fact: valueField('fact', CRITERION),
    compare: comparisonField(to.fact, [from.compare, to.compare], limit),
    value: said(THRESHOLD, thresholdInWords(from, to)),
    unit: valueField(`unit of the threshold of \`${to.fact}\``, UNIT),
    source: valueField(`source of the threshold of \`${to.fact}\``, CITATION),
  };
};

const durationInWords = (from: ElapsedTest, to: ElapsedTest): string => {
  const [before, after] = [parseDuration(from.duration), parseDuration(to.duration)];
  const longer = after.count > before.count ? 'lengthened' : 'shortened';
  const verb = before.unit === after.unit ? longer : 'changed';
  return `period of \`${to.fact}\` ${verb} from ${from.duration} to ${to.duration}`;
};

const elapsedFields = (from: ElapsedTest, to: ElapsedTest): Fields<keyof ElapsedTest> => ({
  fact: valueField('fact', CRITERION),
  elapsed: comparisonField(
    to.fact,
    [from.elapsed, to.elapsed],
    from.duration === to.duration ? to.duration : null,
  ),
  duration: said(THRESHOLD, durationInWords(from, to)),
  source: valueField(`source of the period of \`${to.fact}\``, CITATION),
});

const fieldsOf = (from: FactTest, to: FactTest): Fields => {
  if ('compare' in from && 'compare' in to) return compareFields(from, to);
  if ('elapsed' in from && 'elapsed' in to) return elapsedFields(from, to);
  return {
    is: valueField(`value that \`${to.fact}\` is tested for`, CRITERION),
    in: setField(`codes that \`${to.fact}\` is tested for`, CODES),
    includesAny: setField(`codes that \`${to.fact}\` is tested for`, CODES),
  };
};

/** The changes between two tests of one fact that have one form: a threshold, a comparison, a list of codes. */
export const diffTest = (from: FactTest, to: FactTest, both: Both): readonly Change[] =>
  diffKeys(both, fieldsOf(from, to));
