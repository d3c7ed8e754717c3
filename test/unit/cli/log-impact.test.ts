import { describe, expect, it } from 'vitest';
import { listedOf, MOST_LISTED, NO_IMPACT, withImpact, type LogImpact } from '../../../src/cli/log-impact.js';
import type { Verdict } from '../../../src/screening/decide.js';
import type { DecisionImpact } from '../../../src/services/decision-impact.js';

const bounds = { floor: 'eligible', ceiling: 'review' } as const;

const moved = (id: string, from: Verdict, to: Verdict, added: readonly string[] = []): DecisionImpact => ({
  id,
  kept: 'whole',
  change: {
    verdict: { from, to },
    bounds: { from: bounds, to: bounds },
    reasons: { added, removed: [] },
    missing: { added: [], removed: [] },
  },
});

const impactOf = (decisions: readonly DecisionImpact[]): LogImpact => decisions.reduce(withImpact, NO_IMPACT);

describe('the impact on decisions', () => {
  it('counts each move, those that stay where they are among them', () => {
    const { matrix, compared } = impactOf([
      moved('a', 'eligible', 'review'),
      moved('b', 'eligible', 'review'),
      moved('c', 'review', 'eligible'),
      moved('d', 'incomplete', 'incomplete'),
    ]);
    expect(compared).toBe(4);
    expect(matrix).toEqual({
      eligible: { eligible: 0, review: 2, incomplete: 0, ineligible: 0 },
      review: { eligible: 1, review: 0, incomplete: 0, ineligible: 0 },
      incomplete: { eligible: 0, review: 0, incomplete: 1, ineligible: 0 },
      ineligible: { eligible: 0, review: 0, incomplete: 0, ineligible: 0 },
    });
  });

  it('lists those of another verdict before those of other reasons, and none that stays as it is', () => {
    const impact = impactOf([
      moved('reasons', 'review', 'review', ['glaucoma']),
      moved('same', 'review', 'review'),
      moved('verdict', 'review', 'ineligible'),
    ]);
    expect(listedOf(impact)).toMatchObject({ listed: [{ id: 'verdict' }, { id: 'reasons' }], more: 0 });
    expect([impact.otherVerdict.count, impact.otherReasons.count]).toEqual([1, 1]);
  });

  it('lists so many and no more, counts the rest, and keeps a place for every other verdict', () => {
    const many = (count: number, make: (id: string) => DecisionImpact): readonly DecisionImpact[] =>
      Array.from({ length: count }, (_, index) => make(String(index)));
    const reasons = many(MOST_LISTED + 5, (id) => moved(`r${id}`, 'review', 'review', ['glaucoma']));
    const verdicts = many(3, (id) => moved(`v${id}`, 'eligible', 'review'));
    const { listed, more } = listedOf(impactOf([...reasons, ...verdicts]));
    expect(listed.slice(0, 4).map(({ id }) => id)).toEqual(['v0', 'v1', 'v2', 'r0']);
    expect([listed.length, more]).toEqual([MOST_LISTED, 8]);
  });

  it('holds no more of many decisions than are listed', () => {
    const one = moved('x', 'eligible', 'review');
    let impact = NO_IMPACT;
    for (let count = 0; count < 10 * MOST_LISTED; count += 1) impact = withImpact(impact, one);
    expect(impact.otherVerdict).toMatchObject({ count: 10 * MOST_LISTED });
    expect(impact.otherVerdict.first).toHaveLength(MOST_LISTED);
  });

  it('counts what was erased apart from what is damaged, and compares neither', () => {
    const impact = impactOf([
      { id: 'a', kept: 'erased', change: null },
      { id: 'b', kept: 'damaged', change: null },
      { id: 'c', kept: 'damaged', change: null },
    ]);
    expect(impact).toMatchObject({ compared: 0, erased: 1, damaged: 2 });
  });
});
