import { indexFacts } from '../../rules/dictionary.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { JsonObject } from '../../values/json.js';
import { VERDICTS } from '../intake/answer-schema.js';
import type { Answer, AnsweredReason } from './answered.js';
import { canonicalOf, listAt } from './own-names.js';
import { CONTAINED, issueId, patientReference, within } from './references.js';
import { writeDataRequirement } from './write-data-requirement.js';
import { writeDetectedIssue, type ReasonContext } from './write-detected-issue.js';
import { writeRemarks } from './write-outcome.js';
import { writeOutput } from './write-output.js';
import { writeEngine, writeProvenance } from './write-provenance.js';

/** What a person must read with a verdict, whatever else of the answer is shown: what it is, for whom, and how far it holds. */
const notesOf = (answer: Answer): readonly JsonObject[] => {
  const { verdict, notice, ruleSet, retrospective, expired, asOf, validUntil } = answer;
  return [
    `Verdict: ${verdict} (${VERDICTS[verdict]}).`,
    notice,
    `${ruleSet.id} ${ruleSet.version}: ${ruleSet.approval}.`,
    ...(retrospective ? [`Retrospective: the facts were judged as of ${asOf}, not as of now.`] : []),
    ...(validUntil === null ? [] : [`${expired ? 'Expired: it held' : 'It holds'} until ${validUntil}.`]),
  ].map((text) => ({ text }));
};

const issuesOf = (
  kind: 'reason' | 'precaution',
  reasons: readonly AnsweredReason[],
  context: ReasonContext,
): readonly JsonObject[] =>
  reasons.map((reason, index) => writeDetectedIssue(issueId(kind, index), reason, context));

/** The remarks on the data, as something that is contained; nothing where there are none. */
const remarksOf = ({ dataQuality }: Answer): readonly JsonObject[] => {
  const remarks = writeRemarks(dataQuality);
  return remarks === null ? [] : [{ ...remarks, id: CONTAINED.dataQuality }];
};

const containedOf = (answer: Answer, context: ReasonContext): readonly JsonObject[] => {
  const issues = [
    ...issuesOf('reason', answer.reasons, context),
    ...issuesOf('precaution', answer.precautions, context),
  ];
  const ids = [
    ...answer.reasons.map((_, index) => issueId('reason', index)),
    ...answer.precautions.map((_, index) => issueId('precaution', index)),
  ];
  return [
    writeEngine(answer),
    writeOutput(answer),
    ...remarksOf(answer),
    ...issues,
    writeProvenance(answer, ids),
  ];
};

/**
 * Writes a native answer as a GuidanceResponse (FHIR R4) that stands by itself: all that it refers to it contains, but for the patient and the records that were
 * sent. `result` is left out, because R4 has there what is to be done (a CarePlan or a RequestGroup), and a screening orders nothing.
 * @param body the version that answered
 * INVARIANT: `status` is `success` exactly where the verdict is final. The same answer gives the same bytes. Nothing in it is empty.
 * Source: HL7 FHIR R4 (4.0.1), GuidanceResponse; docs/fhir-answers.md
 */
export const writeGuidance = (answer: Answer, body: RuleSetBody): JsonObject => {
  const dictionary = indexFacts(body.facts);
  const subject = patientReference(answer.subject);
  const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${answer.id}` };
  return {
    resourceType: 'GuidanceResponse',
    id: answer.id,
    contained: containedOf(answer, { answer, dictionary }),
    requestIdentifier: identifier,
    identifier: [identifier],
    moduleCanonical: canonicalOf(answer.ruleSet),
    status: answer.verdict === 'incomplete' ? 'data-required' : 'success',
    ...(subject === null ? {} : { subject }),
    occurrenceDateTime: answer.evaluatedAt,
    performer: within(CONTAINED.engine),
    note: notesOf(answer),
    ...listAt('evaluationMessage', answer.dataQuality.length === 0 ? [] : [within(CONTAINED.dataQuality)]),
    outputParameters: within(CONTAINED.output),
    ...listAt('dataRequirement', answer.missing.map(writeDataRequirement(dictionary))),
  };
};
