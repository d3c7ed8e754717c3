import { describe, expect, it } from 'vitest';
import { pageOfSet, partAt } from '../../../support/book-page.js';
import { aRule, aRuleSet, changed, compare, is } from '../../../support/builders.js';

describe('the index of rules by source', () => {
  const other = { id: 'other', title: 'Another', year: null, kind: 'policy', basis: 'policy' };
  const cited = { source: 'other', locator: 'p. 1', supports: 'It', basis: 'policy' };
  const numbered = aRule(
    'numbered',
    'relative',
    { ...compare('age', '>=', 65, 'a'), source: 'other' },
    {
      citations: [cited],
    },
  );
  const named = aRule('named', 'relative', is('angina'), { citations: [cited] });
  const set = [numbered, named].reduce(
    (all, rule) => changed(all, '/rules/-', rule),
    changed(aRuleSet(), '/sources/-', other),
  );
  const textAt = (id: string): string =>
    (pageOfSet(set).split(` id="uses-${id}"`)[1] ?? '')
      .split('id="uses-')[0]
      ?.replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ') ?? '';

  it('lists the rules that cite a source, and marks those with a number of it', () => {
    expect(textAt('other')).toContain('other Another Cited by numbered number , named ');
    expect(textAt('other')).not.toContain('severe-pressure');
  });

  it('lists the numbers that are computed as it says, with the rules that they stand behind', () => {
    expect(textAt('guide')).toContain('Computes meanSystolic , behind severe-pressure , high-pressure');
  });

  it('is linked to from the bibliography, where a year that is not known is said to be so', () => {
    expect(partAt(pageOfSet(set), 'source-other')).toContain('<a href="#uses-other">cited by 2 rules</a>');
    expect(partAt(pageOfSet(set), 'source-other')).toContain('(year not known)');
  });
});
