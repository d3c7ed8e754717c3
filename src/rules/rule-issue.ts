/** The kinds of mistake that a rule set can hold. */
export type RuleIssueCode =
  | 'not-in-the-language'
  | 'not-json'
  | 'file-missing'
  | 'file-unexpected'
  | 'duplicate-id'
  | 'reserved-id'
  | 'reused-id'
  | 'unknown-fact'
  | 'wrong-type'
  | 'unknown-code'
  | 'unknown-component'
  | 'unknown-source'
  | 'unknown-domain'
  | 'unknown-unit'
  | 'unit-mismatch'
  | 'divisor-may-be-zero'
  | 'decided-by-range'
  | 'bad-range'
  | 'bad-bands'
  | 'bad-duration'
  | 'points-missing'
  | 'absolute-over-treatment'
  | 'bad-gate'
  | 'gate-without-rule'
  | 'bad-order'
  | 'no-locator'
  | 'source-not-cited'
  | 'too-large'
  | 'bad-count'
  | 'no-cases'
  | 'release-changed'
  | 'bad-signature'
  | 'bad-version'
  | 'unknown-rule'
  | 'not-covered';

/**
 * A mistake in a rule set. `pointer` is a JSON Pointer into its body, or into the file that is named beside it; `detail` names
 * the thing and the mend.
 */
export type RuleIssue = { readonly pointer: string; readonly code: RuleIssueCode; readonly detail: string };
