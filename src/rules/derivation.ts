/**
 * How a derived number is computed, exactly as its JSON. It has an interval for every set of facts.
 * Meaning: docs/rule-language.md, section 4.
 */
export type Derivation =
  | OfFact
  | Literal
  | Sum
  | Product
  | Ratio
  | Points
  | { readonly latest: Reading }
  | { readonly mean: Reading }
  | { readonly highest: Reading }
  | { readonly count: Reading };

/** The number of a fact, or of a derived fact declared earlier. */
export type OfFact = { readonly fact: string };

/** A fixed number with its unit. */
export type Literal = { readonly number: number; readonly unit: string };

/** The sum of its terms, which have one unit. */
export type Sum = { readonly sum: readonly Derivation[] };

/** The product of its factors. */
export type Product = { readonly product: readonly Derivation[] };

/** The first part divided by the second, which is always above 0. */
export type Ratio = { readonly ratio: readonly [Derivation, Derivation] };

/** The points of an answer: of a boolean, of a code, or of the band that a number falls into. */
export type Points = { readonly points: BooleanPoints | AnswerPoints | BandPoints };

/** The points of a yes and of a no. */
export type BooleanPoints = { readonly fact: string; readonly true: number; readonly false: number };

/** The points of each option of a code fact. */
export type AnswerPoints = { readonly fact: string; readonly answers: Readonly<Record<string, number>> };

/** The points of a number by rising bands; the first band has no bound. */
export type BandPoints = { readonly fact: string; readonly bands: readonly Band[] };

/** A band that begins at a number (`from`), or just above it (`above`). */
export type Band = { readonly points: number; readonly from?: number; readonly above?: number };

/**
 * Which readings of a series count. `within` is how old a reading may be, `sitting` how long the latest sitting lasts (all of the
 * window where it is left out), `minReadings` how many it takes. A count has no component.
 */
export type Reading = {
  readonly series: string;
  readonly component?: string;
  readonly within: string;
  readonly sitting?: string;
  readonly minReadings?: number;
};

/** The four ways to make one number of a series. */
export const AGGREGATES = ['latest', 'mean', 'highest', 'count'] as const;

/** One of the four ways to make one number of a series. */
export type Aggregate = (typeof AGGREGATES)[number];

/** A derivation over a series, with its kind told apart. */
export type AggregateOf = { readonly aggregate: Aggregate; readonly reading: Reading };

/** The aggregate that a derivation is, or null where it is another form. */
export const aggregateOf = (derivation: Derivation): AggregateOf | null => {
  if ('latest' in derivation) return { aggregate: 'latest', reading: derivation.latest };
  if ('mean' in derivation) return { aggregate: 'mean', reading: derivation.mean };
  if ('highest' in derivation) return { aggregate: 'highest', reading: derivation.highest };
  return 'count' in derivation ? { aggregate: 'count', reading: derivation.count } : null;
};

/** The direct parts of a derivation, none for a leaf. */
export const termsOf = (derivation: Derivation): readonly Derivation[] => {
  if ('sum' in derivation) return derivation.sum;
  if ('product' in derivation) return derivation.product;
  return 'ratio' in derivation ? derivation.ratio : [];
};
