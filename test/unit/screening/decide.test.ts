import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../src/screening/decide.js';
import type { FactValue } from '../../../src/screening/facts.js';
import { aFact, aRule, is, known } from '../../support/builders.js';
import { screened } from './small-screen.js';

const FACTS = ['a', 'r', 'p', 'a2', 'r2'].map((id) => aFact.boolean(id));

const RULES = [
  aRule('precaution', 'precaution', is('p')),
  aRule('relative', 'relative', is('r')),
  aRule('absolute', 'absolute', is('a')),
  aRule('second-relative', 'relative', is('r2')),
  aRule('second-absolute', 'absolute', is('a2')),
];

const OTHERS = { a2: known.no, r2: known.no };

const valueOf = (letter: string): FactValue =>
  ({ T: known.yes, F: known.no, U: known.declined })[letter] ?? known.declined;

/** Absolute and relative rule, then floor, ceiling and verdict. */
const TABLE: readonly (readonly [string, string, string, string, string])[] = [
  ['F', 'F', 'eligible', 'eligible', 'eligible'],
  ['F', 'T', 'review', 'review', 'review'],
  ['F', 'U', 'eligible', 'review', 'incomplete'],
  ['T', 'F', 'ineligible', 'ineligible', 'ineligible'],
  ['T', 'T', 'ineligible', 'ineligible', 'ineligible'],
  ['T', 'U', 'ineligible', 'ineligible', 'ineligible'],
  ['U', 'F', 'eligible', 'ineligible', 'incomplete'],
  ['U', 'T', 'review', 'ineligible', 'incomplete'],
  ['U', 'U', 'eligible', 'ineligible', 'incomplete'],
];

describe.each(TABLE)('absolute %s and relative %s', (a, r, floor, ceiling, verdict) => {
  it.each(['T', 'F', 'U'])(`is ${verdict}, whatever a precaution is (%s)`, (p) => {
    const sent = { a: valueOf(a), r: valueOf(r), p: valueOf(p), ...OTHERS };
    const screening = screened({ facts: FACTS, rules: RULES, sent });
    expect(screening.bounds).toEqual({ floor, ceiling });
    expect(screening.verdict).toBe(verdict);
  });
});

describe('the reasons', () => {
  it('stand worst first, then in rule order', () => {
    const sent = { a: known.yes, r: known.yes, p: known.yes, a2: known.yes, r2: known.yes };
    const { reasons } = screened({ facts: FACTS, rules: RULES, sent });
    expect(reasons.map(({ rule }) => rule.id)).toEqual([
      'absolute',
      'second-absolute',
      'relative',
      'second-relative',
    ]);
  });

  it('hold no precaution: those stand apart', () => {
    const screening = screened({ facts: FACTS, rules: RULES, sent: { p: known.yes } });
    expect(screening.reasons).toEqual([]);
    expect(screening.precautions.map(({ rule }) => rule.id)).toEqual(['precaution']);
  });
});

describe('the findings', () => {
  it('hold every rule in rule order, the scope first', () => {
    const { findings } = screened({ facts: FACTS, rules: RULES, sent: { a: known.yes, r: known.no } });
    expect(findings.map(({ rule, truth }) => [rule.id, truth])).toEqual([
      ['outside-scope', 'false'],
      ['precaution', 'unknown'],
      ['relative', 'false'],
      ['absolute', 'true'],
      ['second-relative', 'unknown'],
      ['second-absolute', 'unknown'],
    ]);
  });

  it('that are unknown are named as undetermined, in rule order', () => {
    const { undetermined } = screened({ facts: FACTS, rules: RULES, sent: { a: known.yes, r: known.no } });
    expect(undetermined).toEqual(['precaution', 'second-relative', 'second-absolute']);
  });
});

describe('the bounds of no rule at all', () => {
  it('are a programming error and never an eligible patient', () => {
    expect(() => boundsOf([])).toThrow();
  });
});
