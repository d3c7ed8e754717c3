/** The kinds of fault that a reader reports. Integrators may branch on them: a code is never reused for another meaning. */
export type IssueCode =
  | 'not-utf8'
  | 'not-json'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'number-out-of-range'
  | 'lone-surrogate'
  | 'too-deep'
  | 'too-long'
  | 'wrong-type'
  | 'missing-key'
  | 'unknown-key'
  | 'unknown-fact'
  | 'unknown-code'
  | 'unknown-reason'
  | 'unknown-rule-set'
  | 'unknown-decision'
  | 'unit-not-accepted'
  | 'out-of-range'
  | 'not-a-time'
  | 'not-a-date'
  | 'after-as-of'
  | 'as-of-in-future'
  | 'as-of-in-past'
  | 'contradiction'
  | 'derived-fact'
  | 'several-patients';

/**
 * One fault in something that was sent, told so that the sender can mend it.
 * `pointer` is a JSON Pointer (RFC 6901) into what was sent, `''` for the whole of it.
 * INVARIANT: `detail` names keys, types, units and limits, never a value that was sent.
 */
export type Issue = { readonly pointer: string; readonly code: IssueCode; readonly detail: string };
