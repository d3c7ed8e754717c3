import type { Pair, Place } from './place.js';

/**
 * What a change is about. `added` and `removed` are whole entries: a rule, a fact, a source, a domain. All others are a change inside one,
 * a part that came to it or went from it included.
 */
export type ChangeKind =
  | 'added'
  | 'removed'
  | 'order'
  | 'name'
  | 'wording'
  | 'question'
  | 'severity'
  | 'criterion'
  | 'threshold'
  | 'comparison'
  | 'codes'
  | 'unit'
  | 'range'
  | 'options'
  | 'components'
  | 'derivation'
  | 'gate'
  | 'detail'
  | 'type'
  | 'about'
  | 'domain'
  | 'citation'
  | 'source'
  | 'review'
  | 'tags';

/**
 * What a change can do. `logic`: it can be seen in what is read of a patient, or in what is evaluated of it, its order included. `words`:
 * no verdict, no bounds and no truth of a rule can come out otherwise.
 */
export type ChangeEffect = 'logic' | 'words';

/** The effect of a whole difference: `none` where there is no change at all. */
export type Effect = ChangeEffect | 'none';

/**
 * One change between two versions: what stood where, what stands where now (null where it was not there, or is no more), and that in one
 * sentence.
 * INVARIANT: the pointer of a place leads to its value in the body of its version.
 */
export type Change = {
  readonly kind: ChangeKind;
  readonly effect: ChangeEffect;
  readonly from: Place | null;
  readonly to: Place | null;
  readonly inWords: string;
};

/** What is said of every change of one sort. */
export type Sort = { readonly kind: ChangeKind; readonly effect: ChangeEffect };

/** A change of a place. @param words what follows after the subject, without a full stop */
export const changeOf = ({ subject, from, to }: Pair, { kind, effect }: Sort, words: string): Change => ({
  kind,
  effect,
  from,
  to,
  inWords: `${subject}: ${words}`,
});

/** What some changes do together. */
export const effectOf = (changes: readonly Change[]): Effect => {
  if (changes.some(({ effect }) => effect === 'logic')) return 'logic';
  return changes.length > 0 ? 'words' : 'none';
};
