import type { Verdict } from '../screening/decide.js';
import type { Decision } from '../screening/decision.js';
import type { UnknownReason } from '../screening/facts.js';

/** What may be counted of a decision: words of closed lists, and numbers. Nothing tells of whom it is or what was sent. */
export type ScreeningFigures = {
  readonly ruleSet: string;
  readonly version: string;
  readonly verdict: Verdict;
  /** Why each fact of `missing` is not known. */
  readonly missing: readonly UnknownReason[];
  /** How many codes the rules know nothing of. */
  readonly unmapped: number;
};

/** Is told of each decision once it is durable. It never throws: the decision stands by then. */
export type TellFigures = (figures: ScreeningFigures) => void;

const ALL_VERDICTS: Readonly<Record<Verdict, null>> = {
  eligible: null,
  review: null,
  incomplete: null,
  ineligible: null,
};

const ALL_REASONS: Readonly<Record<UnknownReason, null>> = {
  'not-asked': null,
  'asked-unknown': null,
  declined: null,
  stale: null,
  imprecise: null,
  'too-few': null,
  'incomplete-list': null,
  unreadable: null,
  conflicting: null,
};

/** Every verdict. */
export const VERDICT_WORDS: readonly string[] = Object.keys(ALL_VERDICTS);

/** Every reason why a fact is not known. */
export const REASON_WORDS: readonly string[] = Object.keys(ALL_REASONS);

/** What may be counted of a decision. */
export const figuresOf = ({
  ruleSet,
  screening,
  unmapped,
}: Pick<Decision, 'ruleSet' | 'screening' | 'unmapped'>): ScreeningFigures => ({
  ruleSet: ruleSet.body.id,
  version: ruleSet.body.version,
  verdict: screening.verdict,
  missing: screening.missing.map(({ reason }) => reason),
  unmapped: unmapped.length,
});
