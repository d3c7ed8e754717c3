import type { Bounds, Verdict } from './decide.js';
import type { Screening } from './screen.js';

/** What something was, and what it is. */
export type Change<T> = { readonly from: T; readonly to: T };

/** What stands in a list now and did not, and what did and does not now, each in the order of its list. */
export type ListChange = { readonly added: readonly string[]; readonly removed: readonly string[] };

/** What differs between two screenings of one patient, as far as a verdict and its reasons go. */
export type ScreeningChange = {
  readonly verdict: Change<Verdict>;
  readonly bounds: Change<Bounds>;
  /** Ids of rules, absolute and relative. */
  readonly reasons: ListChange;
  /** Ids of facts that could still change the verdict. */
  readonly missing: ListChange;
};

const listChange = (before: readonly string[], after: readonly string[]): ListChange => ({
  added: after.filter((id) => !before.includes(id)),
  removed: before.filter((id) => !after.includes(id)),
});

const reasonIds = ({ reasons }: Screening): readonly string[] => reasons.map(({ rule }) => rule.id);

const missingIds = ({ missing }: Screening): readonly string[] => missing.map(({ fact }) => fact);

/** Compares two screenings of one patient. */
export const compareScreenings = (before: Screening, after: Screening): ScreeningChange => ({
  verdict: { from: before.verdict, to: after.verdict },
  bounds: { from: before.bounds, to: after.bounds },
  reasons: listChange(reasonIds(before), reasonIds(after)),
  missing: listChange(missingIds(before), missingIds(after)),
});
