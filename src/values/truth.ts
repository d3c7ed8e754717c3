/**
 * What is known of a statement. A string and never a boolean, so that no truth test of JavaScript can read
 * `unknown` as `false`.
 */
export type Truth = 'true' | 'false' | 'unknown';

/** The truth of a statement that is decided either way. */
export const truthOf = (decided: boolean): Truth => (decided ? 'true' : 'false');

/**
 * Kleene negation: true and false change places, unknown stays.
 * Source: Kleene 1952, section 64 (strong tables).
 */
export const not = (truth: Truth): Truth => {
  switch (truth) {
    case 'true':
      return 'false';
    case 'false':
      return 'true';
    case 'unknown':
      return 'unknown';
  }
};

/**
 * Kleene conjunction: false if any operand is false, else unknown if any is unknown, else true.
 * Of nothing at all it is true. Never throws.
 * INVARIANT: learning the value of an unknown operand never turns true into false or false into true.
 * Source: Kleene 1952, section 64; the same tables as CQL's And.
 */
export const allOf = (operands: readonly Truth[]): Truth => {
  if (operands.includes('false')) return 'false';
  return operands.includes('unknown') ? 'unknown' : 'true';
};

/**
 * Kleene disjunction: true if any operand is true, else unknown if any is unknown, else false.
 * Of nothing at all it is false. Never throws.
 * Source: Kleene 1952, section 64; the same tables as CQL's Or.
 */
export const anyOf = (operands: readonly Truth[]): Truth => {
  if (operands.includes('true')) return 'true';
  return operands.includes('unknown') ? 'unknown' : 'false';
};

/**
 * Whether at least `least` operands are true: true once that many are, false once too few could still be, else unknown.
 * `allOf` is the case of all operands, `anyOf` that of one.
 */
export const atLeastOf = (least: number, operands: readonly Truth[]): Truth => {
  const sure = operands.filter((truth) => truth === 'true').length;
  const possible = operands.filter((truth) => truth !== 'false').length;
  if (sure >= least) return 'true';
  return possible < least ? 'false' : 'unknown';
};
