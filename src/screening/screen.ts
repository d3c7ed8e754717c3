import type { Instant } from '../values/instant.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import { boundsOf, RANK, outcomeOf, verdictOf, type Bounds, type Verdict } from './decide.js';
import { evidenceOf, type Evidence } from './evidence.js';
import type { Facts } from './facts.js';
import { findAll, type ActiveRule, type Finding } from './find.js';
import { unknownsOf, type Missing } from './missing.js';
import { programOf, type Program } from './program.js';
import { situationAt, type Situation } from './situation.js';
import { validUntil } from './valid-until.js';

/** A rule that is true, with what made it so (at least one piece of evidence). */
export type Reason = { readonly rule: ActiveRule; readonly evidence: readonly Evidence[] };

/** What one version says of a patient. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly bounds: Bounds;
  readonly reasons: readonly Reason[];
  readonly precautions: readonly Reason[];
  /** Each rule that is active, in rule order. */
  readonly findings: readonly Finding[];
};

/** The outcome of evaluating one version on one patient: everything that an answer is written from. */
export type Screening = Judgement & {
  readonly missing: readonly Missing[];
  readonly alsoUseful: readonly Missing[];
  /** Ids of the rules that could not be decided, in rule order. */
  readonly undetermined: readonly string[];
  readonly validUntil: Instant | null;
};

const reasonsAmong = (findings: readonly Finding[], situation: Situation): readonly Reason[] =>
  findings
    .filter((finding) => finding.truth === 'true')
    .map(({ rule }) => ({ rule, evidence: evidenceOf(rule.criterion, situation) }));

const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .filter(({ rule }) => rule.severity !== 'precaution')
    .toSorted((a, b) => RANK[outcomeOf(b.rule.severity)] - RANK[outcomeOf(a.rule.severity)]);

const judgeIn = ({ rules }: Program, situation: Situation): Judgement => {
  const findings = findAll(rules, situation);
  const bounds = boundsOf(findings);
  return {
    verdict: verdictOf(bounds),
    bounds,
    reasons: reasonsAmong(worstFirst(findings), situation),
    precautions: reasonsAmong(
      findings.filter(({ rule }) => rule.severity === 'precaution'),
      situation,
    ),
    findings,
  };
};

/**
 * Judges a patient: the part of `screen` that says nothing of what else to ask, in a fraction of its time.
 * @param body  as for `screen`, and so are `facts` and `asOf`
 */
export const judge = (body: RuleSetBody, facts: Facts, asOf: Instant): Judgement => {
  const program = programOf(body);
  return judgeIn(program, situationAt(program.dictionary, facts, asOf));
};

/**
 * Screens a patient: evaluates every rule of a version on the facts at a moment. Pure and total on any facts that a reader
 * accepted: no clock, no disk, no chance.
 * INVARIANT: for facts without contradictions, making any of them unknown never raises the floor and never lowers the ceiling.
 * @param body  a rule-set version that passed its checks
 * @param facts what is known; what is not known is unknown and never taken as absent
 * @param asOf  the moment at which windows and dates are judged, in its own offset's calendar
 */
export const screen = (body: RuleSetBody, facts: Facts, asOf: Instant): Screening => {
  const program = programOf(body);
  const situation = situationAt(program.dictionary, facts, asOf);
  const judgement = judgeIn(program, situation);
  const { findings, bounds } = judgement;
  const { missing, alsoUseful } = unknownsOf(findings, bounds.floor, situation);
  return {
    ...judgement,
    missing,
    alsoUseful,
    undetermined: findings.filter(({ truth }) => truth === 'unknown').map(({ rule }) => rule.id),
    validUntil: validUntil(findings, program, situation),
  };
};
