import { z } from 'zod';
import type { JsonObject } from '../values/json.js';
import {
  criterionSchema,
  durationSchema,
  elapsedSchema,
  factIdSchema,
  sourceIdSchema,
} from '../rules/criterion-schema.js';
import { derivationSchema } from '../rules/derivation-schema.js';
import { factSchema } from '../rules/fact-schema.js';
import { basisSchema, ruleSchema, scopeSchema } from '../rules/rule-schema.js';
import { domainSchema, ruleSetBodySchema, sourceSchema } from '../rules/rule-set-schema.js';
import { idSchema, sha256Schema, timestampSchema } from './atom-schemas.js';
import { checkpointSchema } from './audit/checkpoint-schema.js';
import * as list from './audit/decision-list-schema.js';
import * as exported from './audit/export-schema.js';
import * as proof from './audit/proof-schema.js';
import { feedbackReportSchema } from './cds/feedback-report-schema.js';
import * as feedback from './cds/feedback-schema.js';
import * as hook from './cds/hook-schemas.js';
import * as questionnaire from './fhir/questionnaire-schema.js';
import { guidanceSchema } from './fhir/guidance-schema.js';
import { operationOutcomeSchema } from './fhir/outcome-schema.js';
import { fhirRecordsSchema } from './fhir/records-schema.js';
import { liveSchema, notReadySchema, readySchema } from './health/health-schemas.js';
import * as answer from './intake/answer-schema.js';
import * as handover from './intake/handover-schema.js';
import { factDocumentSchema, intakeDocumentSchema } from './intake/intake-document-schema.js';
import { missingSchema, needSchema, unknownReasonSchema } from './intake/missing-schema.js';
import * as reason from './intake/reason-schema.js';
import * as request from './intake/request-schema.js';
import { hypotheticalReplaySchema } from './replay/hypothetical-schema.js';
import { differenceSchema, replaySchema, sameVersionReplaySchema } from './replay/replay-schema.js';
import * as resolution from './resolution/resolution-schema.js';
import { faultSchema } from './problem/fault-schema.js';
import * as difference from './rule-sets/difference-schemas.js';
import * as history from './rule-sets/rule-history-schemas.js';
import * as ruleSets from './rule-sets/rule-set-schemas.js';

/** Every shape that the service takes or sends, by the name that the API description gives it. */
const SHAPES = {
  Intake: request.intakeRequestSchema,
  SentFact: request.sentFactSchema,
  Quantity: request.quantitySchema,
  CodeList: request.codeListSchema,
  Reading: request.readingSchema,
  AskedUnknown: request.askedUnknownSchema,
  FhirRecords: fhirRecordsSchema,
  GuidanceResponse: guidanceSchema,
  OperationOutcome: operationOutcomeSchema,
  Answer: answer.answerSchema,
  FactProvenance: answer.provenanceSchema,
  StoredDecision: answer.storedDecisionSchema,
  Replay: replaySchema,
  SameVersionReplay: sameVersionReplaySchema,
  HypotheticalReplay: hypotheticalReplaySchema,
  Difference: differenceSchema,
  Checkpoint: checkpointSchema,
  InclusionProof: proof.inclusionProofSchema,
  Leaf: proof.leafSchema,
  OpenedPart: proof.openedPartSchema,
  ConsistencyProof: proof.consistencyProofSchema,
  ExportLine: exported.exportLineSchema,
  ExportHead: exported.exportHeadSchema,
  ExportedEntry: exported.exportEntrySchema,
  ExportEnd: exported.exportEndSchema,
  DecisionList: list.decisionListSchema,
  ListedDecision: list.listedDecisionSchema,
  DecisionSearch: list.decisionSearchSchema,
  ResolutionRequest: resolution.resolutionRequestSchema,
  Resolution: resolution.resolutionSchema,
  Choice: resolution.choiceSchema,
  CdsServices: hook.discoverySchema,
  HookRequest: hook.hookRequestSchema,
  HookAnswer: hook.hookAnswerSchema,
  Card: hook.cardSchema,
  FeedbackRequest: feedback.feedbackRequestSchema,
  FeedbackReceipt: feedback.feedbackReceiptSchema,
  FeedbackReport: feedbackReportSchema,
  NextQuestions: answer.nextQuestionsSchema,
  Handover: handover.handoverSchema,
  HandedOverIntake: handover.handedOverIntakeSchema,
  IntakeCode: handover.intakeCodeSchema,
  Verdict: answer.verdictSchema,
  Outcome: answer.outcomeSchema,
  Bounds: answer.boundsSchema,
  Finding: answer.findingSchema,
  Truth: answer.truthSchema,
  DataQuality: answer.dataQualitySchema,
  RuleSetReference: answer.ruleSetReferenceSchema,
  Reason: reason.reasonSchema,
  Severity: reason.severitySchema,
  Evidence: reason.evidenceSchema,
  DerivedNumber: reason.derivedNumberSchema,
  NumberShown: reason.numberShownSchema,
  Citation: reason.citationSchema,
  RuleId: reason.ruleIdSchema,
  Missing: missingSchema,
  UnknownReason: unknownReasonSchema,
  Need: needSchema,
  IntakeDocument: intakeDocumentSchema,
  FactDocument: factDocumentSchema,
  Questionnaire: questionnaire.questionnaireSchema,
  QuestionnaireItem: questionnaire.questionnaireItemSchema,
  Coding: questionnaire.codingSchema,
  RuleSetList: ruleSets.ruleSetListSchema,
  ListedRuleSet: ruleSets.listedRuleSetSchema,
  VersionList: ruleSets.versionListSchema,
  VersionSummary: ruleSets.versionSummarySchema,
  RuleSetVersion: ruleSets.ruleSetVersionSchema,
  Lifecycle: ruleSets.lifecycleSchema,
  Approval: ruleSets.approvalSchema,
  RuleSetDifference: difference.ruleSetDifferenceSchema,
  ListDifference: difference.listDifferenceSchema,
  EntryDifference: difference.entryDifferenceSchema,
  Change: difference.changeSchema,
  ChangeKind: difference.changeKindSchema,
  VersionPlace: difference.versionPlaceSchema,
  VersionReference: difference.versionReferenceSchema,
  RuleHistory: history.ruleHistorySchema,
  RuleStep: history.ruleStepSchema,
  RuleSetBody: ruleSetBodySchema,
  Scope: scopeSchema,
  Rule: ruleSchema,
  Criterion: criterionSchema,
  Fact: factSchema,
  Derivation: derivationSchema,
  Source: sourceSchema,
  Domain: domainSchema,
  Basis: basisSchema,
  FactId: factIdSchema,
  SourceId: sourceIdSchema,
  Duration: durationSchema,
  ElapsedTime: elapsedSchema,
  Live: liveSchema,
  Ready: readySchema,
  NotReady: notReadySchema,
  Fault: faultSchema,
  Timestamp: timestampSchema,
  Id: idSchema,
  Sha256: sha256Schema,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** The name of a shape of the wire. */
export type WireShape = keyof typeof SHAPES;

/** What the shapes of the rules room mean to a reader of the API, who has no rule files before him. */
const MEANINGS: Partial<Readonly<Record<WireShape, string>>> = {
  RuleSetBody: 'A rule-set version as it is hashed. It never changes once it is released.',
  Scope:
    'For whom the rule set is meant: where the criterion is false, the relative reason `outside-scope` is given.',
  Rule: 'A criterion with a severity, the words that explain it, and citations.',
  Fact: 'An entry of the fact dictionary: one thing that can be known of the patient or of the planned treatment.',
  Source: 'An entry of the bibliography. What is not known is null or left out.',
  Domain: 'A domain of rules, in words.',
  Basis:
    'How far a citation can be trusted: `seen` in its primary page or a published summary of it, `general-knowledge` not yet verified, `policy` a decision of this rule set, `to-check`.',
  FactId: 'Id of a fact of the dictionary, in camelCase.',
  SourceId: 'Id of a source of the bibliography, in kebab-case.',
};

/** Where a shape stands in the API description. */
export const referenceTo = (shape: WireShape): JsonObject => ({ $ref: `#/components/schemas/${shape}` });

const isShape = (name: string): name is WireShape => Object.hasOwn(SHAPES, name);

/** Drops what names the schema as a document of its own: in the API description its place is its name. */
const asComponent = (name: string, schema: JsonObject): JsonObject => {
  const own = Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id');
  const meaning = isShape(name) ? MEANINGS[name] : undefined;
  return { ...Object.fromEntries(own), ...(meaning === undefined ? {} : { description: meaning }) };
};

/**
 * The JSON Schemas (2020-12) of all shapes of the wire, by name. They refer to each other by their places in the API description, and are made from the
 * same forms and word lists that the readers use, as far as a reader has them.
 */
export const wireSchemas = (): Readonly<Record<string, JsonObject>> => {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, shape] of Object.entries(SHAPES)) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  const read = z.record(z.string(), z.record(z.string(), z.json())).parse(schemas);
  return Object.fromEntries(Object.entries(read).map(([name, schema]) => [name, asComponent(name, schema)]));
};
