/** Why a fact is not known. Each tells the person who asks next something different. */
export type UnknownReason =
  | 'not-asked'
  | 'asked-unknown'
  | 'declined'
  | 'stale'
  | 'imprecise'
  | 'too-few'
  | 'incomplete-list'
  | 'unreadable'
  | 'conflicting';

/** The reasons that a sender may give for a fact that was asked and is unknown. */
export const SENT_REASONS = ['asked-unknown', 'declined', 'unreadable', 'conflicting'] as const;

/** A boolean that is known. */
export type BooleanValue = { readonly kind: 'boolean'; readonly value: boolean };

/** A number in the dictionary's unit. The ends differ only where the source itself gave a range. */
export type NumberValue = { readonly kind: 'number'; readonly low: number; readonly high: number };

/** One of the options of a closed list. */
export type CodeValue = { readonly kind: 'code'; readonly value: string };

/**
 * A set of codes, sorted, each once. Where it is not complete, a code that is not in it is unknown. A complete one may hold codes that are
 * no option of the list: those that the sender has checked.
 */
export type CodeListValue = {
  readonly kind: 'codeList';
  readonly codes: readonly string[];
  readonly complete: boolean;
};

/** A partial date as text: `2026-11-22`, `2026-11` or `2026`. */
export type DateValue = { readonly kind: 'date'; readonly value: string };

/** One reading of a series: a timestamp or a partial date, and a number or null (sent, and not readable) for every component. */
export type Reading = {
  readonly takenAt: string;
  readonly values: Readonly<Record<string, number | null>>;
};

/** Readings over time, no two of them the same. */
export type SeriesValue = { readonly kind: 'series'; readonly readings: readonly Reading[] };

/** A fact that was sent, and is unknown. */
export type UnknownValue = { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** What is known of one fact. Plain JSON: this is what the decision log keeps and a replay reads. */
export type FactValue =
  BooleanValue | NumberValue | CodeValue | CodeListValue | DateValue | SeriesValue | UnknownValue;

/**
 * All that is known of a patient and of the planned treatment, by fact id. A fact without an entry was not sent.
 * INVARIANT: it holds only facts that the dictionary declares, each of the kind of its type, or unknown.
 */
export type Facts = Readonly<Record<string, FactValue>>;
