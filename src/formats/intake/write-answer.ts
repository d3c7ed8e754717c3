import { formatInstant } from '../../values/instant.js';
import type { JsonObject, JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { factOf, indexFacts, type Dictionary } from '../../rules/dictionary.js';
import type { Citation } from '../../rules/rule.js';
import type { RuleSet, Source } from '../../rules/rule-set.js';
import type { Decision } from '../../screening/decision.js';
import type { Evidence } from '../../screening/evidence.js';
import type { Missing } from '../../screening/missing.js';
import type { Reason } from '../../screening/screen.js';

/** Said with every answer: for whom it is, and what it is not. */
export const NOTICE =
  'For health professionals. This screening supports the judgement of a clinician and does not replace it: it knows only what was sent, and it is not meant for emergencies.';

/** Leaves out what is undefined: JSON has no such value. */
const compact = (entries: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );

const writeCitation =
  (sources: ReadonlyMap<string, Source>) =>
  (citation: Citation): JsonObject => {
    const source = sources.get(citation.source);
    return compact({
      source: citation.source,
      title: source?.title,
      year: source?.year,
      locator: citation.locator,
      url: source?.url,
      supports: citation.supports,
      grade: citation.grade,
      basis: citation.basis,
    });
  };

const writeEvidence = ({ fact, value, unit, test, derived, settledBy }: Evidence): JsonObject =>
  compact({ fact, pointer: pointerTo('/facts', settledBy ?? fact), value, unit, test, derived, settledBy });

const writeReason =
  (sources: ReadonlyMap<string, Source>) =>
  ({ rule, evidence }: Reason): JsonObject => ({
    rule: rule.id,
    domain: rule.domain,
    severity: rule.severity,
    title: rule.title,
    explanation: rule.explanation,
    rationale: rule.rationale,
    action: rule.action,
    evidence: evidence.map(writeEvidence),
    citations: rule.citations.map(writeCitation(sources)),
  });

/** Writes a fact that is not known, with its question in plain words. */
export const writeMissing =
  (dictionary: Dictionary) =>
  ({ fact, couldMake, rules, reason, need }: Missing): JsonObject => {
    const entry = factOf(dictionary, fact);
    const asked = entry.type === 'derived' ? undefined : entry;
    return compact({ fact, question: asked?.question, help: asked?.help, couldMake, rules, reason, need });
  };

/** Writes which version answered, and that nobody has approved it where that is so. */
export const writeVersion = ({ body, sha256 }: RuleSet, approval: string): JsonObject => ({
  id: body.id,
  version: body.version,
  sha256,
  approval,
});

/**
 * Writes a decision as the native answer.
 * INVARIANT: but for `id` and `evaluatedAt` (and `expired`, which follows from `evaluatedAt`) it depends on the version, who had approved that, the facts and `asOf` alone.
 */
export const writeAnswer = (decision: Decision): JsonObject => {
  const { screening, ruleSet } = decision;
  const dictionary = indexFacts(ruleSet.body.facts);
  const reason = writeReason(new Map(ruleSet.body.sources.map((source) => [source.id, source])));
  const missing = writeMissing(dictionary);
  const until = screening.validUntil;
  return compact({
    id: decision.id,
    subject: decision.subject ?? undefined,
    supersedes: decision.supersedes ?? undefined,
    verdict: screening.verdict,
    bounds: screening.bounds,
    reasons: screening.reasons.map(reason),
    precautions: screening.precautions.map(reason),
    missing: screening.missing.map(missing),
    alsoUseful: screening.alsoUseful.map(missing),
    undetermined: screening.undetermined,
    dataQuality: decision.dataQuality,
    unmapped: decision.unmapped,
    provenance: decision.provenance?.map((one) => compact(one)),
    validUntil: until === null ? null : formatInstant(until),
    expired: until !== null && until.epochMs <= decision.evaluatedAt.epochMs,
    retrospective: decision.retrospective,
    ruleSet: writeVersion(ruleSet, decision.approval),
    engine: decision.engine,
    notice: NOTICE,
    asOf: formatInstant(decision.asOf),
    evaluatedAt: formatInstant(decision.evaluatedAt),
  });
};

/** Writes every rule with its truth, so that an `eligible` verdict can be checked too. */
export const writeFindings = ({ screening }: Decision): JsonValue =>
  screening.findings.map(({ rule, truth }) => ({ rule: rule.id, severity: rule.severity, truth }));

/** How an answer to a native intake is written. */
export const NATIVE = { answer: writeAnswer, findings: writeFindings };
