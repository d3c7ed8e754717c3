import { ucumFactor } from '../../values/ucum.js';
import { aggregateOf, termsOf, type Derivation, type Reading } from '../derivation.js';
import type { DerivedFact } from '../fact.js';
import { rangeOfDerivation } from '../range-of-derivation.js';
import type { RuleIssue } from '../rule-issue.js';
import { unitOfDerivation } from '../unit-of-derivation.js';
import { NONE, ruleIssue, type CheckContext } from './check-context.js';
import { checkPoints } from './check-points.js';

type Place = { readonly index: number; readonly pointer: string; readonly context: CheckContext };

const checkNumberUsed = (id: string, place: Place): readonly RuleIssue[] => {
  const { dictionary } = place.context;
  const used = dictionary.facts.get(id);
  if (used === undefined) return [ruleIssue(place.pointer, 'unknown-fact', `unknown fact \`${id}\``)];
  if (used.type === 'number') return NONE;
  if (used.type !== 'derived')
    return [
      ruleIssue(place.pointer, 'wrong-type', `\`${id}\` is a ${used.type}, and a number is needed here`),
    ];
  return (dictionary.order.get(id) ?? 0) < place.index
    ? NONE
    : [ruleIssue(place.pointer, 'bad-order', `declare \`${id}\` before what is derived from it`)];
};

const checkReading = (reading: Reading, place: Place): readonly RuleIssue[] => {
  const series = place.context.dictionary.facts.get(reading.series);
  if (series?.type !== 'series')
    return [ruleIssue(place.pointer, 'unknown-fact', `there is no series \`${reading.series}\``)];
  const known = reading.component === undefined || Object.hasOwn(series.components, reading.component);
  return [
    ...(known
      ? NONE
      : [
          ruleIssue(
            `${place.pointer}/component`,
            'unknown-component',
            `series \`${series.id}\` has no component \`${reading.component}\``,
          ),
        ]),
    ...(reading.sitting?.startsWith('PT') === false
      ? [
          ruleIssue(
            `${place.pointer}/sitting`,
            'bad-duration',
            'a sitting lasts hours or minutes: PT1H, PT30M',
          ),
        ]
      : NONE),
  ];
};

const checkLeaf = (derivation: Derivation, place: Place): readonly RuleIssue[] => {
  if ('fact' in derivation) return checkNumberUsed(derivation.fact, place);
  if ('points' in derivation)
    return 'bands' in derivation.points
      ? [...checkNumberUsed(derivation.points.fact, place), ...checkPoints(derivation.points, place)]
      : checkPoints(derivation.points, place);
  const aggregate = aggregateOf(derivation);
  return aggregate === null ? NONE : checkReading(aggregate.reading, place);
};

/** Every mistake in what the parts of a derivation name. Units and divisors are looked at only where there is none. */
const checkNames = (derivation: Derivation, place: Place): readonly RuleIssue[] => [
  ...checkLeaf(derivation, place),
  ...termsOf(derivation).flatMap((term) => checkNames(term, place)),
];

const checkDivisors = (derivation: Derivation, place: Place): readonly RuleIssue[] => [
  ...('ratio' in derivation && rangeOfDerivation(derivation.ratio[1], place.context.dictionary).low <= 0
    ? [
        ruleIssue(
          place.pointer,
          'divisor-may-be-zero',
          'the divisor can be 0 or less: give its fact a range above 0',
        ),
      ]
    : NONE),
  ...termsOf(derivation).flatMap((term) => checkDivisors(term, place)),
];

const checkSums = (derivation: Derivation, place: Place): readonly RuleIssue[] => {
  const terms = termsOf(derivation);
  const unit = (term: Derivation): string => unitOfDerivation(term, place.context.dictionary);
  const first = terms[0];
  const unlike =
    'sum' in derivation && first !== undefined
      ? terms.filter((term) => ucumFactor(unit(term), unit(first)) !== 1)
      : [];
  return [
    ...unlike.map((term) =>
      ruleIssue(place.pointer, 'unit-mismatch', `a sum adds \`${unit(term)}\` to another unit`),
    ),
    ...terms.flatMap((term) => checkSums(term, place)),
  ];
};

const checkUnit = (fact: DerivedFact, place: Place): readonly RuleIssue[] => {
  const unit = unitOfDerivation(fact.derive, place.context.dictionary);
  const factor = ucumFactor(unit, fact.unit);
  return factor !== null && Math.abs(factor - 1) < 1e-12
    ? NONE
    : [
        ruleIssue(
          `/facts/${String(place.index)}/unit`,
          'unit-mismatch',
          `\`${fact.id}\` comes out in \`${unit}\`, which is not exactly \`${fact.unit}\``,
        ),
      ];
};

/** Checks that a derived fact names what there is. The other check of derived facts relies on it. */
export const checkDerivedNames = (
  fact: DerivedFact,
  index: number,
  context: CheckContext,
): readonly RuleIssue[] => [
  ...checkNames(fact.derive, { index, pointer: `/facts/${String(index)}/derive`, context }),
  ...(context.sources.has(fact.source)
    ? NONE
    : [ruleIssue(`/facts/${String(index)}/source`, 'unknown-source', `unknown source \`${fact.source}\``)]),
];

/** Checks the units and divisors of a derived fact, where every derived fact names only what there is. */
export const checkDerivedUnits = (
  fact: DerivedFact,
  index: number,
  context: CheckContext,
): readonly RuleIssue[] => {
  const place = { index, pointer: `/facts/${String(index)}/derive`, context };
  return [...checkDivisors(fact.derive, place), ...checkSums(fact.derive, place), ...checkUnit(fact, place)];
};
