import { isUcumUnit, ucumFactor } from '../../values/ucum.js';
import type { Fact, Measured, SeriesFact } from '../fact.js';
import type { RuleIssue } from '../rule-issue.js';
import { NONE, ruleIssue } from './check-context.js';

/** A factor may differ from the one of UCUM by this part of it: seven digits are asked for, and six are too few. */
const FACTOR_TOLERANCE = 1e-6;

const checkFactor =
  (unit: string, pointer: string) =>
  ([from, factor]: readonly [string, number]): readonly RuleIssue[] => {
    const expected = ucumFactor(from, unit);
    if (expected === null)
      return [
        ruleIssue(
          pointer,
          'unknown-unit',
          `UCUM cannot turn \`${from}\` into \`${unit}\` by a factor: remove it`,
        ),
      ];
    return Math.abs(factor - expected) <= expected * FACTOR_TOLERANCE
      ? NONE
      : [
          ruleIssue(
            pointer,
            'unit-mismatch',
            `the factor from \`${from}\` to \`${unit}\` is ${expected.toPrecision(9)} by UCUM`,
          ),
        ];
  };

const checkMeasured = (measured: Measured, pointer: string): readonly RuleIssue[] => [
  ...(isUcumUnit(measured.unit)
    ? Object.entries(measured.alsoAccepts ?? {}).flatMap(checkFactor(measured.unit, `${pointer}/alsoAccepts`))
    : [
        ruleIssue(
          `${pointer}/unit`,
          'unknown-unit',
          `UCUM does not know \`${measured.unit}\`: use its case-sensitive code`,
        ),
      ]),
  ...(measured.range.min < measured.range.max
    ? NONE
    : [ruleIssue(`${pointer}/range`, 'bad-range', '`min` must lie below `max`')]),
];

const checkOrdered = (fact: SeriesFact, pointer: string): readonly RuleIssue[] =>
  (fact.ordered ?? []).flatMap(({ greater, lesser }, index) =>
    [greater, lesser]
      .filter((name) => !Object.hasOwn(fact.components, name))
      .map((name) =>
        ruleIssue(
          `${pointer}/ordered/${String(index)}`,
          'unknown-component',
          `series \`${fact.id}\` has no component \`${name}\``,
        ),
      ),
  );

const checkSeries = (fact: SeriesFact, pointer: string): readonly RuleIssue[] => [
  ...Object.entries(fact.components).flatMap(([name, component]) =>
    checkMeasured(component, `${pointer}/components/${name}`),
  ),
  ...checkOrdered(fact, pointer),
];

/** Checks the units, factors and ranges of a fact. */
export const checkUnitsOf = (fact: Fact, pointer: string): readonly RuleIssue[] => {
  if (fact.type === 'number') return checkMeasured(fact, pointer);
  if (fact.type === 'series') return checkSeries(fact, pointer);
  return fact.type !== 'derived' || isUcumUnit(fact.unit)
    ? NONE
    : [ruleIssue(`${pointer}/unit`, 'unknown-unit', `UCUM does not know \`${fact.unit}\``)];
};
