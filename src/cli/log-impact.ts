import type { Verdict } from '../screening/decide.js';
import type { ScreeningChange } from '../screening/compare-screenings.js';
import type { DecisionImpact } from '../services/decision-impact.js';

/** A decision that would have another verdict, or other reasons. */
export type Moved = { readonly id: string; readonly change: ScreeningChange };

/** How many decisions went from each verdict to each. */
export type Matrix = Readonly<Record<Verdict, Readonly<Record<Verdict, number>>>>;

/** What another version would have said of decisions, counted. It does not grow with their number. */
export type LogImpact = {
  readonly matrix: Matrix;
  readonly compared: number;
  readonly erased: number;
  readonly damaged: number;
  /** How many would have another verdict, and the first of them. */
  readonly otherVerdict: Counted;
  /** How many would have the same verdict for other reasons, and the first of them. */
  readonly otherReasons: Counted;
};

type Counted = { readonly count: number; readonly first: readonly Moved[] };

/** How many decisions are listed at most. */
export const MOST_LISTED = 100;

/** The verdicts, mildest first, and the one that is none as yet before the worst. */
export const VERDICTS = [
  'eligible',
  'review',
  'incomplete',
  'ineligible',
] as const satisfies readonly Verdict[];

const NONE: Counted = { count: 0, first: [] };

const NO_MOVES = { eligible: 0, review: 0, incomplete: 0, ineligible: 0 };

/** The impact on nothing yet. */
export const NO_IMPACT: LogImpact = {
  matrix: { eligible: NO_MOVES, review: NO_MOVES, incomplete: NO_MOVES, ineligible: NO_MOVES },
  compared: 0,
  erased: 0,
  damaged: 0,
  otherVerdict: NONE,
  otherReasons: NONE,
};

const withMoved = ({ count, first }: Counted, moved: Moved): Counted => ({
  count: count + 1,
  first: first.length < MOST_LISTED ? [...first, moved] : first,
});

const withMove = (matrix: Matrix, { from, to }: ScreeningChange['verdict']): Matrix => ({
  ...matrix,
  [from]: { ...matrix[from], [to]: matrix[from][to] + 1 },
});

/** Adds a decision to the place where it counts: those of another verdict, or else those of other reasons. */
const withPlace = (impact: LogImpact, moved: Moved): LogImpact => {
  const { verdict, reasons } = moved.change;
  if (verdict.from !== verdict.to) return { ...impact, otherVerdict: withMoved(impact.otherVerdict, moved) };
  if (reasons.added.length + reasons.removed.length === 0) return impact;
  return { ...impact, otherReasons: withMoved(impact.otherReasons, moved) };
};

/** The impact with one more decision. */
export const withImpact = (impact: LogImpact, { id, kept, change }: DecisionImpact): LogImpact => {
  if (change === null)
    return kept === 'erased'
      ? { ...impact, erased: impact.erased + 1 }
      : { ...impact, damaged: impact.damaged + 1 };
  const { matrix, compared } = impact;
  const counted = { ...impact, matrix: withMove(matrix, change.verdict), compared: compared + 1 };
  return withPlace(counted, { id, change });
};

/** The decisions that are listed, those of another verdict first, and how many more there are. */
export const listedOf = ({
  otherVerdict,
  otherReasons,
}: LogImpact): { readonly listed: readonly Moved[]; readonly more: number } => {
  const listed = [...otherVerdict.first, ...otherReasons.first].slice(0, MOST_LISTED);
  return { listed, more: otherVerdict.count + otherReasons.count - listed.length };
};
