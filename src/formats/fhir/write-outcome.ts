import type { DataQuality } from '../../screening/intake.js';
import type { Issue } from '../../values/issue.js';
import type { JsonObject } from '../../values/json.js';
import { fhirPathOf } from './fhir-path.js';
import { FAULT_TYPES, REMARK_KINDS, type IssueType } from './issue-types.js';
import { OWN_SYSTEMS, textAt } from './own-names.js';

/** One thing in what was sent, and the kind that it is of in FHIR. */
type Placed = {
  readonly severity: 'error' | 'warning' | 'information';
  readonly type: IssueType;
  readonly system: string;
  readonly found: { readonly pointer: string; readonly code: string; readonly detail: string };
};

/** The place stands as the pointer it is, and where FHIR has a path to it as that path too. */
const placedIssue = ({ severity, type, system, found }: Placed): JsonObject => {
  const expression = fhirPathOf(found.pointer);
  return {
    severity,
    code: type,
    details: { coding: [{ system, code: found.code }], ...textAt('text', found.detail) },
    ...textAt('diagnostics', found.pointer),
    ...(expression === null ? {} : { expression: [expression] }),
  };
};

const outcome = (issue: readonly JsonObject[]): JsonObject => ({ resourceType: 'OperationOutcome', issue });

/** A problem as it is told where there is no fault to point to: its kind in FHIR and here, what it is, and what to do about it. */
export type ProblemTold = {
  readonly type: IssueType;
  readonly problem: string;
  readonly title: string;
  readonly detail: string;
};

/** Writes a problem as an OperationOutcome (FHIR R4). It says that there is no answer, so it is an error. */
export const writeProblemOutcome = ({ type, problem, title, detail }: ProblemTold): JsonObject =>
  outcome([
    {
      severity: 'error',
      code: type,
      details: { coding: [{ system: OWN_SYSTEMS.problem, code: problem }], text: title },
      ...textAt('diagnostics', detail),
    },
  ]);

/**
 * Writes every fault of a request as an OperationOutcome (FHIR R4), each with its pointer under `diagnostics`.
 * @param problem what is told where no fault is given: an OperationOutcome has one issue at least
 */
export const writeOutcome = (issues: readonly Issue[], problem: ProblemTold): JsonObject =>
  issues.length === 0
    ? writeProblemOutcome(problem)
    : outcome(
        issues.map((found) =>
          placedIssue({
            severity: 'error',
            type: FAULT_TYPES[found.code],
            system: OWN_SYSTEMS.fault,
            found,
          }),
        ),
      );

/** Writes what was found in the data, none of which stood in the way of an answer; null where nothing was. */
export const writeRemarks = (remarks: readonly DataQuality[]): JsonObject | null =>
  remarks.length === 0
    ? null
    : outcome(
        remarks.map((found) =>
          placedIssue({ ...REMARK_KINDS[found.code], system: OWN_SYSTEMS.dataQuality, found }),
        ),
      );
