/** What a clinician can decide on a screening: to treat, to wait, or not to treat. */
export const CHOICES = ['proceed', 'defer', 'decline'] as const;

/** What a clinician decides on a screening. */
export type Choice = (typeof CHOICES)[number];

/** What a clinician decided on a screening. The screening itself is not changed by it. */
export type Resolution = {
  readonly choice: Choice;
  /** In words; null where none is given. */
  readonly reason: string | null;
  /** Who decided: an opaque reference of the caller, and a role. */
  readonly by: { readonly reference: string; readonly role: string };
};
