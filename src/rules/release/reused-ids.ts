import type { RuleSetBody } from '../rule-set.js';

/** A rule that has the id of a retired one, by its place in the draft; `lastIn` is the last release that had the retired rule. */
export type ReusedId = { readonly index: number; readonly lastIn: string };

/**
 * The rules of a draft whose id the newest release does not have and an earlier one did. An id stands for one rule for all time: decisions of years
 * ago name it, and the history of a rule is found by it.
 * @param releases oldest first
 */
export const reusedIds = (draft: RuleSetBody, releases: readonly RuleSetBody[]): readonly ReusedId[] => {
  const newest = new Set(releases.at(-1)?.rules.map(({ id }) => id));
  return draft.rules.flatMap(({ id }, index) => {
    const last = releases.findLast(({ rules }) => rules.some((rule) => rule.id === id));
    return last === undefined || newest.has(id) ? [] : [{ index, lastIn: last.version }];
  });
};
