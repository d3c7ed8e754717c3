import { describe, expect, it } from 'vitest';
import { linksIn, pageOfSet, partAt } from '../../../support/book-page.js';
import { aRuleSet, changed } from '../../../support/builders.js';

describe('a rule', () => {
  it('says where it is cited from, and where the place is not known', () => {
    const set = changed(aRuleSet(), '/rules/0/citations/-', {
      source: 'guide',
      locator: null,
      supports: 'The rest',
      grade: 'B',
      basis: 'to-check',
    });
    const text = partAt(pageOfSet(set), 'rule-severe-pressure').replace(/<[^>]*>/g, '');
    expect(text).toContain('guide seen page 7All of itA guide (2025)');
    expect(text).toContain('guide to check place not knownThe rest (grade B)');
  });

  it('counts its cases where they are kept', () => {
    const cases = (['met', 'met', 'unknown'] as const).map((kind) => ({
      name: 'a case',
      kind,
      facts: {},
      expect: 'true' as const,
    }));
    const page = pageOfSet(aRuleSet(), { cases: [{ rule: 'heart-failure', severity: 'relative', cases }] });
    expect(partAt(page, 'rule-heart-failure')).toContain('3 cases: 2 met, 1 unknown');
    expect(partAt(page, 'rule-oral-route')).toContain('0 cases');
    expect(partAt(pageOfSet(), 'rule-heart-failure')).not.toMatch(/\d cases/);
  });

  it('links the facts that it tests, and those behind them', () => {
    const part = partAt(pageOfSet(), 'rule-recent-attack').split('Facts it reads')[1] ?? '';
    expect(linksIn(part)).toEqual(['#fact-angina', '#fact-lastAttack', '#fact-heartDisease']);
  });
});
