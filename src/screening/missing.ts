import type { Severity } from '../rules/rule.js';
import { RANK, outcomeOf, type Outcome } from './decide.js';
import type { ActiveRule, Finding } from './find.js';
import type { UnknownReason } from './facts.js';
import { mergeGaps, mergePair, type Gap } from './gap.js';
import { gapsOfCriterion } from './residual.js';
import type { Situation } from './situation.js';

/** The worst that learning a fact could bring about. */
export type Effect = 'ineligible' | 'review' | 'precaution';

/** A fact that is not known, what it could bring about, and the undecided rules in whose residual it stands. */
export type Missing = Gap & { readonly couldMake: Effect; readonly rules: readonly string[] };

/** What is not known: `missing` could still change the verdict, `alsoUseful` could only add reasons or precautions. */
export type Unknowns = { readonly missing: readonly Missing[]; readonly alsoUseful: readonly Missing[] };

const EFFECTS: readonly Effect[] = ['ineligible', 'review', 'precaution'];

const effectOf = (severity: Severity): Effect => {
  switch (severity) {
    case 'absolute':
      return 'ineligible';
    case 'relative':
      return 'review';
    case 'precaution':
      return 'precaution';
  }
};

const isAnsweredUnknown = (reason: UnknownReason): boolean =>
  reason === 'asked-unknown' || reason === 'declined';

const worstEffect = (rules: readonly ActiveRule[]): Effect =>
  EFFECTS.find((effect) => rules.some((rule) => effectOf(rule.severity) === effect)) ?? 'precaution';

/** What is gathered of one fact. Filled in place: with nothing known, some four hundred gaps come to a hundred and sixty facts. */
type Entry = { gap: Gap; readonly rules: ActiveRule[] };

const gather = (findings: readonly Finding[], situation: Situation): Iterable<Entry> => {
  const entries = new Map<string, Entry>();
  for (const { rule } of findings) {
    for (const gap of mergeGaps(gapsOfCriterion(rule.criterion, situation))) {
      const entry = entries.get(gap.fact);
      if (entry === undefined) {
        entries.set(gap.fact, { gap, rules: [rule] });
        continue;
      }
      entry.gap = mergePair(entry.gap, gap);
      entry.rules.push(rule);
    }
  }
  return entries.values();
};

/** Each field by name: a spread of gaps of several shapes takes a fifth of the whole screening of an empty intake. */
const missingOf = ({ gap: { fact, reason, need }, rules }: Entry): Missing => {
  const asked = { fact, reason, couldMake: worstEffect(rules), rules: rules.map((rule) => rule.id) };
  return need === undefined ? asked : { ...asked, need };
};

/** Worst effect first, then what stands in most rules, then what was already asked last, then the order of the dictionary. */
const askingOrder =
  ({ dictionary }: Situation) =>
  (a: Missing, b: Missing): number => {
    const differences = [
      EFFECTS.indexOf(a.couldMake) - EFFECTS.indexOf(b.couldMake),
      b.rules.length - a.rules.length,
      Number(isAnsweredUnknown(a.reason)) - Number(isAnsweredUnknown(b.reason)),
      (dictionary.order.get(a.fact) ?? 0) - (dictionary.order.get(b.fact) ?? 0),
    ];
    return differences.find((difference) => difference !== 0) ?? 0;
  };

const collect = (findings: readonly Finding[], situation: Situation): readonly Missing[] =>
  Array.from(gather(findings, situation), missingOf).sort(askingOrder(situation));

/**
 * The facts that are not known and matter. `missing` is drawn from the undecided rules that are more severe than the floor, and is
 * empty exactly when the verdict is final; `alsoUseful` from the other undecided rules.
 */
export const unknownsOf = (findings: readonly Finding[], floor: Outcome, situation: Situation): Unknowns => {
  const undecided = findings.filter((finding) => finding.truth === 'unknown');
  const blocks = ({ rule }: Finding): boolean => RANK[outcomeOf(rule.severity)] > RANK[floor];
  const missing = collect(undecided.filter(blocks), situation);
  const blocking = new Set(missing.map(({ fact }) => fact));
  const others = collect(
    undecided.filter((finding) => !blocks(finding)),
    situation,
  );
  return { missing, alsoUseful: others.filter(({ fact }) => !blocking.has(fact)) };
};
