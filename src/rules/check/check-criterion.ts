import { compareInterval } from '../../values/interval.js';
import { pointerTo } from '../../values/pointer.js';
import type { CompareTest, Criterion, ElapsedTest, FactTest, IncludesTest, InTest } from '../criterion.js';
import { isFactTest, partsOf } from '../criterion.js';
import type { Fact, FactType } from '../fact.js';
import { rangeOfNumber } from '../range-of-derivation.js';
import type { RuleIssue } from '../rule-issue.js';
import { NONE, ruleIssue, type CheckContext } from './check-context.js';

const MAX_DEPTH = 12;
const MAX_NODES = 200;

/** A test with the pointer to it. */
export type PlacedTest = { readonly test: FactTest; readonly pointer: string };

const branchesOf = (criterion: Criterion, pointer: string): readonly (readonly [Criterion, string])[] => {
  if ('not' in criterion) return [[criterion.not, pointerTo(pointer, 'not')]];
  const key = ['all', 'any', 'of'].find((name) => name in criterion) ?? '';
  return partsOf(criterion).map((part, index) => [part, pointerTo(pointerTo(pointer, key), index)]);
};

/** Every test of a criterion, each with the pointer to it. */
export const placedTests = (criterion: Criterion, pointer: string): readonly PlacedTest[] =>
  isFactTest(criterion)
    ? [{ test: criterion, pointer }]
    : branchesOf(criterion, pointer).flatMap(([part, place]) => placedTests(part, place));

const depthOf = (criterion: Criterion): number => 1 + Math.max(0, ...partsOf(criterion).map(depthOf));

const nodesOf = (criterion: Criterion): number =>
  1 +
  partsOf(criterion)
    .map(nodesOf)
    .reduce((sum, nodes) => sum + nodes, 0);

const checkSize = (criterion: Criterion, pointer: string): readonly RuleIssue[] =>
  depthOf(criterion) <= MAX_DEPTH && nodesOf(criterion) <= MAX_NODES
    ? NONE
    : [
        ruleIssue(
          pointer,
          'too-large',
          `a criterion has at most ${String(MAX_DEPTH)} levels and ${String(MAX_NODES)} parts`,
        ),
      ];

const checkCounts = (criterion: Criterion, pointer: string): readonly RuleIssue[] => [
  ...('of' in criterion && criterion.atLeast > criterion.of.length
    ? [ruleIssue(pointer, 'bad-count', 'it asks for more parts than it has, so it can never be true')]
    : NONE),
  ...branchesOf(criterion, pointer).flatMap(([part, place]) => checkCounts(part, place)),
];

const typesFor = (test: FactTest): readonly FactType[] => {
  if ('is' in test) return ['boolean'];
  if ('in' in test) return ['code'];
  if ('includesAny' in test) return ['codeList'];
  return 'elapsed' in test ? ['date'] : ['number', 'derived'];
};

const checkCodes = (test: InTest | IncludesTest, fact: Fact, pointer: string): readonly RuleIssue[] => {
  const options = fact.type === 'code' || fact.type === 'codeList' ? fact.options : [];
  const wanted = 'in' in test ? test.in : test.includesAny;
  if ('in' in test && options.every(({ code }) => wanted.includes(code)))
    return [
      ruleIssue(
        pointer,
        'decided-by-range',
        `every option of \`${fact.id}\` is listed, so it is always true: leave one out`,
      ),
    ];
  return wanted
    .filter((code) => options.every((option) => option.code !== code))
    .map((code) =>
      ruleIssue(
        pointer,
        'unknown-code',
        `\`${fact.id}\` has no option \`${code}\`: correct the code, or add the option`,
      ),
    );
};

const checkCompare = (test: CompareTest, fact: Fact, place: Place): readonly RuleIssue[] => {
  const { pointer, context } = place;
  if ((fact.type === 'number' || fact.type === 'derived') && fact.unit !== test.unit)
    return [
      ruleIssue(
        pointerTo(pointer, 'unit'),
        'unit-mismatch',
        `\`${fact.id}\` is in \`${fact.unit}\`, not \`${test.unit}\`: give the number in that unit`,
      ),
    ];
  const range = rangeOfNumber(fact.id, context.dictionary);
  return compareInterval(range, test.compare, test.value) === 'unknown'
    ? NONE
    : [
        ruleIssue(
          pointerTo(pointer, 'value'),
          'decided-by-range',
          `the range of \`${fact.id}\` alone decides this: correct the number, or the range`,
        ),
      ];
};

const checkElapsed = (test: ElapsedTest, pointer: string): readonly RuleIssue[] =>
  test.duration.startsWith('PT')
    ? [
        ruleIssue(
          pointerTo(pointer, 'duration'),
          'bad-duration',
          'a date is judged in days or longer: P1D, not PT24H',
        ),
      ]
    : NONE;

type Place = { readonly pointer: string; readonly context: CheckContext };

const checkTest = (test: FactTest, place: Place): readonly RuleIssue[] => {
  const fact = place.context.dictionary.facts.get(test.fact);
  if (fact === undefined)
    return [
      ruleIssue(
        pointerTo(place.pointer, 'fact'),
        'unknown-fact',
        `unknown fact \`${test.fact}\`: correct its id, or declare it in facts.json`,
      ),
    ];
  if (!typesFor(test).includes(fact.type))
    return [ruleIssue(place.pointer, 'wrong-type', `this test does not fit \`${fact.id}\`, a ${fact.type}`)];
  if ('in' in test || 'includesAny' in test) return checkCodes(test, fact, place.pointer);
  if ('compare' in test) return checkCompare(test, fact, place);
  return 'elapsed' in test ? checkElapsed(test, place.pointer) : NONE;
};

/** Checks that a criterion names what there is, in the right types and units, and is not too large. */
export const checkCriterion = (criterion: Criterion, place: Place): readonly RuleIssue[] => [
  ...checkSize(criterion, place.pointer),
  ...checkCounts(criterion, place.pointer),
  ...placedTests(criterion, place.pointer).flatMap(({ test, pointer }) =>
    checkTest(test, { pointer, context: place.context }),
  ),
];
