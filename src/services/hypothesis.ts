import type { Entry } from '../log/entry.js';
import type { RuleSet } from '../rules/rule-set.js';
import { carryFacts, type CarriedFacts } from '../screening/carry-facts.js';
import { compareScreenings, type ScreeningChange } from '../screening/compare-screenings.js';
import { screen } from '../screening/screen.js';
import { readContext, readStoredFacts } from './stored-decision.js';

/** Which version decided, and which one is asked what it would have said. */
type Versions = { readonly decidedBy: RuleSet; readonly asked: RuleSet };

/** What another version would have said of the facts of a decision: `from` is what the version that decided says of them, `to` the other one. */
export type Hypothesis = Versions & ScreeningChange & Omit<CarriedFacts, 'facts'>;

/**
 * Evaluates the facts of a decision under the version that decided and, carried to it, under another one; both at the moment at which it was judged.
 * It is no decision: nothing of it is stored, and nobody was asked what the other version would have asked.
 */
export const hypothesisOf = (decision: Entry, { decidedBy, asked }: Versions): Hypothesis => {
  const { asOf } = readContext(decision);
  const stored = readStoredFacts(decision);
  const { facts, notUnderstood, changedType } = carryFacts(stored, decidedBy.body, asked.body);
  const change = compareScreenings(screen(decidedBy.body, stored, asOf), screen(asked.body, facts, asOf));
  return { decidedBy, asked, ...change, notUnderstood, changedType };
};
