import type { SentFact } from '../../rules/fact.js';
import type { CodeListValue, FactValue, Reading } from '../../screening/facts.js';
import { worstOf, type Compared } from './adverse.js';
import type { Claim, Said } from './claim.js';
import { mergePartial } from './merge-partial.js';

/** What all claims on one fact come to, and whether some of what they say cannot stand under the rest. */
export type Reconciled = { readonly value: FactValue; readonly differ: 'readings' | 'sources' | null };

type Unknown = FactValue & { readonly kind: 'unknown' };
type Known = Exclude<FactValue, { readonly kind: 'unknown' }>;

const CONFLICTING: FactValue = { kind: 'unknown', reason: 'conflicting' };

const isUnknown = (said: Said): said is Unknown => said.kind === 'unknown';

const isKnown = (said: Said): said is Known =>
  said.kind !== 'unknown' && said.kind !== 'member' && said.kind !== 'reading';

const isList = (said: Said): said is CodeListValue => said.kind === 'codeList';

/** Readings of whole series and single ones together. Where one has no place in time, nothing is known of the series. */
const reconcileSeries = (fact: SentFact & { readonly type: 'series' }, said: readonly Said[]): Reconciled => {
  const unknown = said.find(isUnknown);
  if (unknown !== undefined) return { value: unknown, differ: null };
  const readings = said.flatMap((one): readonly Reading[] => {
    if (one.kind === 'reading') return [one.reading];
    return one.kind === 'series' ? one.readings : [];
  });
  const { value, differ } = mergePartial(fact, readings);
  return { value, differ: differ ? 'readings' : null };
};

/** Codes add up. A list is whole where one says so, no other says that it is not, and nothing came that could not be placed. */
const reconcileList = (said: readonly Said[]): Reconciled => {
  const lists = said.filter(isList);
  const unknown = said.filter(isUnknown);
  const codes = said.flatMap((one) => {
    if (one.kind === 'member') return [one.code];
    return one.kind === 'codeList' ? one.codes : [];
  });
  const [first] = unknown;
  if (first !== undefined && codes.length === 0 && first.reason !== 'incomplete-list')
    return { value: first, differ: null };
  const complete = lists.length > 0 && lists.every((list) => list.complete) && unknown.length === 0;
  const named = lists.flatMap((list) => list.codes);
  const isLeftOut = said.some((one) => one.kind === 'member' && !named.includes(one.code));
  return {
    value: { kind: 'codeList', codes: [...new Set(codes)].toSorted(), complete },
    differ: complete && isLeftOut ? 'sources' : null,
  };
};

const distinct = (values: readonly Known[]): readonly Known[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value] as const)).values(),
];

/** All values that a fact could have where something is known of it that cannot be read; null where they are too many to compare. */
const possible = (fact: SentFact): readonly FactValue[] | null => {
  if (fact.type === 'boolean') return [true, false].map((value) => ({ kind: 'boolean', value }));
  return fact.type === 'code' ? fact.options.map(({ code }) => ({ kind: 'code', value: code })) : null;
};

/** One of two numbers is right, so the true one lies between them. */
const hullOfNumbers = (known: readonly Known[]): FactValue | null => {
  const numbers = known.filter((value) => value.kind === 'number');
  return numbers.length === known.length
    ? {
        kind: 'number',
        low: Math.min(...numbers.map(({ low }) => low)),
        high: Math.max(...numbers.map(({ high }) => high)),
      }
    : null;
};

/** Where sources do not agree the worse one counts; where that cannot be told, nothing is known. */
const reconcileDiffering = (fact: SentFact, known: readonly Known[], under: Compared): FactValue =>
  hullOfNumbers(known) ?? worstOf(fact.id, known, under) ?? CONFLICTING;

/** Beside a record that may say anything, only what could not be worse counts. */
const reconcileDoubted = (
  fact: SentFact,
  {
    known,
    unknown,
    under,
  }: { readonly known: readonly Known[]; readonly unknown: Unknown; readonly under: Compared },
): FactValue => {
  const all = possible(fact);
  const worst = all === null ? null : worstOf(fact.id, all, under);
  return worst !== null && known.some((value) => JSON.stringify(value) === JSON.stringify(worst))
    ? worst
    : unknown;
};

/** Of the records that a newer one takes the place of, only the newest are left. */
const newest = (claims: readonly Claim[]): readonly Claim[] => {
  const last = Math.max(...claims.map(({ at }) => at ?? -Infinity));
  return claims.filter(({ at }) => at === undefined || at === last);
};

const reconcileAnswers = (fact: SentFact, claims: readonly Claim[], under: Compared): Reconciled => {
  const said = newest(claims).map((claim) => claim.said);
  const known = distinct(said.filter(isKnown));
  const unknown = said.find(isUnknown);
  const differ = known.length > 1 ? ('sources' as const) : null;
  const [only] = known;
  if (unknown !== undefined)
    return {
      value: known.length === 0 ? unknown : reconcileDoubted(fact, { known, unknown, under }),
      differ,
    };
  if (only === undefined || known.length > 1)
    return { value: reconcileDiffering(fact, known, under), differ };
  return { value: only, differ };
};

/**
 * What all claims on one fact come to.
 * @param under the version by whose rules the worse of two values is told
 * INVARIANT: a claim more, or one that becomes unknown, never makes the value more reassuring than it was without it.
 */
export const reconcile = (fact: SentFact, claims: readonly Claim[], under: Compared): Reconciled => {
  const said = claims.map((claim) => claim.said);
  if (fact.type === 'series') return reconcileSeries(fact, said);
  if (fact.type === 'codeList') return reconcileList(said);
  return reconcileAnswers(fact, claims, under);
};
