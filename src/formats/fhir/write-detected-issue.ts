import { factOf, type Dictionary } from '../../rules/dictionary.js';
import type { Severity } from '../../rules/rule.js';
import type { JsonObject } from '../../values/json.js';
import type { Answer, AnsweredReason } from './answered.js';
import { listAt, OWN_EXTENSIONS, ownCoding, textAt } from './own-names.js';
import { CONTAINED, patientReference, referenceOf, within } from './references.js';
import { writeCitation } from './write-citation.js';

type Evidence = AnsweredReason['evidence'][number];
type Shown = Evidence['value'];

/** What a whole answer has to say of each of its reasons: the answer, and the dictionary of its version. */
export type ReasonContext = { readonly answer: Answer; readonly dictionary: Dictionary };

const SEVERITIES: Readonly<Record<Severity, 'high' | 'moderate' | 'low'>> = {
  absolute: 'high',
  relative: 'moderate',
  precaution: 'low',
};

const valueInWords = (value: Shown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if ('low' in value) return `${String(value.low)} to ${String(value.high)}`;
  return value.length === 0 ? 'none' : value.join(', ');
};

/** A value with its unit. A number that counts or scores (UCUM `1`) has none to be read. */
const measuredInWords = (value: Shown, unit: string | undefined): string =>
  unit === undefined || unit === '1' ? valueInWords(value) : `${valueInWords(value)} ${unit}`;

const evidenceInWords = ({ fact, value, unit, test, derived, settledBy }: Evidence): string =>
  [
    `${fact} is ${measuredInWords(value, unit)}`,
    ...(derived === undefined
      ? []
      : [`which makes ${derived.fact} ${measuredInWords(derived.value, derived.unit)}`]),
    ...(settledBy === undefined ? [] : [`by the answer to ${settledBy}`]),
    `test: ${test}`,
  ].join('; ');

const displayOf = (id: string, dictionary: Dictionary): string => {
  const fact = factOf(dictionary, id);
  return fact.type === 'derived' ? fact.label : fact.question;
};

/** The resources that a fact was read of, each once. */
const detailsOf = ({ fact, settledBy }: Evidence, { provenance = [] }: Answer): readonly JsonObject[] => {
  const names = provenance.filter((one) => one.fact === (settledBy ?? fact)).map(({ resource }) => resource);
  return [...new Set(names)].map(referenceOf).filter((reference) => reference !== null);
};

const writeEvidence =
  ({ answer, dictionary }: ReasonContext) =>
  (evidence: Evidence): JsonObject => {
    const { fact } = evidence;
    const coding = ownCoding('fact', answer.ruleSet, { code: fact, display: displayOf(fact, dictionary) });
    return {
      code: [{ coding: [coding], text: evidenceInWords(evidence) }],
      ...listAt('detail', detailsOf(evidence, answer)),
    };
  };

/**
 * Writes a rule that is true as a DetectedIssue (FHIR R4) that the answer contains. What to consider doing is an extension and no `mitigation`, by which
 * R4 means a step that was taken: a contraindication must not look as if somebody had dealt with it. `implicated` is left out, because no answer says which
 * request is the one for ketamine.
 * @param id the id within the answer
 * Source: HL7 FHIR R4 (4.0.1), DetectedIssue
 */
export const writeDetectedIssue = (
  id: string,
  reason: AnsweredReason,
  context: ReasonContext,
): JsonObject => {
  const { answer } = context;
  const patient = patientReference(answer.subject);
  return {
    resourceType: 'DetectedIssue',
    id,
    extension: [
      { url: OWN_EXTENSIONS.domain, valueCode: reason.domain },
      { url: OWN_EXTENSIONS.rationale, valueString: reason.rationale },
      { url: OWN_EXTENSIONS.action, valueString: reason.action },
      ...reason.citations.map(writeCitation),
    ],
    status: 'final',
    code: {
      coding: [ownCoding('rule', answer.ruleSet, { code: reason.rule, display: reason.title })],
      text: reason.title,
    },
    severity: SEVERITIES[reason.severity],
    ...(patient === null ? {} : { patient }),
    identifiedDateTime: answer.evaluatedAt,
    author: within(CONTAINED.engine),
    evidence: reason.evidence.map(writeEvidence(context)),
    detail: reason.explanation,
    ...textAt('reference', reason.citations.find(({ url }) => url !== undefined)?.url),
  };
};
