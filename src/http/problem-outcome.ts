import { writeOutcome, type ProblemTold } from '../formats/fhir/write-outcome.js';
import type { Issue } from '../values/issue.js';

/** What a problem of a status is in FHIR. */
const TYPES: ReadonlyMap<number, ProblemTold['type']> = new Map([
  [400, 'structure'],
  [401, 'login'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-supported'],
  [406, 'not-supported'],
  [408, 'timeout'],
  [409, 'transient'],
  [410, 'deleted'],
  [412, 'incomplete'],
  [413, 'too-long'],
  [415, 'not-supported'],
  [422, 'invalid'],
  [429, 'throttled'],
  [431, 'too-long'],
  [503, 'transient'],
]);

/** A problem as it is told in JSON. */
type Told = { readonly type: string; readonly title: string; readonly status: number; readonly mend: string };

/** The text of a problem as an OperationOutcome, with every fault of the input. It holds no value that was sent. */
export const outcomeText = ({ type, title, status, mend }: Told, issues: readonly Issue[]): string =>
  JSON.stringify(
    writeOutcome(issues, { type: TYPES.get(status) ?? 'exception', problem: type, title, detail: mend }),
  );
