import { describe, expect, it } from 'vitest';
import { aFact, aRule, is, known } from '../../support/builders.js';
import { screened } from './small-screen.js';

const facts = [aFact.boolean('a')];
const rules = [aRule('absolute', 'absolute', is('a'))];

describe('a patient inside the scope', () => {
  it('gets no reason for that', () => {
    const { verdict, reasons } = screened({ facts, rules, sent: { a: known.no } });
    expect([verdict, reasons]).toEqual(['eligible', []]);
  });
});

describe('a patient outside the scope', () => {
  const outside = screened({ facts, rules, sent: { adult: known.no, a: known.no } });

  it('needs review, by the relative reason outside-scope', () => {
    expect(outside.verdict).toBe('review');
    expect(outside.reasons.map(({ rule }) => [rule.id, rule.domain, rule.severity])).toEqual([
      ['outside-scope', 'scope', 'relative'],
    ]);
  });

  it('is told by what, and with the words and citations of the scope', () => {
    const [reason] = outside.reasons;
    expect(reason?.evidence).toEqual([{ fact: 'adult', value: false, test: 'not: adult is true' }]);
    expect(reason?.rule.citations[0]?.source).toBe('guide');
  });

  it('is ineligible where an absolute rule is true', () => {
    const { verdict, reasons } = screened({ facts, rules, sent: { adult: known.no, a: known.yes } });
    expect(verdict).toBe('ineligible');
    expect(reasons.map(({ rule }) => rule.id)).toEqual(['absolute', 'outside-scope']);
  });
});

describe('a scope that is unknown', () => {
  it('is asked for, and nobody is eligible until then', () => {
    const { verdict, missing } = screened({ facts, rules, sent: { adult: known.askedUnknown, a: known.no } });
    expect(verdict).toBe('incomplete');
    expect(missing).toEqual([
      { fact: 'adult', reason: 'asked-unknown', couldMake: 'review', rules: ['outside-scope'] },
    ]);
  });
});
