import { elapsedMs, parseDuration } from '../values/duration.js';
import type { UnknownReason } from './facts.js';

/** What a plain answer would not give, and is needed. */
export type Need = {
  readonly precision?: 'day' | 'time';
  readonly readings?: number;
  readonly within?: string;
  readonly complete?: true;
};

/** A sent fact that leaves something undecided, why it is not known, and what it takes. */
export type Gap = { readonly fact: string; readonly reason: UnknownReason; readonly need?: Need };

const shorter = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const length = (text: string): number => elapsedMs(parseDuration(text));
  return length(b) < length(a) ? b : a;
};

const larger = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

const mergeNeeds = (a: Need, b: Need): Need => {
  const readings = larger(a.readings, b.readings);
  const within = shorter(a.within, b.within);
  return {
    ...b,
    ...a,
    ...(readings === undefined ? {} : { readings }),
    ...(within === undefined ? {} : { within }),
  };
};

/** One gap for each fact, in the order of first sight: the first reason, and what meets every need at once. */
export const mergeGaps = (gaps: readonly Gap[]): readonly Gap[] => {
  const byFact = new Map<string, Gap>();
  for (const gap of gaps) {
    const seen = byFact.get(gap.fact);
    byFact.set(gap.fact, seen === undefined ? gap : mergePair(seen, gap));
  }
  return [...byFact.values()];
};

/** Two gaps of one fact as one: the first reason, and what meets both needs. */
export const mergePair = (first: Gap, second: Gap): Gap =>
  second.need === undefined ? first : { ...first, need: mergeNeeds(first.need ?? {}, second.need) };
