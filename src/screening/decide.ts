import type { Severity } from '../rules/rule.js';
import type { Finding } from './find.js';

/** What a screening can come to, mildest first. */
export type Outcome = 'eligible' | 'review' | 'ineligible';

/** The answer: an outcome that nothing more can change, or `incomplete`. */
export type Verdict = Outcome | 'incomplete';

/** The mildest and the worst outcome that the facts still allow. */
export type Bounds = { readonly floor: Outcome; readonly ceiling: Outcome };

/** Outcomes by how bad they are: more is worse. */
export const RANK: Readonly<Record<Outcome, number>> = { eligible: 0, review: 1, ineligible: 2 };

/** The outcome that a true rule of a severity brings about. A precaution never changes the verdict. */
export const outcomeOf = (severity: Severity): Outcome => {
  switch (severity) {
    case 'absolute':
      return 'ineligible';
    case 'relative':
      return 'review';
    case 'precaution':
      return 'eligible';
  }
};

/** The worse of two outcomes. */
const worse = (a: Outcome, b: Outcome): Outcome => (RANK[a] >= RANK[b] ? a : b);

const worstOf = (findings: readonly Finding[]): Outcome =>
  findings.map((finding) => outcomeOf(finding.rule.severity)).reduce(worse, 'eligible');

/**
 * The bounds of the verdict. The floor is the worst severity among the rules that are true, the ceiling that among the rules that are
 * true or unknown: what is unknown can withhold eligibility, never grant it. The order of the findings does not matter.
 * @param findings one per active rule; none at all is a programming error and throws
 * Source: docs/adr/0004-verdict-table.md
 */
export const boundsOf = (findings: readonly Finding[]): Bounds => {
  if (findings.length === 0) throw new Error('no rule was evaluated');
  return {
    floor: worstOf(findings.filter((finding) => finding.truth === 'true')),
    ceiling: worstOf(findings.filter((finding) => finding.truth !== 'false')),
  };
};

/** The verdict: the outcome where both bounds agree, else incomplete. */
export const verdictOf = (bounds: Bounds): Verdict =>
  bounds.floor === bounds.ceiling ? bounds.floor : 'incomplete';
