import type { DataQualityCode } from '../../screening/intake.js';
import type { IssueCode } from '../../values/issue.js';

/** The kinds of issue that FHIR R4 knows, as far as they are used here. */
export const ISSUE_TYPES = [
  'invalid',
  'structure',
  'required',
  'value',
  'security',
  'login',
  'forbidden',
  'processing',
  'not-supported',
  'duplicate',
  'not-found',
  'deleted',
  'too-long',
  'too-costly',
  'code-invalid',
  'extension',
  'business-rule',
  'transient',
  'exception',
  'timeout',
  'incomplete',
  'throttled',
  'informational',
] as const;

/** A kind of issue that FHIR R4 knows. */
export type IssueType = (typeof ISSUE_TYPES)[number];

/**
 * The kind of each fault. `conflict` is none of them: R4 means by it that two clients edited one resource. What two facts say against each
 * other is a business rule.
 */
export const FAULT_TYPES: Readonly<Record<IssueCode, IssueType>> = {
  'not-utf8': 'structure',
  'not-json': 'structure',
  'duplicate-key': 'structure',
  'forbidden-key': 'structure',
  'number-out-of-range': 'value',
  'lone-surrogate': 'value',
  'too-deep': 'structure',
  'too-long': 'too-long',
  'wrong-type': 'value',
  'missing-key': 'required',
  'unknown-key': 'structure',
  'unknown-fact': 'not-found',
  'unknown-code': 'code-invalid',
  'unknown-reason': 'code-invalid',
  'unknown-rule-set': 'not-found',
  'unknown-decision': 'not-found',
  'unit-not-accepted': 'code-invalid',
  'out-of-range': 'value',
  'not-a-time': 'value',
  'not-a-date': 'value',
  'after-as-of': 'business-rule',
  'as-of-in-future': 'business-rule',
  'as-of-in-past': 'business-rule',
  contradiction: 'business-rule',
  'derived-fact': 'business-rule',
  'several-patients': 'business-rule',
};

/** How a remark on the data is told: nothing of it stopped the evaluation, so none is an error. */
export type RemarkKind = { readonly severity: 'warning' | 'information'; readonly type: IssueType };

const warning = (type: IssueType): RemarkKind => ({ severity: 'warning', type });

const information = (type: IssueType): RemarkKind => ({ severity: 'information', type });

/** How each remark on the data is told: a warning where something that was sent was not used, or not as it seems to be meant. */
export const REMARK_KINDS: Readonly<Record<DataQualityCode, RemarkKind>> = {
  'duplicate-reading': information('duplicate'),
  'conflicting-readings': warning('business-rule'),
  'unplaced-code': warning('code-invalid'),
  unreadable: warning('value'),
  'not-understood': warning('extension'),
  'other-patient': warning('business-rule'),
  withdrawn: information('business-rule'),
  'ruled-out': information('business-rule'),
  suspected: warning('business-rule'),
  over: information('business-rule'),
  uncoded: warning('code-invalid'),
  stale: warning('business-rule'),
  'no-answer': warning('informational'),
  'not-final': warning('business-rule'),
  'cut-off': warning('incomplete'),
  'conflicting-sources': warning('business-rule'),
  contradiction: warning('business-rule'),
  'unknown-question': warning('not-found'),
  'hidden-answer': warning('business-rule'),
  deceased: warning('business-rule'),
};
