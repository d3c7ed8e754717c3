/** What a clinician made of a card: took what it suggested, or went on all the same. */
export const FEEDBACK_OUTCOMES = ['accepted', 'overridden'] as const;

/** What a clinician made of a card. */
export type FeedbackOutcome = (typeof FEEDBACK_OUTCOMES)[number];

/** A reason that was chosen from a list. What a sender left out is null. */
export type OverrideReason = {
  readonly system: string | null;
  readonly code: string;
  readonly display: string | null;
};

/** What an EHR tells of a card that was shown. */
export type Feedback = {
  /** The id of the card, in lower case. */
  readonly card: string;
  readonly outcome: FeedbackOutcome;
  /** When, as it was sent: RFC 3339. */
  readonly at: string;
  /** The ids of the suggestions that were taken. */
  readonly suggestions: readonly string[];
  readonly reason: OverrideReason | null;
  /** In words of the clinician; null where there are none. */
  readonly comment: string | null;
};
