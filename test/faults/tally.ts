/** The figures of a row that must be 0. */
export const MUST_BE_ZERO = ['lost', 'changed', 'unexpected5xx', 'hangs', 'leaks', 'wrong'] as const;

/** One of them. */
export type Zero = (typeof MUST_BE_ZERO)[number];

/** What a run of a row counts. A row adds to it while it runs. */
export type Tally = Record<Zero | 'rounds' | 'acknowledged' | 'inputs', number> & {
  /** What was not as it must be, in words: the first few. */
  readonly reasons: string[];
  /** What was measured and is no criterion, in words. */
  readonly notes: string[];
  /** Why the run says nothing, where it does not: too little was tried. */
  inconclusive: string | null;
};

/** Nothing counted yet. */
export const newTally = (): Tally => ({
  rounds: 0,
  acknowledged: 0,
  inputs: 0,
  lost: 0,
  changed: 0,
  unexpected5xx: 0,
  hangs: 0,
  leaks: 0,
  wrong: 0,
  reasons: [],
  notes: [],
  inconclusive: null,
});

const REASONS_KEPT = 5;

/** Counts something that must not be, and keeps why. */
export const blame = (tally: Tally, zero: Zero, reason: string): void => {
  tally[zero] += 1;
  if (tally.reasons.length < REASONS_KEPT) tally.reasons.push(`${zero}: ${reason}`);
};

/** Counts as wrong what does not hold. */
export const expectTrue = (tally: Tally, holds: boolean, reason: string): void => {
  if (!holds) blame(tally, 'wrong', reason);
};

/** Whether something that must be 0 is not. */
export const hasFailed = (tally: Tally): boolean => MUST_BE_ZERO.some((zero) => tally[zero] > 0);
